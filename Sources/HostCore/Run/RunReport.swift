public import Archives
public import Events
public import Wasm

/// What a run did.
public struct RunReport: Sendable {
    /// What one plugin did in a run.
    public struct Plugin: Sendable {
        public let name: String
        public let version: String
        public internal(set) var home = PluginHome.native
        public internal(set) var calls = 0
        public internal(set) var dropped = 0
        public internal(set) var failed = 0
        /// Seconds in all calls, projected from those that were timed.
        public internal(set) var seconds = 0.0
        /// Nanoseconds of a call, off by at most 12.5 %.
        public internal(set) var p50: UInt64 = 0
        public internal(set) var p99: UInt64 = 0
        /// Most bytes that one of its Lua states has held.
        public internal(set) var memoryPeak = 0
    }

    /// A source that an earlier run into the store did not read to its end.
    public struct CutOff: Sendable {
        public let source: String
        /// How many of its events that run saw.
        public let events: Int
        /// That run's plugins, with their versions; empty where it had none.
        public let plugins: String
    }

    public internal(set) var events = 0
    public internal(set) var passed = 0
    /// Of those that passed: how many a plugin changed.
    public internal(set) var changed = 0
    public internal(set) var dropped = 0
    public internal(set) var quarantined = 0
    /// Events that are new to the store, those that it had, and those of viewers who were erased, which it does not take; nil without a
    /// store.
    public internal(set) var stored: (inserted: Int, duplicates: Int, refused: Int)?
    /// Lines that are no events.
    public internal(set) var rejected = 0
    public internal(set) var bytes = 0
    public internal(set) var seconds = 0.0
    public internal(set) var plugins: [Plugin]
    /// Fields removed or replaced in the events that passed, by data category; most first.
    public internal(set) var redactions: [(category: DataCategory, count: Int)] = []
    /// What became of the files of archives.
    public internal(set) var files: [FileReport] = []
    /// Sources that the store has only in part.
    public internal(set) var cutOff: [CutOff] = []
    /// What the plugins that fold made of the store's log; nil where there are none, or no store.
    public internal(set) var folded: FoldReport?
    /// The plugin that was taken out.
    public internal(set) var takenOut: String?

    /// The process's exit code: 70 where a plugin failed, 65 where a line was no event.
    public var exitCode: Int32 {
        quarantined > 0 ? 70 : rejected > 0 ? 65 : 0
    }
}
