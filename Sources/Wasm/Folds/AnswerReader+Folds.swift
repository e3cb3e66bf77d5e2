internal import CBridge
internal import Lua
internal import Plugins

/// What an engine says of a plugin that folds: nothing passes that the plugin could not have said natively.
extension AnswerReader {
    /// The most bytes of a failure's message: those that Lua's are cut off at, and what is shown behind them.
    private static let longestMessage = 4000
    /// The same of a reason: each byte of it that is no UTF-8 becomes three.
    private static let longestReason = 1500
    private static let latest: Int64 = 9_000_000_000_000_000
    private static let failureCodes = ["state_limit", "output_limit"]

    /// The manifest of a plugin, and whether it observes.
    mutating func foldManifest() throws(WasmError) -> (Manifest, observes: Bool) {
        let (kind, name, version) = (try text(), try text(), try text())
        let (reads, events) = (try texts(), try texts())
        let observes = try flag()
        func manifest(_ kind: Manifest.Kind) -> (Manifest, observes: Bool) {
            (Manifest(kind: kind, name: name, version: version, reads: reads, events: events), observes)
        }
        switch kind {
        case "segment": return manifest(.segment(try segmentManifest()))
        case "quality": return manifest(.quality(try qualityManifest()))
        default: throw .badAnswer("a plugin of kind '\(kind)'")
        }
    }

    private mutating func segmentManifest() throws(WasmError) -> SegmentManifest {
        let taxonomy = try text()
        let segment = SegmentManifest(
            taxonomy: taxonomy.isEmpty ? nil : taxonomy, isSensitive: try flag(), isExclusion: try flag(),
            lifetimeDays: Int(try number()))
        guard segment.isExclusion || segment.taxonomy != nil,
            SegmentManifest.lifetimes.contains(segment.lifetimeDays)
        else { throw .badAnswer("a manifest that is none") }
        return segment
    }

    private mutating func qualityManifest() throws(WasmError) -> QualityManifest {
        let title = try text()
        var dimensions: [QualityManifest.Dimension] = []
        for _ in 0..<(try number()) {
            guard let dimension = QualityManifest.Dimension(rawValue: try byte()), !dimensions.contains(dimension)
            else {
                throw .badAnswer("a dimension that is none")
            }
            dimensions.append(dimension)
        }
        let (columns, chart) = (try texts(), Int(try number()))
        guard (1...QualityManifest.mostColumns).contains(columns.count), columns.indices.contains(chart) else {
            throw .badAnswer("a manifest that is none")
        }
        return QualityManifest(title: title, dimensions: dimensions, columns: columns, chart: chart)
    }

    /// What became of a request.
    mutating func foldAnswer(to request: FoldRequest, of manifest: Manifest) throws(WasmError) -> FoldAnswer {
        var answer = FoldAnswer(unchanged: request)
        guard try number() == request.values.count else { throw .badAnswer("other values than it was given") }
        for index in answer.values.indices {
            answer.values[index].isChanged = try flag()
            answer.values[index].bytes = try state()
            answer.values[index].failures = Int(try number())
        }
        guard try number() == request.steps.count else { throw .badAnswer("answers to other steps") }
        for _ in request.steps {
            guard let outcome = FoldAnswer.Outcome(rawValue: try byte()) else {
                throw .badAnswer("an outcome that is none")
            }
            answer.outcomes.append(outcome)
        }
        for _ in 0..<(try number()) {
            let step = Int(try number())
            guard request.isObserving, step < request.steps.count, request.steps[step].event != nil,
                step > answer.samples.last?.step ?? -1
            else { throw .badAnswer("a sample of no event") }
            answer.samples.append(FoldAnswer.Sample(step: step, bytes: try state()))
        }
        let failureCount = try number()
        guard failureCount == 0 || failureCount == 2 else { throw .badAnswer("failures that do not fit together") }
        for _ in 0..<failureCount { answer.note(try failure(of: manifest)) }
        try check(answer, to: request)
        return answer
    }

    private func check(_ answer: FoldAnswer, to request: FoldRequest) throws(WasmError) {
        var failuresInRow = request.failuresInRow
        var (folded, hasFailed) = (request.values.map { _ in 0 }, false)
        for (step, outcome) in zip(request.steps, answer.outcomes) {
            let isCalled = step.event != nil && failuresInRow < FoldTally.mostFailuresInRow
            guard isCalled == (outcome != .untouched) else { throw .badAnswer("a step that was left out") }
            if !isCalled { continue }
            if outcome == .failed { hasFailed = true } else { folded[step.value] += 1 }
            failuresInRow = outcome == .failed ? failuresInRow + 1 : 0
        }
        for (value, count) in zip(answer.values, folded) {
            guard value.failures <= count else { throw .badAnswer("more failures than events") }
            if value.failures > 0 { hasFailed = true }
        }
        guard hasFailed == (answer.firstFailure != nil) else { throw .badAnswer("failures that do not fit together") }
    }

    /// Bytes of a state or a sample.
    private mutating func state() throws(WasmError) -> [UInt8] {
        let bytes = try bytes()
        guard bytes.count <= LuaFold.stateLimit else { throw .badAnswer("a state of \(bytes.count) bytes") }
        return Array(bytes)
    }

    mutating func failure(of manifest: Manifest) throws(WasmError) -> PluginFailure {
        let (code, message) = (try text(), try text())
        guard LuaError.Code.allCases.contains(where: { "\($0.name)" == code }) || Self.failureCodes.contains(code),
            message.utf8.count <= Self.longestMessage
        else { throw .badAnswer("a failure that is none") }
        return PluginFailure(plugin: manifest.name, code: code, message: message)
    }

    mutating func membership() throws(WasmError) -> Membership {
        let (isMember, reason) = (try flag(), try bytes())
        guard reason.count <= Self.longestReason else { throw .badAnswer("a reason of \(reason.count) bytes") }
        let text = String(decoding: reason, as: UTF8.self)
        let count = Int(try number())
        guard count <= Int(VH_MOST_EVENTS) else { throw .badAnswer("more events than may be behind an answer") }
        var events: [Int64] = []
        for _ in 0..<count { events.append(Int64(bitPattern: try longNumber())) }
        let hasUntil = try flag()
        let until = Int64(bitPattern: try longNumber())
        guard (-Self.latest...Self.latest).contains(until) else { throw .badAnswer("a time that is none") }
        return Membership(isMember: isMember, reason: text, events: events, until: hasUntil ? until : nil)
    }

    /// The numbers of a quality plugin's columns.
    mutating func report(of manifest: Manifest) throws(WasmError) -> [Double?] {
        guard case .quality(let quality) = manifest.kind, try number() == quality.columns.count else {
            throw .badAnswer("numbers of other columns")
        }
        var numbers: [Double?] = []
        for _ in quality.columns {
            let number = Double(bitPattern: try longNumber())
            numbers.append(number.isFinite ? number : nil)
        }
        return numbers
    }
}
