internal import Events

/// Rising places of the log as bytes: the first one and then the differences (LEB128).
enum PositionList {
    /// Appends the list's bytes. `positions` are not negative and rise.
    static func encode(_ positions: some Sequence<Int64>, into bytes: inout ByteBuffer) {
        var last: Int64 = 0
        for position in positions {
            bytes.append(number: UInt64(position - last))
            last = position
        }
    }

    /// The places; nil where the bytes are no list.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> [Int64]? {
        var positions: [Int64] = []
        var last: Int64 = 0
        var place = 0
        while place < bytes.count {
            guard let difference = bytes.number(at: &place), difference <= UInt64(Int64.max - last) else { return nil }
            last += Int64(difference)
            positions.append(last)
        }
        return positions
    }
}
