internal import Events
internal import Plugins
internal import Store

/// What became of one event of a chunk, and where it lies.
struct ChunkEvent {
    enum Outcome: UInt8 {
        case passed
        case changed
        case dropped
        case failed
        /// Not looked at, because a plugin was taken out.
        case skipped
    }

    var outcome: Outcome
    /// The plugin that dropped or failed the event; for one that passed, how many plugins there are.
    var plugin: UInt8
    /// Line within the chunk, from 0.
    var line: UInt32
    var inputStart: UInt32
    var inputEnd: UInt32
    /// Ends in the chunk's output and in its redactions; they begin where those of the event before end.
    var outputEnd: UInt32
    var redactionEnd: UInt32
    /// What a store wants to know, where there is one.
    var key = EventKey(number: 0, check: 0)
    var viewer: Int64 = 0
    var isTitle = false
}

/// A line that is no event.
struct ChunkReject {
    /// Line within the chunk, from 0.
    var line: Int
    /// Column in bytes, from 1.
    var column: Int
    var message: String
}

/// Some whole lines of an input, and what the plugins made of them.
///
/// Chunks go from the reader to a worker to the writer and back to the reader; only the thread that holds one touches
/// it, which makes it safe to send.
final class Chunk: @unchecked Sendable {
    /// About how many bytes a chunk holds. It holds more only where one line is longer.
    static let size = 256 << 10
    /// Where a part of a chunk ends: plugins may make much of little. One event more fits.
    static let outputSize = 4 << 20

    /// Which of the run's inputs the lines come from.
    var input = 0
    var bytes = ByteBuffer()
    /// Where the lines begin that no worker has looked at yet.
    var start = 0
    /// How many bytes of the input they were made from.
    var inputBytes = 0
    /// A line that was too long to be kept follows the chunk's own lines.
    var overlongLineFollows = false
    /// Rows of an archive that gave no event, each with its file and line.
    var problems: [String] = []

    var output = ByteBuffer()
    var lineCount = 0
    var events: [ChunkEvent] = []
    /// Data categories by their raw values.
    var redactions = ByteBuffer()
    /// Why plugins failed, one for each event that failed, in the events' order.
    var failures: [PluginFailure] = []
    var rejects: [ChunkReject] = []
    var log: [PluginLog] = []

    /// Whether the results go up to the last line; those of a chunk that grew large come in parts.
    var isDone: Bool {
        start >= bytes.count
    }

    /// Forgets everything, for new lines.
    func removeAll() {
        bytes.removeAll()
        start = 0
        overlongLineFollows = false
        removeResults()
    }

    /// Forgets the results and what the reader counted, for the chunk's next part.
    func removeResults() {
        inputBytes = 0
        problems.removeAll()
        output.removeAll()
        lineCount = 0
        events.removeAll(keepingCapacity: true)
        redactions.removeAll()
        failures.removeAll()
        rejects.removeAll()
        log.removeAll()
    }
}

/// What a plugin logged while it looked at one event.
struct PluginLog {
    var plugin: Int
    var text: [UInt8]
}
