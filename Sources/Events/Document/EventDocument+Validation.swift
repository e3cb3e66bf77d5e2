internal import CBridge

extension EventDocument {
    /// Checks the envelope (CloudEvents 1.0 §3) and the data of a known type, and notes each field's data category.
    func validate() throws(EventError) {
        guard kind(of: root) == .object else { throw invalid("event", "a JSON object", at: root) }
        var child = arena.nodes[Int(root)].first
        while child != 0 {
            let attribute = Self.attribute(named: key(of: child))
            arena.nodes[Int(child)].field = attribute.rawValue
            arena.nodes[Int(child)].category = Self.category(of: attribute).rawValue &+ 1
            attributes[Int(attribute.rawValue)] = child
            child = arena.nodes[Int(child)].next
        }
        try validateEnvelope()
        if attributes[Int(Attribute.data.rawValue)] != 0 { try validateData() }
    }

    private func validateEnvelope() throws(EventError) {
        let version = attributes[Int(Attribute.specversion.rawValue)]
        guard version != 0, Bytes.equal(text(of: version), "\"1.0\"") else {
            throw invalid("specversion", "\"1.0\"", at: version)
        }
        try requireText(.id, "id", isOptional: false)
        try requireText(.source, "source", isOptional: false)
        try requireText(.type, "type", isOptional: false)
        try requireText(.subject, "subject", isOptional: true)
        try requireText(.time, "time", isOptional: true)
        typeIndex = withString(of: attributes[Int(Attribute.type.rawValue)]) { Catalogue.index(ofType: $0) }
        let timeNode = attributes[Int(Attribute.time.rawValue)]
        guard timeNode != 0 else { return }
        time = withString(of: timeNode) { Timestamp.microseconds(of: $0) }
        if time == nil { throw invalid("time", "an RFC 3339 date-time such as \"2026-01-31T20:15:00Z\"", at: timeNode) }
    }

    private func requireText(
        _ attribute: Attribute,
        _ name: StaticString,
        isOptional: Bool
    ) throws(EventError) {
        let node = attributes[Int(attribute.rawValue)]
        if node == 0 {
            if isOptional { return }
            throw invalid(name, "present", at: root)
        }
        guard kind(of: node) == .string, text(of: node).count > 2 else {
            throw invalid(name, "a non-empty string", at: node)
        }
    }

    private func validateData() throws(EventError) {
        let data = attributes[Int(Attribute.data.rawValue)]
        guard let typeIndex else { return }
        guard kind(of: data) == .object else { throw invalid("data", "an object", at: data) }
        let fields = SchemaIndex.shared.fields(ofType: typeIndex)
        var guess = 0
        var child = arena.nodes[Int(data)].first
        while child != 0 {
            let node = arena.nodes[Int(child)]
            if let position = fields.position(of: key(of: child), guess: guess) {
                guess = position &+ 1
                let field = fields[position]
                arena.nodes[Int(child)].category = field.category.rawValue &+ 1
                if !Self.matches(field.kind, node.kind) {
                    throw invalid(data: field.name, field.kind.expectation, at: child)
                }
            } else {
                arena.nodes[Int(child)].category = DataCategory.unclassified.rawValue &+ 1
            }
            child = node.next
        }
    }

    /// Whether a JSON value of `kind` may stand in a field of kind `field`; `null` may stand everywhere.
    static func matches(_ field: FieldKind, _ kind: UInt8) -> Bool {
        switch field {
        case .any: true
        case .string, .timestamp: kind == NodeKind.string.rawValue || kind == NodeKind.null.rawValue
        case .number: kind == NodeKind.number.rawValue || kind == NodeKind.null.rawValue
        case .boolean: kind <= NodeKind.true.rawValue
        case .object: kind == NodeKind.object.rawValue || kind == NodeKind.null.rawValue
        case .array: kind == NodeKind.array.rawValue || kind == NodeKind.null.rawValue
        }
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
