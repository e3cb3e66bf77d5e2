internal import Plugins

/// Some whole lines of an input, and what the plugins made of them.
///
/// Chunks go from the reader to a worker to the writer and back to the reader; only the thread that holds one touches
/// it, which makes it safe to send.
final class Chunk: EventBatch, @unchecked Sendable {
    /// About how many bytes a chunk holds. It holds more only where one line is longer.
    static let size = 256 << 10

    /// Which of the run's inputs the lines come from.
    var input = 0
    /// How many bytes of the input they were made from.
    var inputBytes = 0
    /// A line that was too long to be kept follows the chunk's own lines.
    var overlongLineFollows = false
    /// Rows of an archive that gave no event, each with its file and line.
    var problems: [String] = []

    /// Forgets everything, for new lines.
    func removeAll() {
        overlongLineFollows = false
        inputBytes = 0
        problems.removeAll()
        removeLines()
    }

    /// Forgets the results and what the reader counted, for the chunk's next part.
    func removeResults() {
        inputBytes = 0
        problems.removeAll()
        removeLineResults()
    }
}
