internal import CBridge
internal import Events
internal import Plugins

/// The results of a part of some lines, as the engine gave them, and checked: everything else in the host is led through
/// memory by these numbers.
struct EnginePart {
    private let start: Int
    private let lineCount: Int
    private var events: [BatchEvent] = []
    private let output: UnsafeRawBufferPointer
    private let redactions: UnsafeRawBufferPointer
    private var failures: [PluginFailure] = []
    private var rejects: [BatchReject] = []
    private var log: [PluginLog] = []
    private var edits: [EditSpan] = []

    /// Reads the results. The part is good until the engine's next call.
    init(_ reader: inout AnswerReader, plugins: Int) throws(WasmError) {
        start = Int(try reader.number())
        lineCount = Int(try reader.number())
        for _ in 0..<(try reader.number()) { events.append(try reader.event()) }
        output = try reader.bytes()
        redactions = try reader.bytes()
        for _ in 0..<(try reader.number()) {
            failures.append(
                PluginFailure(plugin: try reader.text(), code: try reader.text(), message: try reader.text()))
        }
        for _ in 0..<(try reader.number()) {
            let (line, column) = (Int(try reader.number()), Int(try reader.number()))
            rejects.append(BatchReject(line: line, column: column, message: try reader.text()))
        }
        for _ in 0..<(try reader.number()) {
            let plugin = Int(try reader.number())
            guard plugin < plugins else { throw .badAnswer("it logs for a plugin that is not there") }
            log.append(PluginLog(plugin: plugin, line: 0, text: Array(try reader.bytes())))
        }
        guard try reader.number() == log.count else { throw .badAnswer("logs of other lines") }
        for index in log.indices { log[index].line = Int(try reader.number()) }
        for _ in 0..<(try reader.number()) {
            edits.append(EditSpan(start: try reader.number(), end: try reader.number()))
        }
        try check(plugins: plugins)
        try checkEdits()
    }

    private func check(plugins: Int) throws(WasmError) {
        var (input, outputEnd, redactionEnd, failed, line) = (0, 0, 0, 0, -1)
        for event in events {
            let hasPassed = event.outcome == .passed || event.outcome == .changed
            // An event that did not pass has no output; one that did has one line.
            let isRight =
                hasPassed
                ? Int(event.outputEnd) > outputEnd && Int(event.outputEnd) <= output.count
                    && isLine(outputEnd..<Int(event.outputEnd))
                : Int(event.outputEnd) == outputEnd && Int(event.plugin) < plugins
            guard isRight, event.outcome != .skipped, Int(event.inputStart) >= input,
                event.inputEnd >= event.inputStart,
                Int(event.redactionEnd) >= redactionEnd, Int(event.line) > line,
                event.line < lineCount
            else { throw .badAnswer("an event that is out of order") }
            (line, input, outputEnd) = (Int(event.line), Int(event.inputEnd), Int(event.outputEnd))
            redactionEnd = Int(event.redactionEnd)
            if event.outcome == .failed { failed += 1 }
        }
        guard input <= start, outputEnd == output.count, redactionEnd == redactions.count, failed == failures.count
        else { throw .badAnswer("results that do not fit together") }
    }

    private func isLine(_ range: Range<Int>) -> Bool {
        guard let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        let feed = vh_find_byte(start + range.lowerBound, UInt8(ascii: "\n"), range.count)
        return feed == start + range.upperBound - 1 && output[range].contains { $0 > 0x20 }
    }

    private func checkEdits() throws(WasmError) {
        var place: UInt32 = 0
        for span in edits {
            guard span.start >= place, span.end >= span.start, Int(span.end) <= output.count else {
                throw .badAnswer("edits that are out of order")
            }
            place = span.start
        }
        guard log.allSatisfy({ $0.line < lineCount }) else { throw .badAnswer("a log of no line") }
    }

    /// Checks that each line, from the batch's place on, has its own event, or is blank or none that `document` can read: none
    /// may get lost, and what goes to quarantine is what came in. The engine's lines begin at `base` in the batch's.
    func checkLines(of batch: EventBatch, base: Int, with document: EventDocument) throws(WasmError) {
        let end = base + start
        guard end >= batch.start, end <= batch.bytes.count + 1 else { throw .badAnswer("more lines than it was given") }
        var (place, nextEvent, nextReject) = (batch.start, 0, 0)
        for line in 0..<lineCount {
            guard place < min(end, batch.bytes.count) else { throw .badAnswer("more lines than it was given") }
            let lineEnd = batch.bytes.lineEnd(from: place)
            let text = UnsafeBufferPointer(start: batch.bytes.base + place, count: lineEnd - place)
            if nextEvent < events.count, Int(events[nextEvent].line) == line,
                base + Int(events[nextEvent].inputStart) == place, base + Int(events[nextEvent].inputEnd) == lineEnd
            {
                nextEvent += 1
            } else if nextReject < rejects.count, rejects[nextReject].line == line,
                (try? document.load(batch.bytes.base + place, count: text.count)) == nil
            {
                nextReject += 1
            } else if text.contains(where: { $0 > 0x20 }) {
                throw .badAnswer("a line without an answer")
            }
            place = lineEnd + 1
        }
        guard place == end, nextEvent == events.count, nextReject == rejects.count else {
            throw .badAnswer("answers without a line")
        }
    }

    /// Checks that what passed can be read.
    func checkOutput(with document: EventDocument) throws(WasmError) {
        guard let text = output.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var place = 0
        for event in events where Int(event.outputEnd) > place {
            guard (try? document.load(text + place, count: Int(event.outputEnd) - place - 1)) != nil else {
                throw .badAnswer("an event that is none")
            }
            place = Int(event.outputEnd)
        }
    }

    /// Adds the part to the results of a batch, for whose lines it was checked.
    func add(to batch: EventBatch, base: Int) {
        let (line, outputStart, redactionStart) = (batch.lineCount, batch.output.count, batch.redactions.count)
        for var event in events {
            event.line += UInt32(line)
            event.inputStart += UInt32(base)
            event.inputEnd += UInt32(base)
            event.outputEnd += UInt32(outputStart)
            event.redactionEnd += UInt32(redactionStart)
            batch.events.append(event)
        }
        batch.output.append(output)
        batch.redactions.append(redactions)
        batch.failures += failures
        batch.rejects += rejects.map { BatchReject(line: $0.line + line, column: $0.column, message: $0.message) }
        for entry in log {
            batch.log.append(PluginLog(plugin: entry.plugin, line: entry.line + line, text: entry.text))
        }
        let moved = UInt32(outputStart)
        for span in edits { batch.edits.append(EditSpan(start: span.start + moved, end: span.end + moved)) }
        batch.lineCount += lineCount
        batch.start = base + start
    }
}
