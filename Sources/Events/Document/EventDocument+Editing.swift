internal import CBridge

/// Why an edit was refused.
public enum EditError: Error, Equatable, Sendable {
    /// A string that is not UTF-8.
    case invalidUTF8
    /// A value of a kind that the schema, or the envelope, does not take there.
    case wrongKind(expected: StaticText)
    /// `id`, `source`, `type` and `specversion` identify the event.
    case identity
    /// An array element past the end, or a hole in the middle.
    case badIndex
    /// The edited event would be larger than ``JSONLimits`` allow.
    case tooLarge
    /// A value that JSON cannot hold (NaN, infinity).
    case notFinite
    /// A text that is no JSON value.
    case notJSON(JSONError)
}

extension EventDocument {
    /// Bytes that the values put into one event may have, those taken out again included; as many again for their keys.
    private static let mostEdits = 4 * JSONLimits.bytes
    /// Nodes past which no more values are put in; the largest event has half as many.
    private static let mostNodes = JSONLimits.bytes

    /// The member of `object` named `name`, or 0.
    @inline(__always)
    public func child(of object: UInt32, named name: UnsafeRawBufferPointer) -> UInt32 {
        guard let bytes = name.baseAddress?.assumingMemoryBound(to: UInt8.self), name.count > 0 else {
            return childWithEmptyName(of: object)
        }
        let nodes = arena.nodes
        let first = nodes[Int(object)].first
        let last = nodes[Int(object)].last
        switch memory.fields.find(bytes, name.count, first: first, last: last, nodes) {
        case .absent: return 0
        case .at(let place): return current(place)
        case .unknown: return search(for: bytes, name.count, first: first, last: last)
        }
    }

    private func search(for name: UnsafePointer<UInt8>, _ length: Int, first: UInt32, last: UInt32) -> UInt32 {
        let nodes = arena.nodes
        var isRemoved = false
        var place = first
        while place != 0 {
            let node = nodes + Int(place)
            if Int(node.pointee.key_end &- node.pointee.key_start) == length {
                let key = keyBase(flags: node.pointee.flags) + Int(node.pointee.key_start)
                if key[0] == name[0], vh_equal_bytes(key, name, length) != 0 {
                    if current(place) != 0 { break }
                    // It may stand again at the object's end.
                    isRemoved = true
                }
            }
            place = node.pointee.next
        }
        // That it was removed from this event says nothing about the next one.
        if !isRemoved { memory.fields.note(name, length, at: place, first: first, last: last, nodes) }
        return current(place)
    }

    private func childWithEmptyName(of object: UInt32) -> UInt32 {
        var place = firstChild(of: object)
        while place != 0 {
            if key(of: place).isEmpty { return current(place) }
            place = nextSibling(of: place)
        }
        return 0
    }

    /// The first child that is still there, or 0.
    public func firstChild(of container: UInt32) -> UInt32 {
        present(from: arena.nodes[Int(container)].first)
    }

    /// The next sibling that is still there, or 0. Takes a place in the container, as ``firstChild(of:)`` gives it.
    public func nextSibling(of place: UInt32) -> UInt32 {
        present(from: arena.nodes[Int(place)].next)
    }

    /// The value at a place given by ``firstChild(of:)`` or ``nextSibling(of:)``.
    public func value(at place: UInt32) -> UInt32 {
        current(place)
    }

    private func present(from place: UInt32) -> UInt32 {
        var place = place
        while place != 0, current(place) == 0 { place = arena.nodes[Int(place)].next }
        return place
    }

    /// The place of the element of `array` with the 0-based `index`, or 0.
    public func place(in array: UInt32, at index: Int) -> UInt32 {
        var place = firstChild(of: array)
        var remaining = index
        while place != 0, remaining > 0 {
            place = nextSibling(of: place)
            remaining -= 1
        }
        return place
    }

    /// How many children are there now.
    public func childCount(of container: UInt32) -> Int {
        var count = 0
        var place = firstChild(of: container)
        while place != 0 {
            count += 1
            place = nextSibling(of: place)
        }
        return count
    }

    /// The data category of a node: its own field's, or that of the field it lies in.
    public func category(of node: UInt32) -> DataCategory {
        DataCategory(rawValue: rawCategory(of: node)) ?? .unclassified
    }

    /// The raw value of the node's data category.
    public func rawCategory(of node: UInt32) -> UInt8 {
        var index = node
        while index != 0 {
            let value = arena.nodes + Int(index)
            if value.pointee.category == 0 { value.pointee.category = notedCategory(of: value.pointee) }
            if value.pointee.category != 0 { return value.pointee.category &- 1 }
            index = value.pointee.parent
        }
        return DataCategory.unclassified.rawValue
    }

