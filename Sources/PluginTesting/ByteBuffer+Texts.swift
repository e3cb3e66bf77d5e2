internal import Events

extension ByteBuffer {
    mutating func append(text: String) {
        Array(text.utf8).withUnsafeBytes { append($0) }
    }

    /// Appends a JSON string.
    mutating func append(string: String) {
        Array(string.utf8).withUnsafeBytes { _ = append(quoted: $0) }
    }
}
