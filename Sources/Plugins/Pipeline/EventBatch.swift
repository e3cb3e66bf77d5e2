public import Events

/// What became of one event of a batch, and where it lies.
public struct BatchEvent: Sendable {
    public enum Outcome: UInt8, Sendable {
        case passed
        case changed
        case dropped
        case failed
        /// Not looked at, because a plugin was taken out.
        case skipped
    }

    public var outcome: Outcome
    /// The plugin that dropped or failed the event; for one that passed, how many plugins there are.
    public var plugin: UInt8
    /// Line within the batch's part, from 0.
    public var line: UInt32
    public var inputStart: UInt32
    public var inputEnd: UInt32
    /// Ends in the batch's output and in its redactions; they begin where those of the event before end.
    public var outputEnd: UInt32
    public var redactionEnd: UInt32
    /// What a store wants to know; filled in by the host where there is one.
    public var key = EventKey(number: 0, check: 0)
    public var viewer: Int64 = 0
    public var role = EventRole.ordinary

    public init(
        outcome: Outcome, plugin: UInt8, line: UInt32, inputStart: UInt32, inputEnd: UInt32, outputEnd: UInt32,
        redactionEnd: UInt32
    ) {
        self.outcome = outcome
        self.plugin = plugin
        self.line = line
        self.inputStart = inputStart
        self.inputEnd = inputEnd
        self.outputEnd = outputEnd
        self.redactionEnd = redactionEnd
    }
}

/// A line that is no event.
public struct BatchReject: Sendable {
    /// Line within the batch's part, from 0.
    public var line: Int
    /// Column in bytes, from 1.
    public var column: Int
    public var message: String

    public init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }
}

/// What a plugin logged while it looked at one event.
public struct PluginLog: Sendable {
    public var plugin: Int
    /// The event's line within the batch's part, from 0.
    public var line: Int
    public var text: [UInt8]

    public init(plugin: Int, line: Int, text: [UInt8]) {
        self.plugin = plugin
        self.line = line
        self.text = text
    }
}

/// Some whole lines of NDJSON, and what a chain of plugins made of them.
///
/// The results of a batch that grows large come in parts: ``RedactorChain/process(_:skipping:noting:)`` is called until
/// ``isDone``, and the results are taken and removed between two calls.
open class EventBatch {
    /// Where a part ends: plugins may make much of little. One event more fits; a few more where each is large.
    public static let outputSize = 4 << 20

    public final var bytes = ByteBuffer()
    /// Where the lines begin that nobody has looked at yet.
    public final var start = 0

    /// Whether the lines come from an earlier stage of a chain or go on to a later one, which wants to know the edits.
    public final var tracesEdits = false
    /// What plugins of the stages before put into the lines, in the order of the text; offsets count from the first line.
    public final var earlierEdits: [EditSpan] = []
    /// The same for the output, where ``tracesEdits``.
    public final var edits: [EditSpan] = []

    public final var output = ByteBuffer()
    public final var lineCount = 0
    public final var events: [BatchEvent] = []
    /// Data categories by their raw values.
    public final var redactions = ByteBuffer()
    /// Why plugins failed, one for each event that failed, in the events' order.
    public final var failures: [PluginFailure] = []
    public final var rejects: [BatchReject] = []
    public final var log: [PluginLog] = []

    public init() {}

    /// Whether the results go up to the last line.
    public final var isDone: Bool {
        start >= bytes.count
    }

    /// The ``earlierEdits`` of the lines between two offsets.
    public final func earlierEdits(from start: Int, to end: Int) -> ArraySlice<EditSpan> {
        earlierEdits[place(ofEditsFrom: start)..<place(ofEditsFrom: end)]
    }

    private func place(ofEditsFrom offset: Int) -> Int {
        var (low, high) = (0, earlierEdits.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(earlierEdits[middle].start) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Forgets the lines and the results.
    public final func removeLines() {
        bytes.removeAll()
        earlierEdits.removeAll(keepingCapacity: true)
        start = 0
        removeLineResults()
    }

    /// Forgets the results, for the batch's next part.
    public final func removeLineResults() {
        output.removeAll()
        lineCount = 0
        events.removeAll(keepingCapacity: true)
        redactions.removeAll()
        failures.removeAll()
        rejects.removeAll()
        log.removeAll()
        edits.removeAll(keepingCapacity: true)
    }
}