    /// The category plus one that the shape of the node's key tells; 0 where it tells none.
    @inline(__always)
    private func notedCategory(of node: vh_node) -> UInt8 {
        if node.shape == 0 { return 0 }
        if node.parent == root { return UInt8(truncatingIfNeeded: shapes.pointee.note(of: node.shape) >> 8) }
        guard node.parent == attributes[Int(Attribute.data.rawValue)], let typeIndex else { return 0 }
        return UInt8(truncatingIfNeeded: shapes.pointee.fieldNote(of: node.shape, inType: typeIndex) >> 8)
    }

    /// What a member of the outer object is to the envelope.
    private func attribute(of node: vh_node) -> UInt8 {
        node.shape == 0 ? node.field : UInt8(truncatingIfNeeded: shapes.pointee.note(of: node.shape))
    }

    /// The data category that a new member of `object` would have.
    public func category(ofNew name: UnsafeRawBufferPointer, in object: UInt32) -> DataCategory {
        if object == root { return Self.category(of: Self.attribute(named: name)) }
        guard object == data else { return category(of: object) }
        return field(named: name)?.category ?? .unclassified
    }

    func field(named name: UnsafeRawBufferPointer) -> FieldSchema? {
        guard let typeIndex else { return nil }
        let fields = SchemaIndex.shared.fields(ofType: typeIndex)
        return fields.position(of: name, guess: 0).map { fields[$0] }
    }

    /// Puts `value` in the place of `node`. The same value again is no change.
    public func replace(_ node: UInt32, with value: EditValue) throws(EditError) {
        if isSame(node, value) { return }
        let old = arena.nodes[Int(node)]
        if isTooDeep(old.parent) { throw .tooLarge }
        let isMember = arena.nodes[Int(old.parent)].kind == NodeKind.object.rawValue
        let attribute = old.parent == root ? attribute(of: old) : 0
        if old.parent == root {
            try check(value, ofAttribute: attribute)
        } else if old.parent == data {
            try check(value, ofField: node)
        }
        let new = try append(value)
        let category = rawCategory(of: node)
        noteRedaction(of: node, category)
        arena.nodes[Int(new)].parent = old.parent
        arena.nodes[Int(new)].category = category &+ 1
        arena.nodes[Int(new)].field = attribute
        if isMember {
            // The replacement answers for the same key, wherever that stands.
            arena.nodes[Int(new)].key_start = old.key_start
            arena.nodes[Int(new)].key_end = old.key_end
            arena.nodes[Int(new)].flags |=
                old.flags & UInt8(VH_KEY_DECODED | VH_KEY_IN_TEXT)
                | (old.flags & UInt8(VH_IN_EDITS) == 0 ? UInt8(VH_KEY_IN_TEXT) : 0)
        }
        arena.nodes[Int(node)].replacement = new
        arena.nodes[Int(node)].flags |= UInt8(VH_REPLACED)
        markDirty(old.parent)
    }

    /// Removes `node` from its container.
    public func remove(_ node: UInt32) throws(EditError) {
        let old = arena.nodes[Int(node)]
        if old.parent == root, Self.isIdentity(attribute(of: old)) { throw .identity }
        noteRedaction(of: node, rawCategory(of: node))
        arena.nodes[Int(node)].flags |= UInt8(VH_REMOVED)
        markDirty(old.parent)
    }

    /// Adds a member at the end of `object`, which has none of that name.
    public func insert(_ value: EditValue, named name: UnsafeRawBufferPointer, into object: UInt32) throws(EditError) {
        if keys.count + name.count > Self.mostEdits || isTooDeep(object) { throw .tooLarge }
        guard UTF8Check.isValid(name) else { throw .invalidUTF8 }
        let attribute = object == root ? Self.attribute(named: name) : .other
        if object == root {
            try check(value, ofAttribute: attribute.rawValue)
        } else if object == data, let field = field(named: name), !Self.matches(field.kind, value.kind) {
            throw .wrongKind(expected: StaticText(field.kind.expectation))
        }
        let category = object == root || object == data ? category(ofNew: name, in: object).rawValue &+ 1 : 0
        let start = keys.count
        appendKey(name)
        let end = keys.count
        let new = try append(value)
        arena.nodes[Int(new)].key_start = UInt32(start)
        arena.nodes[Int(new)].key_end = UInt32(end)
        arena.nodes[Int(new)].category = category
        arena.nodes[Int(new)].flags |= UInt8(VH_KEY_DECODED)
        if attribute != .other {
            arena.nodes[Int(new)].field = attribute.rawValue
            attributes[Int(attribute.rawValue)] = new
        }
        link(new, into: object)
    }

    /// Adds an element at the end of `array`.
    public func append(_ value: EditValue, to array: UInt32) throws(EditError) {
        if isTooDeep(array) { throw .tooLarge }
        link(try append(value), into: array)
    }

    /// Whether nothing may be put into `container`: what walks an event down calls itself for each level.
    private func isTooDeep(_ container: UInt32) -> Bool {
        var depth = 0
        var index = container
        while index != 0, depth <= JSONLimits.depth {
            depth += 1
            index = arena.nodes[Int(index)].parent
        }
        return depth > JSONLimits.depth
    }

