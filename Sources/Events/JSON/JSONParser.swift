internal import CBridge

/// Reads one JSON value (RFC 8259, strict) into the arena in one pass over the bytes.
///
/// Nothing is decoded but keys with escapes; numbers and strings stay text until somebody asks. Duplicate keys are
/// refused: a redactor would see one of them and let the other pass.
struct JSONParser {
    private let base: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let origin: UnsafePointer<UInt8>
    private let valueFlags: UInt8

    /// A parser of `text[start..<end]`; offsets in nodes count from `text`. `flags` go to every node.
    init(text: UnsafePointer<UInt8>, start: Int = 0, end: Int, flags: UInt8 = 0) {
        origin = text
        base = text + start
        self.end = text + end
        valueFlags = flags
    }

    /// What is expected next.
    private enum Place {
        case key
        case value
        /// What may stand behind a value.
        case end
    }

    /// Where the next value's member begins and its key lies.
    private struct Member {
        var start: UInt32 = 0
        var keyStart: UInt32 = 0
        var keyEnd: UInt32 = 0
        var shape: UInt32 = 0
        var flags: UInt8 = 0
    }

    /// The container that is being read.
    private struct Level {
        var parent: UInt32 = 0
        /// Its last child so far.
        var previous: UInt32 = 0
        var depth = 0
    }

    /// Where the parser is in the tree of keys. Keys of levels 1 and 2 of an outer object follow it as long as it knows
    /// them; below, and once it has lost its way, each object has a filter of its keys.
    private struct Trail {
        var isKnown: Bool
        var shape: UInt32 = 0

        @inline(__always)
        func covers(_ depth: Int) -> Bool {
            isKnown && depth <= 2
        }
    }

    /// Parses the whole range as one value and returns its node. Where there are `shapes`, the keys follow them, and new
    /// ones are added.
    func parse(
        into arena: inout NodeArena, keys: inout ByteBuffer, shapes: UnsafeMutablePointer<KeyShapes>? = nil
    ) throws(JSONError) -> UInt32 {
        if end - base > JSONLimits.bytes { throw JSONError(.tooLarge, at: JSONLimits.bytes) }
        var p = skipSpace(base)
        let root = UInt32(truncatingIfNeeded: arena.count)
        var trail = Trail(isKnown: shapes != nil && p < end && p.pointee == UInt8(ascii: "{"))
        var level = Level()
        var member = Member()
        var place = Place.value
        while true {
            switch place {
            case .key:
                if trail.covers(level.depth), let shapes {
                    place = plainMembers(from: &p, of: &level, &trail, shapes, &arena)
                    if place == .end { continue }
                }
                p = try key(p, of: level, &member, &trail, shapes, &arena, &keys)
                place = .value
            case .value:
                place = try value(from: &p, of: &level, member, trail, &arena)
                if place == .value { member = Member() }
            case .end:
                p = skipSpace(p)
                if level.parent == 0 {
                    if p != end { throw failure(.trailingBytes, p) }
                    return root
                }
                guard p < end else { throw failure(.unexpectedEnd, p) }
                let isObject = arena.nodes[Int(level.parent)].kind == NodeKind.object.rawValue
                if p.pointee == UInt8(ascii: ",") {
                    p = skipSpace(p + 1)
                    if !isObject { member = Member() }
                    place = isObject ? .key : .value
                    continue
                }
                guard p.pointee == UInt8(ascii: isObject ? "}" : "]") else { throw failure(.unexpectedByte, p) }
                p += 1
                arena.nodes[Int(level.parent)].end = offset(p)
                arena.nodes[Int(level.parent)].last = level.previous
                level.previous = level.parent
                level.parent = arena.nodes[Int(level.parent)].parent
                level.depth &-= 1
            }
        }
    }

