internal import CBridge

/// Where the attributes of the last event with such keys stood.
struct AttributeLayout {
    /// The shape of the outer object's last key, which stands for all of its keys, and that key's node.
    var lastShape: UInt32 = 0
    var last: UInt32 = 0
    var attributes: InlineArray<8, UInt32> = .init(repeating: 0)
}

extension EventDocument {
    /// Checks the envelope (CloudEvents 1.0 §3) and the data of a known type. The data categories of fields whose keys came
    /// before are in the notes of their keys' shapes; those of others are put into their nodes.
    @inline(__always)
    func validate() throws(EventError) {
        let nodes = arena.nodes
        guard nodes[Int(root)].kind == NodeKind.object.rawValue else {
            throw invalid("event", "a JSON object", at: root)
        }
        let last = nodes[Int(root)].last
        let lastShape = nodes[Int(last)].shape
        if lastShape != 0, lastShape == layout.lastShape, last == layout.last {
            attributes = layout.attributes
        } else {
            findAttributes()
        }
        try validateEnvelope()
        if attributes[Int(Attribute.data.rawValue)] != 0 { try validateData() }
    }

    @inline(never)
    private func findAttributes() {
        let nodes = arena.nodes
        var count: UInt32 = 0
        var child = nodes[Int(root)].first
        while child != 0 {
            let known = knownMember(child)
            let node = nodes + Int(child)
            node.pointee.field = known.field
            node.pointee.category = known.category
            attributes[Int(known.field)] = child
            count += 1
            child = node.pointee.next
        }
        // Members that follow one another have the same places in each event with the same keys.
        let (first, last) = (nodes[Int(root)].first, nodes[Int(root)].last)
        if last &- first &+ 1 == count {
            layout = AttributeLayout(lastShape: nodes[Int(last)].shape, last: last, attributes: attributes)
        }
    }

    @inline(__always)
    private func validateEnvelope() throws(EventError) {
        let version = attributes[Int(Attribute.specversion.rawValue)]
        guard version != 0, Bytes.equal(text(of: version), "\"1.0\"") else {
            throw invalid("specversion", "\"1.0\"", at: version)
        }
        let time = attributes[Int(Attribute.time.rawValue)]
        let subject = attributes[Int(Attribute.subject.rawValue)]
        guard isText(.id), isText(.source), isText(.type), subject == 0 || isText(.subject), time == 0 || isText(.time)
        else { throw explainEnvelope() }
        typeIndex = withString(of: attributes[Int(Attribute.type.rawValue)]) {
            Catalogue.index(ofType: $0, guess: lastTypeIndex)
        }
        lastTypeIndex = typeIndex
        guard time != 0 else { return }
        self.time = withString(of: time) { Timestamp.microseconds(of: $0, near: &month) }
        if self.time == nil {
            throw invalid("time", "an RFC 3339 date-time such as \"2026-01-31T20:15:00Z\"", at: time)
        }
    }

    /// Whether the attribute is there and a string that is not empty.
    @inline(__always)
    private func isText(_ attribute: Attribute) -> Bool {
        let node = arena.nodes + Int(attributes[Int(attribute.rawValue)])
        return node.pointee.kind == NodeKind.string.rawValue && node.pointee.end &- node.pointee.start > 2
    }

    @inline(never)
    private func explainEnvelope() -> EventError {
        let attributes: [(Attribute, StaticString)] = [
            (.id, "id"), (.source, "source"), (.type, "type"), (.subject, "subject"), (.time, "time"),
        ]
        for (attribute, name) in attributes where !isText(attribute) {
            let node = self.attributes[Int(attribute.rawValue)]
            if node != 0 { return invalid(name, "a non-empty string", at: node) }
            if attribute != .subject, attribute != .time { return invalid(name, "present", at: root) }
        }
        return invalid("event", "a CloudEvents 1.0 event", at: root)
    }

    @inline(__always)
    private func validateData() throws(EventError) {
        let data = attributes[Int(Attribute.data.rawValue)]
        let unclassified = DataCategory.unclassified.rawValue &+ 1
        guard let typeIndex else {
            // Nobody knows what such data say; their fields have the category of the whole.
            arena.nodes[Int(data)].category = unclassified
            return
        }
        guard kind(of: data) == .object else { throw invalid("data", "an object", at: data) }
        let lastShape = arena.nodes[Int(arena.nodes[Int(data)].last)].shape
        let kinds = shapes.pointee.objectNote(of: lastShape, inType: typeIndex)
        if kinds == 0 || arena.innerKinds & ~kinds != 0 { try validateFields(of: data, typeIndex) }
    }

