public import Events

/// What leads the lines of a batch through plugins, in this process or behind WebAssembly's walls, with the same results.
public protocol EventChain: AnyObject {
    /// Fills in the results of the batch, or of a part of it. Where `skipping`, no plugin is called any more and every
    /// event is ``BatchEvent/Outcome/skipped``. `note` is called with each event as it is when it is done.
    func process(
        _ batch: EventBatch, skipping: Bool, noting note: ((EventDocument, inout BatchEvent) -> Void)?)

    /// What each plugin did up to now.
    var usage: [PluginUsage] { get }
}

/// What one plugin did in a run.
public struct PluginUsage: Sendable, Equatable {
    public var calls = 0
    public var latencies = Latencies()
    /// Most bytes that its state has held at once.
    public var memoryPeak = 0

    public init() {}
}
