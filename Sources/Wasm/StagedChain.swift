public import Events
public import Plugins

/// Chains one after the other, with the results of a single one: native redactors, and isolated ones in instances of their
/// own.
///
/// The lines that come out of a stage go into the next, so that no stage sees what those before took out. Each works on
/// parts of about ``EventBatch/outputSize``, which bounds the memory. Used from one thread at a time.
public final class StagedChain: EventChain {
    /// An event or a rejected line on its way.
    private struct Line {
        /// Its line counts from the first that was fed, its places are in the batch's bytes.
        var event: BatchEvent
        var reject: BatchReject?
        var isDone = false
        /// Where its text ends in the last stage's output.
        var outputEnd = 0
        var redactions: [UInt8] = []
        var failure: PluginFailure?
        var log: [PluginLog] = []
    }

    private let stages: [ChainStage]
    private let names: [String]
    private let withoutPlugins = RedactorChain([])
    private let document = EventDocument()

    /// Where the lines of the batch begin that are on their way; nil between two batches.
    private var base: Int?
    /// Lines of the batch that are in the results of parts before.
    private var linesGiven = 0
    private var lines: [Line] = []
    /// Of ``lines``, those that are in results.
    private var given = 0
    /// Of all lines that there were, those that ``lines`` has not got any more.
    private var forgotten = 0
    private var outputGiven = 0

    /// `chains` with the names of their plugins, at least one, in the order in which they see an event.
    public init(_ chains: [(chain: any EventChain, plugins: [String])]) {
        var stages: [ChainStage] = []
        var names: [String] = []
        for (chain, plugins) in chains {
            stages.append(ChainStage(chain, firstPlugin: names.count))
            names += plugins
        }
        self.stages = stages
        self.names = names
    }

    public var usage: [PluginUsage] {
        stages.flatMap { $0.chain.usage }
    }

    public func process(
        _ batch: EventBatch, skipping: Bool, noting note: ((EventDocument, inout BatchEvent) -> Void)?
    ) {
        if skipping {
            // So that none of them waits for the rest of its lines.
            for stage in stages where base != nil { stage.chain.process(stage.batch, skipping: true, noting: nil) }
            forget()
            return withoutPlugins.process(batch, skipping: true, noting: note)
        }
        if base == nil {
            base = batch.start
            stages[0].begin(batch.bytes, from: batch.start)
        }
        while batch.output.count < EventBatch.outputSize {
            if given < lines.count, lines[given].isDone {
                give(lines[given], to: batch, note)
                given += 1
            } else if !advance() {
                batch.start = (base ?? 0) + stages[0].batch.start
                batch.lineCount = stages[0].linesDone - linesGiven
                return forget()
            }
        }
        if batch.isDone { return forget() }
        linesGiven += batch.lineCount
        lines.removeFirst(given)
        forgotten += given
        given = 0
    }

    private func forget() {
        for stage in stages { stage.end() }
        base = nil
        lines.removeAll(keepingCapacity: true)
        (linesGiven, given, forgotten, outputGiven) = (0, 0, 0, 0)
    }

    /// Adds a line that is done to a batch's results.
    private func give(
        _ line: Line, to batch: EventBatch, _ note: ((EventDocument, inout BatchEvent) -> Void)?
    ) {
        let number = Int(line.event.line) - linesGiven
        batch.lineCount = number + 1
        if let reject = line.reject {
            batch.rejects.append(BatchReject(line: number, column: reject.column, message: reject.message))
            return
        }
        var event = line.event
        event.line = UInt32(number)
        batch.start = Int(event.inputEnd) + 1
        for entry in line.log where batch.log.count < RedactorChain.keptLogs {
            batch.log.append(PluginLog(plugin: entry.plugin, line: number, text: entry.text))
        }
        var (text, count) = (batch.bytes.base + Int(event.inputStart), Int(event.inputEnd - event.inputStart))
        if event.outcome == .passed || event.outcome == .changed {
            let start = batch.output.count
            let output = stages[stages.count - 1].batch.output.base
            batch.output.append(output + outputGiven, count: line.outputEnd - outputGiven)
            outputGiven = line.outputEnd
            line.redactions.withUnsafeBytes { batch.redactions.append($0) }
            (text, count) = (batch.output.base + start, batch.output.count - start - 1)
        }
        if let failure = line.failure { batch.failures.append(failure) }
        event.outputEnd = UInt32(batch.output.count)
        event.redactionEnd = UInt32(batch.redactions.count)
        if let note, (try? document.load(text, count: count)) != nil { note(document, &event) }
        batch.events.append(event)
    }

