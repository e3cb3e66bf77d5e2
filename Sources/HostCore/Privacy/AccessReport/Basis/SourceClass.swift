internal import Events

/// How the service came to know something of a viewer, in the four classes of an access report.
enum SourceClass: String, CaseIterable, Sendable {
    /// The viewer said it.
    case told
    /// The service saw what the viewer did.
    case seen
    /// Others gave or sold it (GDPR Art. 14).
    case others
    /// The service made it of the rest: segments, histories, what identities were joined.
    case inferred

    /// The class of events of a type; one that the catalogue does not know was at any rate seen.
    init(ofType type: TypeSchema?) {
        guard let type else {
            self = .seen
            return
        }
        self =
            switch type.group {
            case .told: .told
            case .seen, .catalogue, .feedback: .seen
            case .fromOthers: .others
            // Whose events are one viewer's is what the service found, not what the viewer said.
            case .will: ["viewer.merged", "viewer.split"].contains("\(type.name)") ? .inferred : .told
            }
    }

    /// The heading that a viewer reads.
    var title: String {
        switch self {
        case .told: "What you told us"
        case .seen: "What we saw"
        case .others: "What others gave us"
        case .inferred: "What we concluded"
        }
    }
}