    /// Reads a value that is no container, or the beginning of one.
    @inline(__always)
    private func value(
        from p: inout UnsafePointer<UInt8>, of level: inout Level, _ member: Member, _ trail: Trail,
        _ arena: inout NodeArena
    ) throws(JSONError) -> Place {
        guard p < end else { throw failure(.unexpectedEnd, p) }
        var node = vh_node()
        node.start = offset(p)
        node.member = member.keyEnd == 0 ? node.start : member.start
        node.key_start = member.keyStart
        node.key_end = member.keyEnd
        node.shape = member.shape
        node.flags = member.flags | valueFlags
        node.parent = level.parent
        let byte = p.pointee
        switch byte {
        case UInt8(ascii: "\""):
            node.kind = NodeKind.string.rawValue
            p = try string(p + 1, flags: &node.flags)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            node.kind = byte == UInt8(ascii: "{") ? NodeKind.object.rawValue : NodeKind.array.rawValue
            p += 1
        default:
            p = try scalar(p, &node.kind)
        }
        node.end = offset(p)
        if level.depth == 2 { arena.innerKinds |= 1 &<< node.kind }
        let index = arena.append(node)
        arena.link(index, behind: level.previous, in: level.parent)
        level.previous = index
        guard node.kind >= NodeKind.array.rawValue else { return .end }

        if level.depth == JSONLimits.depth { throw failure(.tooDeep, p) }
        p = skipSpace(p)
        guard p < end else { throw failure(.unexpectedEnd, p) }
        if p.pointee == byte &+ 2 {
            p += 1
            arena.nodes[Int(index)].end = offset(p)
            return .end
        }
        level.depth &+= 1
        level.parent = index
        level.previous = 0
        if !trail.covers(level.depth) { arena.filters[level.depth] = KeyFilter() }
        return byte == UInt8(ascii: "{") ? .key : .value
    }

    /// Reads members as they mostly are: a known key, a string of ASCII without escapes, and no white space. Stops before
    /// the first member that is otherwise, or behind the last value.
    @inline(never)
    private func plainMembers(
        from start: inout UnsafePointer<UInt8>, of level: inout Level, _ trail: inout Trail,
        _ shapes: UnsafeMutablePointer<KeyShapes>, _ arena: inout NodeArena
    ) -> Place {
        var p = start
        var shape = trail.shape
        let isInner = level.depth == 2
        let first = UInt32(truncatingIfNeeded: arena.count)
        let nodes = arena.nodes
        var index = arena.count
        let capacity = arena.capacity
        var place = Place.key
        // A quote, a key of up to 15 bytes, a quote, a colon and a quote may be looked at without asking for the end.
        while end - p > 19, p.pointee == UInt8(ascii: "\""), index < capacity {
            let found = shapes.pointee.findPlain(after: shape, isInner: isInner, p + 1)
            let value = p + (shapes.pointee.length(of: found) &+ 3)
            guard found != 0, value[-1] == UInt8(ascii: ":"), value[0] == UInt8(ascii: "\"") else { break }
            let quote = vh_scan_string(origin, value + 1, end).unsafelyUnwrapped
            guard quote < end, quote.pointee == UInt8(ascii: "\"") else { break }
            let member = offset(p)
            index &+= 1
            (nodes + (index &- 1)).initialize(
                to: vh_node(
                    member: member, key_start: member &+ 1, key_end: offset(value) &- 2, start: offset(value),
                    end: offset(quote) &+ 1, next: UInt32(truncatingIfNeeded: index), first: 0, last: 0,
                    parent: level.parent, replacement: 0, shape: found, kind: NodeKind.string.rawValue, flags: 0,
                    category: 0, field: 0)
            )
            shape = found
            p = quote + 1
            guard p < end, p.pointee == UInt8(ascii: ",") else {
                place = .end
                break
            }
            p += 1
        }
        if index == arena.count { return place }
        if isInner { arena.innerKinds |= 1 &<< NodeKind.string.rawValue }
        // Each node was told that another follows.
        nodes[index - 1].next = 0
        arena.link(first, behind: level.previous, in: level.parent)
        arena.extend(to: index)
        level.previous = UInt32(truncatingIfNeeded: index &- 1)
        trail.shape = shape
        start = skipSpace(p)
        return place
    }

    /// Reads a number, `true`, `false` or `null`, and tells its kind.
    @inline(never)
    private func scalar(
        _ start: UnsafePointer<UInt8>, _ kind: inout UInt8
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        switch start.pointee {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            kind = NodeKind.number.rawValue
            return try number(start)
        case UInt8(ascii: "t"):
            kind = NodeKind.true.rawValue
            return try literal("true", start)
        case UInt8(ascii: "f"):
            kind = NodeKind.false.rawValue
            return try literal("false", start)
        case UInt8(ascii: "n"):
            kind = NodeKind.null.rawValue
            return try literal("null", start)
        default:
            throw failure(.unexpectedByte, start)
        }
    }

