/// Whether anything of a viewer is left in a store's files.
public struct TraceReport: Sendable {
    /// A value of the viewer's that was found.
    public struct Trace: Equatable, Sendable {
        public let file: String
        /// Where it begins, in bytes from the file's beginning.
        public let offset: Int
        /// Which value it is: the field's name, not the value.
        public let name: String
    }

    public let viewer: String
    /// When the viewer was erased, in seconds since 1970; nil where that did not happen.
    public internal(set) var erasedAt: Int64?
    /// Whether the store still has the viewer.
    public internal(set) var isKnown = false
    /// Whether models wait to be trained without the viewer.
    public internal(set) var hasStaleModels = false
    public internal(set) var files: [String] = []
    public internal(set) var bytes = 0
    public internal(set) var seconds = 0.0
    /// Values that were looked for, in all ways in which they may be written; those that are too short to tell from chance; and how many
    /// ways of them were left out because the store has them of no viewer: titles, the countries and devices of its reports.
    public internal(set) var values = 0
    public internal(set) var shortValues = 0
    public internal(set) var sharedValues = 0
    /// What was found, the first thousand.
    public internal(set) var traces: [Trace] = []

    static let mostTraces = 1000

    init(viewer: String) {
        self.viewer = viewer
    }

    /// Whether the viewer is erased, and nothing is left where it was looked for.
    public var isClean: Bool {
        !files.isEmpty && erasedAt != nil && !isKnown && !hasStaleModels && traces.isEmpty
    }
}
