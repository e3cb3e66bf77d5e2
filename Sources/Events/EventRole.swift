/// What an event means for others than itself.
public enum EventRole: UInt8, Sendable {
    case ordinary
    /// It says what a title is.
    case title
    /// It says that two subjects are one viewer, or are not.
    case identity

    /// The role of a loaded event.
    public init(of event: EventDocument) {
        self = event.typeIndex.map { Self.roles[$0] } ?? .ordinary
    }

    private static let roles = Catalogue.types.map { type -> EventRole in
        if type.group == .catalogue { return .title }
        let isIdentity =
            type.name.rawBytes.elementsEqual(IdentityChange.merged.rawBytes)
            || type.name.rawBytes.elementsEqual(IdentityChange.split.rawBytes)
        return isIdentity ? .identity : .ordinary
    }
}

/// What an event of the types `viewer.merged` and `viewer.split` says of two subjects.
public struct IdentityChange {
    static let merged: StaticString = "viewer.merged"
    static let split: StaticString = "viewer.split"

    /// Whether the other subject is now the event's own, and else that it is not any more.
    public let isMerge: Bool
    /// The node of the other subject, `from`.
    public let other: UInt32

    /// Nil where the event is none, or does not name another subject.
    public init?(of event: EventDocument) {
        guard EventRole(of: event) == .identity, event.data != 0, event.kind(of: event.data) == .object else {
            return nil
        }
        other = event.child(of: event.data, named: StaticString("from").rawBytes)
        guard other != 0, event.kind(of: other) == .string else { return nil }
        isMerge = event.typeIndex == Catalogue.index(ofType: Self.merged.rawBytes)
    }
}
