internal import Events
package import Plugins

/// A plugin that is loaded, and sees one event at a time, in a chain of its own as in a run.
package final class RunningPlugin {
    package enum Outcome {
        /// The event's text as it is then.
        case passed([UInt8])
        case dropped
        case failed(PluginFailure)
    }

    private let process: (EventBatch) -> Void
    private let batch = EventBatch()

    /// `process` leads the lines of a batch through the plugin alone.
    package init(_ process: @escaping (EventBatch) -> Void) {
        self.process = process
    }

    /// What the plugin logged for the last event.
    var log: String {
        String(decoding: batch.log.flatMap { $0.text }, as: UTF8.self)
    }

    /// Leads an event through the plugin; `text` must have been found to be one.
    package func redact(_ text: UnsafeRawBufferPointer) -> Outcome {
        batch.removeLines()
        // An event is a line, and what is a line feed in its text can only stand between values.
        for byte in text { batch.bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte) }
        process(batch)
        if let failure = batch.failures.first { return .failed(failure) }
        guard let event = batch.events.first else {
            return .failed(PluginFailure(plugin: "", code: "wrong_result", message: "the plugin answered nothing"))
        }
        if event.outcome == .dropped { return .dropped }
        return .passed(Array(UnsafeBufferPointer(start: batch.output.base, count: max(0, batch.output.count - 1))))
    }
}