    private func link(_ new: UInt32, into container: UInt32) {
        arena.nodes[Int(new)].parent = container
        arena.nodes[Int(new)].flags |= UInt8(VH_INSERTED)
        let last = arena.nodes[Int(container)].last
        if last == 0 {
            arena.nodes[Int(container)].first = new
        } else {
            arena.nodes[Int(last)].next = new
        }
        arena.nodes[Int(container)].last = new
        markDirty(container)
    }

    private func appendKey(_ name: UnsafeRawBufferPointer) {
        // The bytes may lie in `keys` itself, which moves when it grows.
        withUnsafeTemporaryAllocation(byteCount: name.count, alignment: 1) { copy in
            copy.copyMemory(from: name)
            guard let start = copy.baseAddress else { return }
            keys.append(start.assumingMemoryBound(to: UInt8.self), count: copy.count)
        }
    }

    private static func isIdentity(_ attribute: UInt8) -> Bool {
        switch Attribute(rawValue: attribute) {
        case .id, .source, .type, .specversion: true
        default: false
        }
    }

    private func check(_ value: EditValue, ofAttribute attribute: UInt8) throws(EditError) {
        if Self.isIdentity(attribute) { throw .identity }
        switch Attribute(rawValue: attribute) {
        case .subject:
            guard let text = value.plainString, text.count > 0 else {
                throw .wrongKind(expected: StaticText("a non-empty string"))
            }
        case .time:
            guard let text = value.plainString, let changed = Timestamp.microseconds(of: text) else {
                throw .wrongKind(expected: StaticText("an RFC 3339 date-time"))
            }
            time = changed
        case .data:
            guard case .json(let text) = value, text.first == UInt8(ascii: "{") else {
                throw .wrongKind(expected: StaticText("an object"))
            }
        default: break
        }
    }

    @inline(__always)
    private func check(_ value: EditValue, ofField node: UInt32) throws(EditError) {
        guard let typeIndex else { return }
        var guess = 0
        if knownField(node, of: typeIndex, &guess).kinds & 1 &<< value.kind != 0 { return }
        if let field = field(named: key(of: node)) {
            throw .wrongKind(expected: StaticText(field.kind.expectation))
        }
    }

    @inline(__always)
    private func isSame(_ node: UInt32, _ value: EditValue) -> Bool {
        switch value {
        case .null: kind(of: node) == .null
        case .boolean(let flag): kind(of: node) == (flag ? .true : .false)
        case .string(let bytes):
            kind(of: node) == .string
                && withString(of: node) { Bytes.equal($0, bytes) }
        case .integer(let integer): kind(of: node) == .number && JSONNumber(text(of: node)) == .integer(integer)
        case .number(let number): kind(of: node) == .number && JSONNumber(text(of: node)) == .float(number)
        case .json(let bytes):
            text(of: node).elementsEqual(bytes) && arena.nodes[Int(node)].flags & UInt8(VH_DIRTY) == 0
                && !(hasEarlierEdits && wasEditedWithin(node))
        }
    }

    @inline(__always)
    private func noteRedaction(of node: UInt32, _ category: UInt8) {
        // Only what came in counts: an edit over an edit is one redaction.
        if arena.nodes[Int(node)].flags & UInt8(VH_IN_EDITS) == 0, !hasEarlierEdits || !isEarlierEdit(node) {
            redactions.append(category)
        }
    }

    private func markDirty(_ container: UInt32) {
        isChanged = true
        let nodes = arena.nodes
        var index = container
        while index != 0, nodes[Int(index)].flags & UInt8(VH_DIRTY) == 0 {
            nodes[Int(index)].flags |= UInt8(VH_DIRTY)
            index = nodes[Int(index)].parent
        }
    }

    /// Writes the value's text to the edit buffer and makes its node.
    private func append(_ value: EditValue) throws(EditError) -> UInt32 {
        let start = edits.count
        if arena.count > Self.mostNodes { throw .tooLarge }
        var node = vh_node()
        node.flags = UInt8(VH_IN_EDITS)
        node.kind = value.kind
        try edits.append(value)
        if case .string = value { node.flags |= UInt8(VH_ESCAPED) }
        if edits.count > Self.mostEdits {
            edits.removeLast(edits.count - start)
            throw .tooLarge
        }
        if case .json = value {
            let parser = JSONParser(text: edits.base, start: start, end: edits.count, flags: UInt8(VH_IN_EDITS))
            do {
                return try parser.parse(into: &arena, keys: &keys)
            } catch {
                throw error.isTooMuch ? .tooLarge : .notJSON(JSONError(error.code, at: error.offset - start))
            }
        }
        node.start = UInt32(start)
        node.end = UInt32(edits.count)
        return arena.append(node)
    }
}
