internal import Plugins

/// A request that is done part by part, and the answer up to now.
struct FoldProgress {
    private(set) var answer: FoldAnswer

    private let request: FoldRequest
    private var next = 0
    private var failuresInRow: Int

    init(_ request: FoldRequest) {
        self.request = request
        answer = FoldAnswer(unchanged: request)
        failuresInRow = request.failuresInRow
    }

    var isDone: Bool {
        next == request.steps.count
    }

    /// The next steps as a request of their own, at least one, and further ones up to about so many bytes; and which of the
    /// values its values are.
    func nextPart(bytes limit: Int) -> (part: FoldRequest, values: [Int]) {
        var part = FoldRequest(isObserving: request.isObserving, failuresInRow: failuresInRow)
        var values: [Int] = []
        var valuePlaces: [Int: Int] = [:]
        var eventPlaces: [Int: Int] = [:]
        var size = 0
        for step in request.steps[next...] {
            let value = valuePlaces[step.value] ?? part.values.count
            if value == part.values.count {
                valuePlaces[step.value] = value
                values.append(step.value)
                part.values.append(answer.values[step.value].bytes)
                // It may come back as large as it can be.
                size += LuaFold.stateLimit
            }
            var event: Int?
            if let number = step.event {
                let place = eventPlaces[number] ?? part.events.count
                if place == part.events.count {
                    eventPlaces[number] = place
                    part.events.append(request.events[number])
                    size += request.events[number].text.count + (request.events[number].sample?.count ?? 0)
                }
                event = place
                if request.isObserving { size += 64 }
            }
            part.steps.append(FoldRequest.Step(value: value, event: event))
            if size >= limit { break }
        }
        return (part, values)
    }

    /// Takes what became of the next steps.
    mutating func add(_ part: FoldAnswer, _ values: [Int]) {
        for sample in part.samples {
            answer.samples.append(FoldAnswer.Sample(step: next + sample.step, bytes: sample.bytes))
        }
        for outcome in part.outcomes {
            if outcome != .untouched { failuresInRow = outcome == .failed ? failuresInRow + 1 : 0 }
        }
        answer.outcomes += part.outcomes
        next += part.outcomes.count
        for (value, result) in zip(values, part.values) {
            answer.values[value].bytes = result.bytes
            if result.isChanged { answer.values[value].isChanged = true }
            answer.values[value].failures += result.failures
        }
        for failure in [part.firstFailure, part.lastFailure] { if let failure { answer.note(failure) } }
    }

    /// The next step stopped the engine.
    mutating func fail(_ failure: PluginFailure) {
        failuresInRow += 1
        answer.outcomes.append(.failed)
        answer.note(failure)
        next += 1
    }
}
