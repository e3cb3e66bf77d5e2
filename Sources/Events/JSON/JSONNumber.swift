internal import CBridge

/// The value of a JSON number's text: an integer where it is written as one and fits, else a double.
public enum JSONNumber: Equatable, Sendable {
    case integer(Int64)
    case float(Double)

    /// Reads a text that the parser took as a number.
    public init(_ text: UnsafeRawBufferPointer) {
        if let integer = Self.integer(text) {
            self = .integer(integer)
        } else {
            self = .float(vh_parse_double(text.baseAddress, text.count))
        }
    }

    private static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, overflowed) = tens.subtractingReportingOverflow(Int64(digit))
            if overflow || overflowed { return nil }
            value = next
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}

extension ByteBuffer {
    /// Appends `bytes` as a quoted JSON string; what is not UTF-8 is refused with false, and nothing is appended.
    public mutating func append(quoted bytes: UnsafeRawBufferPointer) -> Bool {
        JSONString.encode(bytes, into: &self)
    }

    /// Appends `value` in decimal.
    mutating func append(decimal value: Int64) {
        append(text: value.description)
    }

    /// Appends the shortest text that reads back as `value`; a whole number keeps a `.0`.
    mutating func append(shortest value: Double) {
        append(text: value.description)
    }

    private mutating func append(text: String) {
        for byte in text.utf8 { append(byte) }
    }
}
