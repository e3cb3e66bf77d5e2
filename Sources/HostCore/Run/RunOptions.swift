public import Archives
public import Lua
public import Wasm

/// What a run reads, does and writes.
public struct RunOptions: Sendable {
    /// NDJSON files and archives; `-` is standard input.
    public var sources: [String]
    /// The store's file that takes the events that passed, and those that a plugin failed on; nil for none.
    public var store: String?
    /// Whether the events in the store's quarantine are read after the sources.
    public var replays = false
    /// The order of the dates in a Netflix history, where they do not tell.
    public var dateOrder: DateOrder?
    /// The plugins in the order in which they see an event.
    public var plugins: [PluginFile]
    /// Where the events that passed go: a file, `-` for standard output, nil for nowhere.
    public var output: String?
    /// The file that takes the events that a plugin failed on, where there is no store.
    public var quarantine: String
    /// The file of the key behind `host.hash`.
    public var keyFile: String
    /// Where the plugins run that may run anywhere.
    public var isolation = PluginHome.native
    /// How many events are worked on at a time.
    public var jobs: Int
    /// What one call of a plugin may use.
    public var limits = LuaLimits()
    /// After so many failures in a row a plugin is taken out.
    public var failuresInRow = 20

    public init(
        sources: [String],
        plugins: [PluginFile],
        output: String?,
        quarantine: String = "quarantine.ndjson",
        keyFile: String = KeyFile.defaultPath,
        jobs: Int
    ) {
        self.sources = sources
        self.plugins = plugins
        self.output = output
        self.quarantine = quarantine
        self.keyFile = keyFile
        self.jobs = jobs
    }
}

/// What a run tells while it goes on; called from the thread that called ``Run/start(_:)``.
public struct RunObserver {
    /// Bytes done, bytes in all (nil where unknown), events done.
    public var progress: (Int, Int?, Int) -> Void
    /// A line that is no event, a plugin's log line, or a plugin that was taken out.
    public var message: (String) -> Void

    public init(progress: @escaping (Int, Int?, Int) -> Void, message: @escaping (String) -> Void) {
        self.progress = progress
        self.message = message
    }
}
