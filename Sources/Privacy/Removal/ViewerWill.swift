internal import Events

/// The fields by which the gate goes, and by which subjects are known to be one viewer: without them, data that the viewer has forbidden
/// to use would be used again.
enum ViewerWill {
    /// Whether a member of the event's data is such a field.
    static func isPart(_ member: UInt32, of event: EventDocument) -> Bool {
        let name = event.key(of: member)
        func isOneOf(_ names: StaticString...) -> Bool {
            names.contains { $0.rawBytes.elementsEqual(name) }
        }
        if isOneOf("gpc", "is_kids") { return true }
        guard let type = event.typeIndex else { return false }
        if type == consent { return isOneOf("purpose", "granted") }
        return identities.contains(type) && isOneOf("from")
    }

    private static let consent = Catalogue.index(ofType: StaticString("consent.changed").rawBytes)
    private static let identities = [
        Catalogue.index(ofType: StaticString("viewer.merged").rawBytes),
        Catalogue.index(ofType: StaticString("viewer.split").rawBytes),
    ]
}
