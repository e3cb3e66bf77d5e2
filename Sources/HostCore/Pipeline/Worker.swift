internal import Events
internal import Plugins
internal import Store

/// Leads a chunk's events through the plugins in order. Each worker has its own Lua state for each plugin.
///
/// Made by one thread and then used by one other alone, which makes it safe to send.
final class Worker: @unchecked Sendable {
    /// One call in so many is timed: reading the clock twice costs as much as a small plugin.
    private static let timedEvery = 16
    /// Log texts of one chunk's part that are kept; a run does not show more lines.
    private static let keptLogs = RunWriter.shownLogs

    private static let titleTypes = Catalogue.types.indices.filter { Catalogue.types[$0].group == .catalogue }

    private let redactors: [Redactor]
    private let keys: EventKeys?
    private let document = EventDocument()
    private var buffer = ByteBuffer()
    private(set) var calls: [Int]
    private(set) var latencies: [Latencies]

    /// `keys` are those of the store that the events go to.
    init(redactors: [Redactor], keys: EventKeys?) {
        self.keys = keys
        self.redactors = redactors
        calls = Array(repeating: 0, count: redactors.count)
        latencies = Array(repeating: Latencies(), count: redactors.count)
    }

    func memoryPeak(ofPlugin index: Int) -> Int {
        redactors[index].memoryPeak
    }

    /// Fills in the results of the chunk, or of a part of it. Where `skipping`, no plugin is called any more and every
    /// event is ``skipped``.
    func process(_ chunk: Chunk, skipping: Bool) {
        var start = chunk.start
        let end = chunk.bytes.count
        while start < end, chunk.output.count < Chunk.outputSize {
            let lineEnd = chunk.bytes.lineEnd(from: start)
            let length = lineEnd - start
            if !Self.isBlank(chunk.bytes.base + start, length) {
                process(start, length, of: chunk, skipping: skipping)
            }
            chunk.lineCount += 1
            start = lineEnd + 1
        }
        chunk.start = start
    }

    private func process(_ start: Int, _ length: Int, of chunk: Chunk, skipping: Bool) {
        do {
            try document.load(chunk.bytes.base + start, count: length)
        } catch {
            let reject = ChunkReject(line: chunk.lineCount, column: error.offset + 1, message: error.message)
            chunk.rejects.append(reject)
            return
        }
        var (outcome, plugin) = skipping ? (.skipped, 0) : redact(chunk)
        if outcome == .passed || outcome == .changed {
            let outputStart = chunk.output.count
            document.write(into: &chunk.output)
            if outcome == .changed, chunk.output.count - outputStart > JSONLimits.bytes {
                chunk.output.removeLast(chunk.output.count - outputStart)
                (outcome, plugin) = (.failed, redactors.count - 1)
                chunk.failures.append(
                    PluginFailure(
                        plugin: redactors[plugin].manifest.name, code: "output_limit",
                        message: "the event has grown to more than \(JSONLimits.bytes) bytes"))
            } else {
                chunk.output.append(UInt8(ascii: "\n"))
                document.writeRedactions(into: &chunk.redactions)
            }
        }
        var event = ChunkEvent(
            outcome: outcome,
            plugin: UInt8(plugin),
            line: UInt32(chunk.lineCount),
            inputStart: UInt32(start),
            inputEnd: UInt32(start + length),
            outputEnd: UInt32(chunk.output.count),
            redactionEnd: UInt32(chunk.redactions.count)
        )
        if let keys {
            event.key = keys.key(of: document, &buffer)
            event.viewer = keys.viewer(of: document, &buffer)
            event.isTitle = document.typeIndex.map { Self.titleTypes.contains($0) } ?? false
        }
        chunk.events.append(event)
    }

    private func redact(_ chunk: Chunk) -> (ChunkEvent.Outcome, plugin: Int) {
        for index in 0..<redactors.count {
            let isTimed = calls[index] % Self.timedEvery == 0
            let started = isTimed ? monotonicNanoseconds() : 0
            let outcome = redactors[index].redact(document)
            if isTimed { latencies[index].add(nanoseconds: monotonicNanoseconds() - started) }
            calls[index] += 1
            if redactors[index].hasLogged, chunk.log.count < Self.keptLogs {
                chunk.log.append(PluginLog(plugin: index, text: redactors[index].log))
            }
            switch outcome {
            case .passed: continue
            case .dropped: return (.dropped, index)
            case .failed(let failure):
                chunk.failures.append(failure)
                return (.failed, index)
            }
        }
        return (document.isChanged ? .changed : .passed, redactors.count)
    }

    private static func isBlank(_ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        for index in 0..<length where text[index] > 0x20 { return false }
        return true
    }
}