    /// Reads `"key" :` into `member` and returns where the value starts.
    @inline(__always)
    private func key(
        _ start: UnsafePointer<UInt8>,
        of level: Level,
        _ member: inout Member,
        _ trail: inout Trail,
        _ shapes: UnsafeMutablePointer<KeyShapes>?,
        _ arena: inout NodeArena,
        _ keys: inout ByteBuffer
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        guard start < end else { throw failure(.unexpectedEnd, start) }
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        var p = start
        if trail.covers(level.depth), let shapes {
            let isInner = level.depth == 2
            var shape: UInt32 = 0
            if end - start > 16 { shape = shapes.pointee.findPlain(after: trail.shape, isInner: isInner, start + 1) }
            if shape == 0 { shape = shapes.pointee.find(after: trail.shape, isInner: isInner, start + 1, end) }
            if shape != 0 {
                trail.shape = shape
                let length = shapes.pointee.length(of: shape)
                member.start = offset(start)
                member.keyStart = offset(start) &+ 1
                member.keyEnd = member.keyStart &+ UInt32(truncatingIfNeeded: length)
                member.shape = shape
                member.flags = 0
                p = start + (length &+ 2)
            } else {
                p = try firstKey(start, of: level, &member, &trail, shapes, &arena, &keys)
            }
        } else {
            p = try otherKey(start, of: level, &member, &arena, &keys)
        }
        if p < end, p.pointee != UInt8(ascii: ":") { p = skipSpace(p) }
        guard p < end else { throw failure(.unexpectedEnd, p) }
        guard p.pointee == UInt8(ascii: ":") else { throw failure(.unexpectedByte, p) }
        return skipSpace(p + 1)
    }

    /// A key that no earlier event had at this place: it is added to the shapes, or the trail ends here.
    @inline(never)
    private func firstKey(
        _ start: UnsafePointer<UInt8>,
        of level: Level,
        _ member: inout Member,
        _ trail: inout Trail,
        _ shapes: UnsafeMutablePointer<KeyShapes>,
        _ arena: inout NodeArena,
        _ keys: inout ByteBuffer
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        var object = level.parent
        for depth in stride(from: level.depth, to: 0, by: -1) {
            arena.filters[depth] = filter(of: object, arena, keys)
            object = arena.nodes[Int(object)].parent
        }
        let p = try otherKey(start, of: level, &member, &arena, &keys)
        if member.flags & UInt8(VH_KEY_DECODED) == 0 {
            member.shape = shapes.pointee.add(
                after: trail.shape, isInner: level.depth == 2, start + 1, Int(member.keyEnd &- member.keyStart))
        }
        trail.shape = member.shape
        trail.isKnown = member.shape != 0
        return p
    }

    /// Reads a key with all checks.
    @inline(never)
    private func otherKey(
        _ start: UnsafePointer<UInt8>,
        of level: Level,
        _ member: inout Member,
        _ arena: inout NodeArena,
        _ keys: inout ByteBuffer
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        var flags: UInt8 = 0
        let p = try string(start + 1, flags: &flags)
        member.start = offset(start)
        member.keyStart = offset(start) &+ 1
        member.keyEnd = offset(p) &- 1
        member.shape = 0
        member.flags = 0
        var bytes = start + 1
        if flags & UInt8(VH_ESCAPED) != 0 {
            member.keyStart = UInt32(keys.count)
            JSONString.decode(bytes, count: p - start - 2, into: &keys)
            member.keyEnd = UInt32(keys.count)
            member.flags = UInt8(VH_KEY_DECODED)
            bytes = UnsafePointer(keys.base) + Int(member.keyStart)
        }
        let length = Int(member.keyEnd &- member.keyStart)
        if arena.filters[level.depth].mayContain(bytes, length), repeats(bytes, length, level.parent, arena, keys) {
            throw failure(.duplicateKey, start)
        }
        if arena.filters[level.depth].count > JSONLimits.members { throw failure(.tooLarge, start) }
        return p
    }

    /// A filter of the keys that `object` has so far.
    private func filter(of object: UInt32, _ arena: borrowing NodeArena, _ keys: borrowing ByteBuffer) -> KeyFilter {
        var filter = KeyFilter()
        var child = arena.nodes[Int(object)].first
        while child != 0 {
            let node = arena.nodes[Int(child)]
            let text = node.flags & UInt8(VH_KEY_DECODED) != 0 ? UnsafePointer(keys.base) : origin
            _ = filter.mayContain(text + Int(node.key_start), Int(node.key_end &- node.key_start))
            child = node.next
        }
        return filter
    }

