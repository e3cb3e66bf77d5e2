internal import Lua

/// What a plugin says of itself.
public struct Manifest: Sendable, Equatable {
    /// What a plugin does; the contract that its functions follow.
    public enum Kind: Sendable, Equatable {
        case redactor
        case segment(SegmentManifest)
        case quality(QualityManifest)
        case recommender
        /// What the host itself keeps of viewers for recommendations; no plugin is of this kind.
        case history

        /// As a manifest names it.
        public var name: StaticString {
            switch self {
            case .redactor: "redactor"
            case .segment: "segment"
            case .quality: "quality"
            case .recommender: "recommender"
            case .history: "history"
            }
        }
    }

    public let kind: Kind
    public let name: String
    public let version: String
    /// Data categories and fields that the plugin sees.
    public let reads: [String]
    /// The types of the events that the plugin folds; empty where it folds all. A redactor sees all.
    public let events: [String]
    /// Whether the plugin asks to run behind WebAssembly's walls; false where it does so already.
    public let wantsIsolation: Bool

    /// A manifest that was read elsewhere.
    package init(kind: Kind, name: String, version: String, reads: [String], events: [String] = []) {
        self.kind = kind
        self.name = name
        self.version = version
        self.reads = reads
        self.events = events
        wantsIsolation = false
    }

    /// Reads the table that a plugin's file returned.
    init(of sandbox: LuaSandbox) throws(ManifestError) {
        if !sandbox.isTable { throw .notATable }
        let table = ManifestTable(sandbox)
        let kind = try table.text("kind")
        name = try table.text("name")
        version = try table.text("version")
        reads = try table.list("reads") ?? []
        wantsIsolation = try table.wantsIsolation()
        switch kind {
        case "redactor":
            self.kind = .redactor
            events = []
        case "segment":
            self.kind = .segment(try SegmentManifest(of: table))
            events = try table.list("events") ?? []
        case "quality":
            self.kind = .quality(try QualityManifest(of: table, name: name))
            events = try table.list("events") ?? []
        case "recommender":
            self.kind = .recommender
            events = []
        default: throw .unknownKind(kind)
        }
    }

    /// What the plugin uses viewers' data for; nil for a redactor, which works on the service's behalf before anything is
    /// kept.
    public var purpose: Purpose? {
        switch kind {
        case .redactor: nil
        case .segment: .advertising
        case .quality: .quality
        case .recommender, .history: .personalization
        }
    }
}
