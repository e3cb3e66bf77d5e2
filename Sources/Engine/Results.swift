internal import Events

/// What an exported function has to say beside its return value: bytes in the framing of `docs/engine-abi.md`.
struct Results: ~Copyable {
    private(set) var bytes = ByteBuffer()

    mutating func removeAll() {
        bytes.removeAll()
    }

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func append(_ number: Int) {
        append(UInt64(UInt32(truncatingIfNeeded: number)), bytes: 4)
    }

    mutating func append(_ number: UInt64) {
        append(number, bytes: 8)
    }

    /// Bytes with their count before them.
    mutating func append(_ block: UnsafeRawBufferPointer) {
        append(block.count)
        bytes.append(block)
    }

    mutating func append(_ block: borrowing ByteBuffer) {
        append(block.rawBytes)
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    mutating func append(_ block: [UInt8]) {
        block.withUnsafeBytes { append($0) }
    }

    private mutating func append(_ number: UInt64, bytes count: Int) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }
}
