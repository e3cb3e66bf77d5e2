public import Plugins

/// What the plugins that fold made of the part of the log that was new to them.
public struct FoldReport: Sendable {
    public struct Plugin: Sendable {
        public let name: String
        public let version: String
        /// Whether it began anew: it is new, or its text, its key or the gate's rules changed.
        public let isAnew: Bool
        public internal(set) var tally = FoldTally()
        public internal(set) var isTakenOut = false
    }

    /// Events that were read; one that is read for several plugins at several times counts each time.
    public internal(set) var events = 0
    public internal(set) var seconds = 0.0
    public internal(set) var plugins: [Plugin] = []
    /// Viewers who left audiences at once, because they may not be used any more.
    public internal(set) var withdrawn = 0
}
