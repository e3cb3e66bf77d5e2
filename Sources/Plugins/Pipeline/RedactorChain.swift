internal import CBridge
public import Events

/// Redactors in the order in which they see an event: what a run does with each line, natively and in `engine.wasm`.
///
/// ```swift
/// let chain = RedactorChain([redactor])
/// batch.bytes.append(lines)
/// while !batch.isDone {
///     chain.process(batch, skipping: false, noting: nil)
///     write(batch.output)
///     batch.removeLineResults()
/// }
/// ```
///
/// A value is used from one thread at a time.
public final class RedactorChain: EventChain {
    /// How far the chain is, for somebody who has to stop it from outside.
    public struct Progress: Sendable {
        /// Calls of plugins that were begun, over all.
        public var calls: UInt32 = 0
        /// The plugin that was called last.
        public var plugin: UInt32 = 0
        /// Where the line begins that is looked at.
        public var lineStart: UInt32 = 0
        /// Lines of the batch's part before it.
        public var line: UInt32 = 0
    }

    /// An event that was read and is not yet written.
    private struct Pending {
        var line = 0
        var start = 0
        var length = 0
        var outcome = BatchEvent.Outcome.skipped
        var plugin = 0
        /// Why the plugin failed, where it did.
        var failure: PluginFailure?
    }

    /// One call in so many is timed: reading the clock twice costs as much as a small plugin.
    private static let timedEvery = 16
    /// Log texts of one part that are kept; a run does not show more lines.
    public static let keptLogs = 100

    /// Stays in its place as long as the chain lives.
    public let progress: UnsafeMutablePointer<Progress>

    private let redactors: [Redactor]
    /// What each redactor did; in a place of its own, for it is written to with each call.
    private let usages: UnsafeMutablePointer<PluginUsage>
    /// Events are read, then led through the plugins, then written.
    private let window = EventWindow(of: 8, Pending())
    /// An event as it was written, for the stages after this one.
    private let written = EventDocument()

    public init(_ redactors: [Redactor]) {
        self.redactors = redactors
        usages = .allocate(capacity: redactors.count)
        usages.initialize(repeating: PluginUsage(), count: redactors.count)
        progress = .allocate(capacity: 1)
        progress.initialize(to: Progress())
    }

    deinit {
        usages.deinitialize(count: redactors.count)
        usages.deallocate()
        progress.deallocate()
    }

    public var usage: [PluginUsage] {
        redactors.indices.map { index in
            var usage = usages[index]
            usage.memoryPeak = redactors[index].memoryPeak
            return usage
        }
    }

    public func process(
        _ batch: EventBatch, skipping: Bool, noting note: ((EventDocument, inout BatchEvent) -> Void)?
    ) {
        if !batch.tracesEdits {
            for place in 0..<window.most { window.with(place) { $0.begin(after: [], from: 0) } }
        }
        while !batch.isDone, batch.output.count < EventBatch.outputSize {
            let count = read(batch)
            for place in 0..<count {
                window.with(place) { document in
                    if skipping {
                        (window.notes[place].outcome, window.notes[place].plugin) = (.skipped, 0)
                    } else {
                        redact(document, of: batch, at: place)
                    }
                }
            }
            for place in 0..<count {
                window.with(place) { write($0, of: batch, at: place, note) }
            }
        }
    }

    /// Reads the next lines; how many events there are in them.
    @inline(__always)
    private func read(_ batch: EventBatch) -> Int {
        // Where the part nears its end, it is to end behind the event that fills it.
        let most = batch.output.count < EventBatch.outputSize / 2 ? window.most : 1
        var start = batch.start
        var count = 0
        while start < batch.bytes.count, count < most {
            let lineEnd = batch.bytes.lineEnd(from: start)
            let length = lineEnd - start
            if !Self.isBlank(batch.bytes.base + start, length) {
                window.notes[count].line = batch.lineCount
                window.notes[count].start = start
                window.notes[count].length = length
                if window.with(count, { read($0, of: batch, at: count) }) { count += 1 }
            }
            batch.lineCount += 1
            start = lineEnd + 1
        }
        batch.start = start
        return count
    }

    /// Reads one event; false where the line is none.
    @inline(__always)
    private func read(_ document: EventDocument, of batch: EventBatch, at place: Int) -> Bool {
        let (start, length) = (window.notes[place].start, window.notes[place].length)
        do throws(EventError) {
            try document.load(batch.bytes.base + start, count: length)
        } catch {
            let reject = BatchReject(line: batch.lineCount, column: error.offset + 1, message: error.message)
            batch.rejects.append(reject)
            return false
        }
        if batch.tracesEdits {
            document.begin(after: batch.earlierEdits(from: start, to: start + length), from: UInt32(start))
        }
        return true
    }

