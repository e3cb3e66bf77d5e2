internal import Events
internal import Plugins
internal import Store

/// Takes the chunks in order: writes what passed, puts away what failed, counts.
final class RunWriter {
    /// Bytes of all inputs, where that is known.
    var totalBytes: Int?

    /// Rejected lines that are shown one by one.
    private static let shownRejects = 10
    /// Lines of the plugins' logs that are shown.
    private static let shownLogs = RedactorChain.keptLogs

    private let names: [String]
    private let paths: [String?]
    private let manifests: [Manifest]
    private let observer: RunObserver
    private let output: OutputFile?
    private let quarantine: QuarantineFile
    private let store: StoreOutput?
    private let erased: ErasedViewers?
    private var refused = 0
    private var breaker: CircuitBreaker
    private var report: RunReport
    private var redactions = [Int](repeating: 0, count: 256)
    private var logLines = 0
    /// The input that the last chunk came from, and how many of its lines and events are done.
    private var input = 0
    private var line = 0
    private var inputEvents = 0

    init(
        _ options: RunOptions, _ readers: [any EventReader], _ manifests: [Manifest], _ store: EventStore?,
        _ observer: RunObserver
    ) throws(HostError) {
        self.store = store.map { StoreOutput($0) }
        erased = store?.erasedViewers
        self.manifests = manifests
        names = readers.map { $0.name }
        paths = readers.map { $0.path }
        self.observer = observer
        output = if let path = options.output { try OutputFile(path: path) } else { nil }
        quarantine = QuarantineFile(path: options.quarantine)
        breaker = CircuitBreaker(plugins: manifests.count, threshold: options.failuresInRow)
        report = RunReport(plugins: manifests.map { RunReport.Plugin(name: $0.name, version: $0.version) })
    }

    /// Whether a plugin was taken out.
    var isCircuitOpen: Bool {
        breaker.open != nil
    }

    func write(_ chunk: Chunk) throws(HostError) {
        if chunk.input != input {
            if let path = paths[input] { store?.endSource(path) }
            input = chunk.input
            line = 0
            inputEvents = 0
        }
        reportRejects(of: chunk)
        let passed = sort(chunk)
        inputEvents += chunk.events.count
        if let path = paths[input] {
            store?.progress = SourceProgress.checkpoint(of: path, events: inputEvents, manifests)
        }
        // What failed is safe before anything else of the chunk goes on.
        try quarantine.flush()
        try store?.commitIfDue()
        for range in passed { try output?.write(chunk.output.base + range.lowerBound, count: range.count) }
        line += chunk.lineCount
        if chunk.isDone, chunk.overlongLineFollows {
            line += 1
            reject("\(names[input]):\(line):1: a line of more than \(JSONLimits.bytes) bytes is no event")
        }
        report.bytes += chunk.inputBytes
        observer.progress(report.bytes, totalBytes, report.events)
    }

    /// Puts the output in its place and gives the run's counts.
    func finish() throws(HostError) -> RunReport {
        for path in paths { if let path { store?.endSource(path) } }
        try store?.finish()
        report.stored = store.map { ($0.inserted, $0.duplicates, $0.refused + refused) }
        try output?.finish()
        if report.rejected > Self.shownRejects {
            observer.message("\(report.rejected - Self.shownRejects) more lines or rows are no events")
        }
        report.redactions = DataCategory.allCases.map { ($0, redactions[Int($0.rawValue)]) }.filter { $0.1 > 0 }
        report.redactions.sort { $0.count > $1.count }
        return report
    }

    /// Stores what was done of a run that ends early; its output is not put in place. Where that fails too, the run
    /// has a reason for its end already.
    func abandon() {
        try? store?.finish()
    }

    /// Counts each event and quarantines those that failed; the parts of the output that may go on.
    private func sort(_ chunk: Chunk) -> [Range<Int>] {
        var passed: [Range<Int>] = []
        var (outputStart, outputEnd) = (0, 0)
        var redactionEnd = 0
        var failures = chunk.failures[...]
        showLog(of: chunk)
        for event in chunk.events {
            report.events += 1
            if isCircuitOpen {
                putAway(
                    event, of: chunk, "circuit_open", "the plugin was taken out after it had failed again and again")
                continue
            }
            switch event.outcome {
            case _ where erased?.contains(event.viewer) ?? false:
                refused += 1
                if event.outcome == .failed { _ = failures.popFirst() }
                passed.append(outputStart..<outputEnd)
                outputStart = Int(event.outputEnd)
            case .passed, .changed:
                report.passed += 1
                // Without the line feed.
                store?.add(
                    event,
                    UnsafeRawBufferPointer(
                        start: chunk.output.base + outputEnd, count: Int(event.outputEnd) - outputEnd - 1))
                if event.outcome == .changed { report.changed += 1 }
                for index in redactionEnd..<Int(event.redactionEnd) {
                    redactions[Int(chunk.redactions.base[index])] += 1
                }
            case .dropped:
                report.dropped += 1
                store?.drop(event)
                report.plugins[Int(event.plugin)].dropped += 1
            case .failed:
                report.plugins[Int(event.plugin)].failed += 1
                if let failure = failures.popFirst() { putAway(event, of: chunk, failure.code, failure.message) }
            case .skipped:
                break
            }
            outputEnd = Int(event.outputEnd)
            redactionEnd = Int(event.redactionEnd)
            if breaker.note(event) { takeOut(Int(event.plugin)) }
        }
        passed.append(outputStart..<outputEnd)
        return passed
    }

    private func putAway(_ event: BatchEvent, of chunk: Chunk, _ code: String, _ message: String) {
        let plugin = breaker.open ?? Int(event.plugin)
        let text = UnsafeRawBufferPointer(
            start: chunk.bytes.base + Int(event.inputStart), count: Int(event.inputEnd - event.inputStart))
        let origin = "\(names[input]):\(line + Int(event.line) + 1)"
        report.quarantined += 1
        let name = report.plugins[plugin].name
        if let store {
            store.quarantine(
                QuarantinedEvent(
                    number: event.key.number, body: Array(text), plugin: name, code: code, message: message,
                    origin: origin))
        } else {
            quarantine.add(event: text, plugin: name, code: code, message: message, origin: origin)
        }
    }

    private func takeOut(_ plugin: Int) {
        let name = report.plugins[plugin].name
        report.takenOut = name
        observer.message("'\(name)' failed too often in a row and is taken out; all further events go to quarantine")
    }

    private func reportRejects(of chunk: Chunk) {
        for problem in chunk.problems { reject(problem) }
        for entry in chunk.rejects {
            reject("\(names[input]):\(line + entry.line + 1):\(entry.column): \(entry.message)")
        }
    }

    private func reject(_ message: @autoclosure () -> String) {
        report.rejected += 1
        if report.rejected <= Self.shownRejects { observer.message(message()) }
    }

    private func showLog(of chunk: Chunk) {
        for entry in chunk.log {
            for text in String(decoding: entry.text, as: UTF8.self).split(separator: "\n") {
                if logLines >= Self.shownLogs { break }
                observer.message("\(report.plugins[entry.plugin].name): \(text)")
                logLines += 1
                if logLines == Self.shownLogs { observer.message("further log lines are not shown") }
            }
        }
    }
}
