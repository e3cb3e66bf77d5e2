/// What kind of JSON value a field holds.
public enum FieldKind: UInt8, Sendable {
    case string
    case number
    case boolean
    case object
    case array
    /// An RFC 3339 date-time, as a JSON string.
    case timestamp
    /// Any JSON value.
    case any
}

/// One field of an event type's `data`: its JSON kind and the Fideslang data category that it belongs to.
public struct FieldSchema: Sendable {
    public let name: StaticString
    public let kind: FieldKind
    public let category: DataCategory
    public let summary: StaticString

    public init(_ name: StaticString, _ kind: FieldKind, _ category: DataCategory, _ summary: StaticString) {
        self.name = name
        self.kind = kind
        self.category = category
        self.summary = summary
    }
}

/// Where the service learned what an event says; the access report groups by it.
public enum EventGroup: UInt8, CaseIterable, Sendable {
    case told
    case seen
    case fromOthers
    case catalogue
    case feedback
    case will
}

/// One event type: its CloudEvents `type`, its group and the fields of its `data`.
public struct TypeSchema: Sendable {
    public let name: StaticString
    public let group: EventGroup
    public let summary: StaticString
    public let fields: [FieldSchema]

    public init(_ name: StaticString, _ group: EventGroup, _ summary: StaticString, _ fields: [FieldSchema]) {
        self.name = name
        self.group = group
        self.summary = summary
        self.fields = fields
    }
}