    /// Leads one event through the plugins.
    @inline(__always)
    private func redact(_ document: EventDocument, of batch: EventBatch, at place: Int) {
        progress.pointee.lineStart = UInt32(window.notes[place].start)
        progress.pointee.line = UInt32(window.notes[place].line)
        for index in 0..<redactors.count {
            progress.pointee.plugin = UInt32(index)
            progress.pointee.calls &+= 1
            let usage = usages + index
            let isTimed = usage.pointee.calls % Self.timedEvery == 0
            let started = isTimed ? vh_monotonic_nanoseconds() : 0
            // The chain holds its redactors: to count a reference to one for each call costs as much as a read of a field.
            let outcome = Unmanaged.passUnretained(redactors[index])._withUnsafeGuaranteedRef { redactor in
                let outcome = redact(document, by: redactor)
                if redactor.hasLogged, batch.log.count < Self.keptLogs {
                    batch.log.append(PluginLog(plugin: index, line: window.notes[place].line, text: redactor.log))
                }
                return outcome
            }
            if isTimed { usage.pointee.latencies.add(nanoseconds: UInt64(vh_monotonic_nanoseconds() - started)) }
            usage.pointee.calls &+= 1
            switch outcome {
            case .passed:
                if index < redactors.count - 1, !document.isWithinSize {
                    return fail(at: place, tooLarge(after: index), index)
                }
            case .dropped:
                window.notes[place].outcome = .dropped
                window.notes[place].plugin = index
                return
            case .failed(let failure): return fail(at: place, failure, index)
            }
        }
        window.notes[place].outcome = document.isChanged ? .changed : .passed
        window.notes[place].plugin = redactors.count
    }

    private func fail(at place: Int, _ failure: PluginFailure, _ plugin: Int) {
        window.notes[place].outcome = .failed
        window.notes[place].plugin = plugin
        window.notes[place].failure = failure
    }

    /// Writes what became of one event.
    @inline(__always)
    private func write(
        _ document: EventDocument, of batch: EventBatch, at place: Int,
        _ note: ((EventDocument, inout BatchEvent) -> Void)?
    ) {
        let (start, length) = (window.notes[place].start, window.notes[place].length)
        if window.notes[place].outcome == .passed || window.notes[place].outcome == .changed {
            let outputStart = batch.output.count
            document.write(into: &batch.output)
            if window.notes[place].outcome == .changed, batch.output.count - outputStart > JSONLimits.bytes {
                batch.output.removeLast(batch.output.count - outputStart)
                fail(at: place, tooLarge(after: redactors.count - 1), redactors.count - 1)
            } else {
                if batch.tracesEdits { traceEdits(document, of: batch, from: outputStart) }
                batch.output.append(UInt8(ascii: "\n"))
                document.writeRedactions(into: &batch.redactions)
            }
        }
        if window.notes[place].outcome == .failed, let failure = window.notes[place].failure {
            batch.failures.append(failure)
        }
        var event = BatchEvent(
            outcome: window.notes[place].outcome,
            plugin: UInt8(window.notes[place].plugin),
            line: UInt32(window.notes[place].line),
            inputStart: UInt32(start),
            inputEnd: UInt32(start + length),
            outputEnd: UInt32(batch.output.count),
            redactionEnd: UInt32(batch.redactions.count)
        )
        note?(document, &event)
        batch.events.append(event)
    }

    private func tooLarge(after plugin: Int) -> PluginFailure {
        PluginFailure(
            plugin: redactors[plugin].manifest.name, code: "output_limit",
            message: "the event has grown to more than \(JSONLimits.bytes) bytes")
    }

    /// Notes what in the event's output is there by an edit.
    private func traceEdits(_ document: EventDocument, of batch: EventBatch, from outputStart: Int) {
        let start = UInt32(outputStart)
        guard document.isChanged else { return document.traceEdits(in: document, from: start, into: &batch.edits) }
        let count = batch.output.count - outputStart
        guard (try? written.load(batch.output.base + outputStart, count: count)) != nil else { return }
        document.traceEdits(in: written, from: start, into: &batch.edits)
    }

    /// Most redactors are Lua's: their code is laid out here, and a call costs no more for there being others.
    @inline(__always)
    private func redact(_ document: EventDocument, by redactor: Redactor) -> Redactor.Outcome {
        redactor.isLua
            ? unsafeDowncast(redactor, to: LuaRedactor.self).redact(document) : redactor.redact(document)
    }

    private static func isBlank(_ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        for index in 0..<length where text[index] > 0x20 { return false }
        return true
    }
}
