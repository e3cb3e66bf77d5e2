// Numbers as bytes: groups of seven bits, the lowest first, of which all but the last have the highest bit set (LEB128).

extension ByteBuffer {
    /// Appends a number, small ones in fewer bytes.
    @inline(__always)
    public mutating func append(number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a number that may be negative, those near zero in fewer bytes.
    public mutating func append(signed number: Int64) {
        append(number: UInt64(bitPattern: number << 1 ^ number >> 63))
    }
}

extension UnsafeRawBufferPointer {
    /// The number at `place`, which moves behind it; nil where none is there.
    @inline(__always)
    public func number(at place: inout Int) -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while place < count, shift < 64 {
            let byte = self[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }

    /// The number at `place` that may be negative.
    public func signedNumber(at place: inout Int) -> Int64? {
        number(at: &place).map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
    }

    /// So many bytes from `place` on, which moves behind them; nil where there are not so many.
    public func bytes(_ length: UInt64, at place: inout Int) -> UnsafeRawBufferPointer? {
        guard length <= UInt64(count - place) else { return nil }
        defer { place += Int(length) }
        return UnsafeRawBufferPointer(rebasing: self[place..<place + Int(length)])
    }
}
