/// What sketches are written with: numbers in as few bytes of 7 bits as they need (LEB128), the lowest first.
extension [UInt8] {
    mutating func append(number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Numbers near zero are short, whatever their sign.
    mutating func append(signed number: Int) {
        let wide = Int64(number)
        append(number: UInt64(bitPattern: wide << 1 ^ wide >> 63))
    }

    mutating func append(double: Double) {
        var rest = double.bitPattern
        for _ in 0..<8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

/// Reads what sketches are written with, from bytes that anybody may have made. What has a shorter spelling is refused, so that
/// what was read is written as it was.
struct SketchReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var left: Int {
        bytes.count - position
    }

    mutating func byte() -> UInt8? {
        guard left > 0 else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = byte() {
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return byte == 0 && shift > 0 ? nil : number }
            shift += 7
        }
        return nil
    }

    /// A number of at most `most`.
    mutating func number(upTo most: Int) -> Int? {
        guard let number = number(), number <= UInt64(most) else { return nil }
        return Int(number)
    }

    /// A number of how often something was seen, which is at least once.
    mutating func count() -> Int64? {
        guard let number = number(), number > 0 else { return nil }
        return Int64(exactly: number)
    }

    mutating func signed() -> Int64? {
        guard let number = number() else { return nil }
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A finite number.
    mutating func double() -> Double? {
        guard let bytes = take(8) else { return nil }
        let number = Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
        return number.isFinite ? number : nil
    }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count <= left else { return nil }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }
}