    /// Lets the last stage that has lines lead a part of them on; false where no stage has any.
    private func advance() -> Bool {
        guard let index = stages.lastIndex(where: { !$0.batch.isDone }) else { return false }
        let stage = stages[index]
        stage.batch.removeLineResults()
        stage.chain.process(stage.batch, skipping: false, noting: nil)
        if index == 0 { addLines(of: stage) }
        if index + 1 < stages.count {
            stages[index + 1].begin(stage.batch.output, from: 0, after: stage.batch.edits)
        } else {
            outputGiven = 0
        }
        take(stage, next: index + 1 < stages.count ? stages[index + 1] : nil)
        stage.linesDone += stage.batch.lineCount
        return true
    }

    /// Begins the ways of the lines that the first stage found, rejected ones among them.
    private func addLines(of stage: ChainStage) {
        var rejects = stage.batch.rejects[...]
        func addRejects(before line: Int) {
            while let reject = rejects.first, reject.line < line {
                var event = BatchEvent(
                    outcome: .failed, plugin: 0, line: 0, inputStart: 0, inputEnd: 0, outputEnd: 0, redactionEnd: 0)
                event.line = UInt32(stage.linesDone + reject.line)
                lines.append(Line(event: event, reject: rejects.removeFirst(), isDone: true))
            }
        }
        stage.places = Array(repeating: nil, count: stage.linesDone + stage.batch.lineCount)
        for var event in stage.batch.events {
            addRejects(before: Int(event.line))
            stage.places[stage.linesDone + Int(event.line)] = forgotten + lines.count
            event.line += UInt32(stage.linesDone)
            event.inputStart += UInt32(base ?? 0)
            event.inputEnd += UInt32(base ?? 0)
            event.plugin = UInt8(names.count)
            event.outcome = .passed
            lines.append(Line(event: event))
        }
        addRejects(before: .max)
    }

    /// Takes down what became of a stage's lines, and which of them are the lines of the next.
    private func take(_ stage: ChainStage, next: ChainStage?) {
        var redactionStart = 0
        var failures = stage.batch.failures[...]
        for entry in stage.batch.log {
            guard let place = stage.places[stage.linesDone + entry.line] else { continue }
            lines[place - forgotten].log.append(
                PluginLog(plugin: stage.firstPlugin + entry.plugin, line: 0, text: entry.text))
        }
        for event in stage.batch.events {
            let redactions = redactionStart..<Int(event.redactionEnd)
            redactionStart = Int(event.redactionEnd)
            guard let place = stage.places[stage.linesDone + Int(event.line)] else { continue }
            stage.places[stage.linesDone + Int(event.line)] = nil
            let index = place - forgotten
            switch event.outcome {
            case .passed, .changed:
                if event.outcome == .changed { lines[index].event.outcome = .changed }
                for redaction in redactions { lines[index].redactions.append(stage.batch.redactions.base[redaction]) }
                next?.places.append(place)
                lines[index].outputEnd = Int(event.outputEnd)
                lines[index].isDone = next == nil
            case .dropped, .failed, .skipped:
                lines[index].event.outcome = event.outcome
                lines[index].event.plugin = UInt8(stage.firstPlugin + Int(event.plugin))
                lines[index].failure = event.outcome == .failed ? failures.popFirst() : nil
                lines[index].isDone = true
            }
        }
        failUnanswered(in: stage)
    }

    /// Lines that the stage before gave out and that this one does not know for events: there, a plugin broke out.
    private func failUnanswered(in stage: ChainStage) {
        for line in stage.linesDone..<(stage.linesDone + stage.batch.lineCount) {
            guard let place = stage.places[line] else { continue }
            let plugin = max(0, stage.firstPlugin - 1)
            lines[place - forgotten].event.outcome = .failed
            lines[place - forgotten].event.plugin = UInt8(plugin)
            lines[place - forgotten].failure = PluginFailure(
                plugin: names[plugin], code: "wrong_result", message: "what the plugin passed on is no event")
            lines[place - forgotten].isDone = true
        }
    }
}

/// One of the chains, and the lines that are before it.
private final class ChainStage {
    let chain: any EventChain
    /// Its first plugin's number among all.
    let firstPlugin: Int
    let batch = EventBatch()
    /// By the batch's lines: whose they are, among all lines on their way; nil for those that are answered.
    var places: [Int?] = []
    /// Lines of the batch before its part.
    var linesDone = 0

    init(_ chain: any EventChain, firstPlugin: Int) {
        self.chain = chain
        self.firstPlugin = firstPlugin
        batch.tracesEdits = true
    }

    func begin(_ bytes: borrowing ByteBuffer, from start: Int, after edits: [EditSpan] = []) {
        end()
        batch.bytes.append(bytes.base + start, count: bytes.count - start)
        batch.earlierEdits = edits
    }

    func end() {
        batch.removeLines()
        places.removeAll(keepingCapacity: true)
        linesDone = 0
    }
}