    @inline(never)
    private func repeats(
        _ bytes: UnsafePointer<UInt8>,
        _ length: Int,
        _ parent: UInt32,
        _ arena: borrowing NodeArena,
        _ keys: borrowing ByteBuffer
    ) -> Bool {
        var child = arena.nodes[Int(parent)].first
        while child != 0 {
            let node = arena.nodes[Int(child)]
            let text = node.flags & UInt8(VH_KEY_DECODED) != 0 ? UnsafePointer(keys.base) : origin
            if Int(node.key_end &- node.key_start) == length,
                vh_equal_bytes(text + Int(node.key_start), bytes, length) != 0
            {
                return true
            }
            child = node.next
        }
        return false
    }

    /// Reads up to and with the closing quote; `p` is behind the opening one.
    @inline(__always)
    private func string(
        _ start: UnsafePointer<UInt8>,
        flags: inout UInt8
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        var p = start
        while true {
            p = vh_scan_string(origin, p, end)!
            guard p < end else { throw failure(.unexpectedEnd, p) }
            if p.pointee == UInt8(ascii: "\"") { return p + 1 }
            if p.pointee == UInt8(ascii: "\\") {
                flags |= UInt8(VH_ESCAPED)
                p = try escape(p)
            } else if p.pointee < 0x20 {
                throw failure(.controlCharacter, p)
            } else {
                let length = UTF8Check.sequenceLength(p, end)
                if length == 0 { throw failure(.invalidUTF8, p) }
                p += length
            }
        }
    }

    private func escape(_ start: UnsafePointer<UInt8>) throws(JSONError) -> UnsafePointer<UInt8> {
        guard start + 1 < end else { throw failure(.unexpectedEnd, end) }
        switch start[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            guard let unit = hexUnit(start + 2) else { throw failure(.invalidEscape, start) }
            if unit & 0xFC00 == 0xD800 {
                guard start + 7 < end, start[6] == UInt8(ascii: "\\"), start[7] == UInt8(ascii: "u"),
                    let low = hexUnit(start + 8), low & 0xFC00 == 0xDC00
                else { throw failure(.invalidEscape, start) }
                return start + 12
            }
            if unit & 0xFC00 == 0xDC00 { throw failure(.invalidEscape, start) }
            return start + 6
        default:
            throw failure(.invalidEscape, start)
        }
    }

    private func hexUnit(_ p: UnsafePointer<UInt8>) -> UInt32? {
        guard end - p >= 4 else { return nil }
        return JSONString.hexUnit(p)
    }

    @inline(__always)
    private func number(_ start: UnsafePointer<UInt8>) throws(JSONError) -> UnsafePointer<UInt8> {
        var p = start
        if p.pointee == UInt8(ascii: "-") { p += 1 }
        guard p < end, isDigit(p.pointee) else { throw failure(.invalidNumber, start) }
        if p.pointee == UInt8(ascii: "0") {
            p += 1
            if p < end, isDigit(p.pointee) { throw failure(.invalidNumber, start) }
        } else {
            p = digits(p)
        }
        if p < end, p.pointee == UInt8(ascii: ".") {
            let fraction = p + 1
            p = digits(fraction)
            if p == fraction { throw failure(.invalidNumber, start) }
        }
        if p < end, p.pointee | 0x20 == UInt8(ascii: "e") {
            p += 1
            if p < end, p.pointee == UInt8(ascii: "+") || p.pointee == UInt8(ascii: "-") { p += 1 }
            let exponent = p
            p = digits(exponent)
            if p == exponent { throw failure(.invalidNumber, start) }
        }
        return p
    }

    @inline(__always)
    private func digits(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var p = start
        while p < end, isDigit(p.pointee) { p += 1 }
        return p
    }

    private func literal(
        _ text: StaticString,
        _ p: UnsafePointer<UInt8>
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        let length = text.utf8CodeUnitCount
        if end - p < length { throw failure(.unexpectedEnd, end) }
        guard vh_equal_bytes(text.utf8Start, p, length) != 0 else { throw failure(.unexpectedByte, p) }
        return p + length
    }

    @inline(__always)
    private func skipSpace(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var p = start
        while p < end, p.pointee <= 0x20,
            p.pointee == 0x20 || p.pointee == 0x0A || p.pointee == 0x0D || p.pointee == 0x09
        {
            p += 1
        }
        return p
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }

    @inline(__always)
    private func offset(_ p: UnsafePointer<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: p - origin)
    }

    @inline(never)
    private func failure(_ code: JSONError.Code, _ p: UnsafePointer<UInt8>) -> JSONError {
        JSONError(code, at: p - base)
    }
}
