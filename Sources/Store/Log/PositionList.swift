/// Rising places of the log as bytes: the first one and then the differences, each in groups of seven bits, the lowest
/// first, of which all but the last have the highest bit set (LEB128).
enum PositionList {
    /// Appends the list's bytes. `positions` are not negative and rise.
    static func encode(_ positions: some Sequence<Int64>, into bytes: inout [UInt8]) {
        var last: Int64 = 0
        for position in positions {
            var rest = UInt64(position - last)
            last = position
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
    }

    /// The places; nil where the bytes are no list.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> [Int64]? {
        var positions: [Int64] = []
        var last: Int64 = 0
        var difference: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            guard shift < 63 else { return nil }
            difference |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 != 0 { continue }
            guard difference <= UInt64(Int64.max - last) else { return nil }
            last += Int64(difference)
            positions.append(last)
            difference = 0
            shift = 0
        }
        return shift == 0 ? positions : nil
    }
}
