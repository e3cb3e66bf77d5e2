internal import Events

/// The names in a path such as `data.ip`, one by one.
struct DottedPath {
    private var rest: UnsafeRawBufferPointer
    /// Whether all names were given.
    private(set) var isAtEnd: Bool

    init(_ path: UnsafeRawBufferPointer) {
        rest = path
        isAtEnd = path.isEmpty
    }

    /// The next name: a part of the path, or of `buffer` where backslashes had to be taken out.
    mutating func next(_ buffer: inout ByteBuffer) -> UnsafeRawBufferPointer? {
        if isAtEnd { return nil }
        var end = 0
        while end < rest.count, rest[end] != UInt8(ascii: "."), rest[end] != UInt8(ascii: "\\") { end += 1 }
        if end < rest.count, rest[end] == UInt8(ascii: "\\") { return escaped(&buffer) }
        defer { skip(end) }
        return UnsafeRawBufferPointer(rebasing: rest[..<end])
    }

    private mutating func escaped(_ buffer: inout ByteBuffer) -> UnsafeRawBufferPointer {
        buffer.removeAll()
        var end = 0
        while end < rest.count, rest[end] != UInt8(ascii: ".") {
            if rest[end] == UInt8(ascii: "\\"), end + 1 < rest.count { end += 1 }
            buffer.append(rest[end])
            end += 1
        }
        skip(end)
        return buffer.rawBytes
    }

    private mutating func skip(_ end: Int) {
        isAtEnd = end == rest.count
        rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
    }

    /// A position in an array, from 0, as a name spells it; nil where it is none.
    static func position(_ name: UnsafeRawBufferPointer) -> Int? {
        guard !name.isEmpty, name.count < 10 else { return nil }
        var position = 0
        for byte in name {
            guard byte &- UInt8(ascii: "0") < 10 else { return nil }
            position = position * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return position
    }
}