    @inline(never)
    private func validateFields(of data: UInt32, _ typeIndex: Int) throws(EventError) {
        var guess = 0
        var kinds: UInt8 = 0xFF
        var child = arena.nodes[Int(data)].first
        while child != 0 {
            let node = arena.nodes + Int(child)
            let known = knownField(child, of: typeIndex, &guess)
            node.pointee.category = known.category
            kinds &= known.kinds
            if known.kinds & 1 &<< node.pointee.kind == 0, let field = field(named: key(of: child)) {
                throw invalid(data: field.name, field.kind.expectation, at: child)
            }
            child = node.pointee.next
        }
        let lastShape = arena.nodes[Int(arena.nodes[Int(data)].last)].shape
        if lastShape != 0 { shapes.pointee.setObjectNote(of: lastShape, inType: typeIndex, kinds) }
    }

    // MARK: What is known of keys that came before, in the notes of their shapes.

    /// A member of the event's outer object: its attribute, and its category plus one.
    @inline(__always)
    private func knownMember(_ node: UInt32) -> (field: UInt8, category: UInt8) {
        let shape = arena.nodes[Int(node)].shape
        var note = shapes.pointee.note(of: shape)
        if note == 0 {
            let attribute = Self.attribute(named: key(of: node))
            note = UInt32(Self.category(of: attribute).rawValue &+ 1) << 8 | UInt32(attribute.rawValue)
            if shape != 0 { shapes.pointee.setNote(of: shape, note) }
        }
        return (UInt8(truncatingIfNeeded: note), UInt8(truncatingIfNeeded: note >> 8))
    }

    /// A field of the data: the kinds of values that it may have, as a set of bits, and its category plus one.
    @inline(__always)
    func knownField(_ node: UInt32, of type: Int, _ guess: inout Int) -> (kinds: UInt8, category: UInt8) {
        let shape = arena.nodes[Int(node)].shape
        var note = shapes.pointee.fieldNote(of: shape, inType: type)
        if note == 0 {
            note = lookUpField(node, of: type, &guess)
            if shape != 0 { shapes.pointee.setFieldNote(of: shape, inType: type, note) }
        }
        return (UInt8(truncatingIfNeeded: note), UInt8(truncatingIfNeeded: note >> 8))
    }

    private func lookUpField(_ node: UInt32, of type: Int, _ guess: inout Int) -> UInt16 {
        let fields = SchemaIndex.shared.fields(ofType: type)
        guard let position = fields.position(of: key(of: node), guess: guess) else {
            return UInt16(DataCategory.unclassified.rawValue &+ 1) << 8 | UInt16(FieldKind.any.jsonKinds)
        }
        guess = position &+ 1
        return UInt16(fields[position].category.rawValue &+ 1) << 8 | UInt16(fields[position].kind.jsonKinds)
    }

    /// Whether a JSON value of `kind` may stand in a field of kind `field`; `null` may stand everywhere.
    static func matches(_ field: FieldKind, _ kind: UInt8) -> Bool {
        field.jsonKinds & 1 &<< kind != 0
    }

    static func attribute(named key: UnsafeRawBufferPointer) -> Attribute {
        switch key.count {
        case 2 where Bytes.equal(key, "id"): .id
        case 4 where Bytes.equal(key, "type"): .type
        case 4 where Bytes.equal(key, "time"): .time
        case 4 where Bytes.equal(key, "data"): .data
        case 6 where Bytes.equal(key, "source"): .source
        case 7 where Bytes.equal(key, "subject"): .subject
        case 11 where Bytes.equal(key, "specversion"): .specversion
        default: .other
        }
    }

    static func category(of attribute: Attribute) -> DataCategory {
        switch attribute {
        case .subject: .userUniqueID
        case .other: .unclassified
        default: .systemOperations
        }
    }

    private func invalid(_ field: StaticString, _ expected: StaticString, at node: UInt32) -> EventError {
        .invalid(field: "\(field)", expected: StaticText(expected), offset: Int(arena.nodes[Int(node)].start))
    }

    private func invalid(data field: StaticString, _ expected: StaticString, at node: UInt32) -> EventError {
        .invalid(field: "data.\(field)", expected: StaticText(expected), offset: Int(arena.nodes[Int(node)].start))
    }
}

extension FieldKind {
    /// The kinds of JSON values that may stand in the field, a bit for each ``NodeKind``; `null` is one of them.
    var jsonKinds: UInt8 {
        let kinds: [NodeKind]
        switch self {
        case .any: return 0xFF
        case .string, .timestamp: kinds = [.string]
        case .number: kinds = [.number]
        case .boolean: kinds = [.false, .true]
        case .object: kinds = [.object]
        case .array: kinds = [.array]
        }
        return kinds.reduce(1 << NodeKind.null.rawValue) { $0 | 1 << $1.rawValue }
    }

    /// What a message says that the field must be.
    public var expectation: StaticString {
        switch self {
        case .string: "a string"
        case .number: "a number"
        case .boolean: "true or false"
        case .object: "an object"
        case .array: "an array"
        case .timestamp: "a string with an RFC 3339 date-time"
        case .any: "any value"
        }
    }
}
