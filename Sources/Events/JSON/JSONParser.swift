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

    /// Parses the whole range as one value and returns its node.
    func parse(into arena: inout NodeArena, keys: inout ByteBuffer) throws(JSONError) -> UInt32 {
        if end - base > JSONLimits.bytes { throw JSONError(.tooLarge, at: JSONLimits.bytes) }
        var p = skipSpace(base)
        var depth = 0
        var parent: UInt32 = 0
        var root: UInt32 = 0
        arena.filters[0] = KeyFilter()
        var pendingKey = vh_node()

        scan: while true {
            // A value starts at `p`; its key, if any, is in `pendingKey`.
            guard p < end else { throw failure(.unexpectedEnd, p) }
            var node = pendingKey
            node.start = offset(p)
            if node.flags & UInt8(VH_INSERTED) == 0 { node.member = node.start }
            node.flags = (node.flags & ~UInt8(VH_INSERTED)) | valueFlags
            node.parent = parent
            let byte = p.pointee
            var opened = false
            switch byte {
            case UInt8(ascii: "\""):
                node.kind = NodeKind.string.rawValue
                p = try string(p + 1, flags: &node.flags)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                node.kind = byte == UInt8(ascii: "{") ? NodeKind.object.rawValue : NodeKind.array.rawValue
                opened = true
                p += 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                node.kind = NodeKind.number.rawValue
                p = try number(p)
            case UInt8(ascii: "t"):
                node.kind = NodeKind.true.rawValue
                p = try literal("true", p)
            case UInt8(ascii: "f"):
                node.kind = NodeKind.false.rawValue
                p = try literal("false", p)
            case UInt8(ascii: "n"):
                node.kind = NodeKind.null.rawValue
                p = try literal("null", p)
            default:
                throw failure(.unexpectedByte, p)
            }
            node.end = offset(p)
            let index = parent == 0 ? arena.append(node) : arena.append(node, to: parent)
            if parent == 0 { root = index }

            if opened {
                depth &+= 1
                if depth > JSONLimits.depth { throw failure(.tooDeep, p) }
                p = skipSpace(p)
                guard p < end else { throw failure(.unexpectedEnd, p) }
                let closing = byte &+ 2
                if p.pointee != closing {
                    parent = index
                    arena.filters[depth] = KeyFilter()
                    pendingKey = vh_node()
                    if byte == UInt8(ascii: "{") {
                        p = try key(p, of: parent, depth, &pendingKey, &arena, &keys)
                    }
                    continue scan
                }
                p += 1
                arena.nodes[Int(index)].end = offset(p)
                depth &-= 1
            }

            // A value has ended at `p`: close containers until one goes on.
            while parent != 0 {
                p = skipSpace(p)
                guard p < end else { throw failure(.unexpectedEnd, p) }
                let isObject = arena.nodes[Int(parent)].kind == NodeKind.object.rawValue
                if p.pointee == UInt8(ascii: ",") {
                    p = skipSpace(p + 1)
                    pendingKey = vh_node()
                    if isObject { p = try key(p, of: parent, depth, &pendingKey, &arena, &keys) }
                    continue scan
                }
                guard p.pointee == UInt8(ascii: isObject ? "}" : "]") else { throw failure(.unexpectedByte, p) }
                p += 1
                arena.nodes[Int(parent)].end = offset(p)
                parent = arena.nodes[Int(parent)].parent
                depth &-= 1
            }
            p = skipSpace(p)
            if p != end { throw failure(.trailingBytes, p) }
            return root
        }
    }

    /// Reads `"key" :` and returns where the value starts.
    @inline(__always)
    private func key(
        _ start: UnsafePointer<UInt8>,
        of parent: UInt32,
        _ depth: Int,
        _ node: inout vh_node,
        _ arena: inout NodeArena,
        _ keys: inout ByteBuffer
    ) throws(JSONError) -> UnsafePointer<UInt8> {
        guard start < end else { throw failure(.unexpectedEnd, start) }
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        var flags: UInt8 = 0
        var p = try string(start + 1, flags: &flags)
        node.member = offset(start)
        node.flags = UInt8(VH_INSERTED)  // Marks that `member` is set; the value clears it.
        var bytes = start + 1
        var length = p - start - 2
        if flags & UInt8(VH_ESCAPED) != 0 {
            node.key_start = UInt32(keys.count)
            JSONString.decode(bytes, count: length, into: &keys)
            node.key_end = UInt32(keys.count)
            node.flags |= UInt8(VH_KEY_DECODED)
            bytes = UnsafePointer(keys.base) + Int(node.key_start)
            length = Int(node.key_end &- node.key_start)
        } else {
            node.key_start = offset(start) &+ 1
            node.key_end = offset(p) &- 1
        }
        if arena.filters[depth].mayContain(bytes, length), repeats(bytes, length, parent, arena, keys) {
            throw failure(.duplicateKey, start)
        }
        if arena.filters[depth].count > JSONLimits.members { throw failure(.tooLarge, start) }
        p = skipSpace(p)
        guard p < end else { throw failure(.unexpectedEnd, p) }
        guard p.pointee == UInt8(ascii: ":") else { throw failure(.unexpectedByte, p) }
        return skipSpace(p + 1)
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
            p = vh_scan_string(p, end)!
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
