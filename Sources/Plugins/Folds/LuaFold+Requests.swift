internal import Events

extension LuaFold {
    /// Folds events into values that this state holds meanwhile; each call of the plugin is counted in `progress` as it begins.
    public func fold(_ request: FoldRequest, counting progress: UnsafeMutablePointer<UInt32>?) -> FoldAnswer {
        let run = RequestRun(self, request, progress)
        for step in request.steps { run.do(step) }
        return run.finish()
    }
}

/// A request on its way.
private final class RequestRun {
    private let fold: LuaFold
    private let request: FoldRequest
    private let progress: UnsafeMutablePointer<UInt32>?
    private let values: [HeldValue]
    private let document = EventDocument()
    private var answer: FoldAnswer
    private var failuresInRow: Int

    init(_ fold: LuaFold, _ request: FoldRequest, _ progress: UnsafeMutablePointer<UInt32>?) {
        self.fold = fold
        self.request = request
        self.progress = progress
        failuresInRow = request.failuresInRow
        answer = FoldAnswer(unchanged: request)
        values = request.values.indices.map { HeldValue(fold, number: $0 + 1, isMemory: request.isObserving) }
        for (value, bytes) in zip(values, request.values) { bytes.withUnsafeBytes { value.begin($0) } }
    }

    func `do`(_ step: FoldRequest.Step) {
        guard let event = step.event else {
            values[step.value].clear()
            return answer.outcomes.append(.untouched)
        }
        if failuresInRow >= FoldTally.mostFailuresInRow { return answer.outcomes.append(.untouched) }
        do throws(PluginFailure) {
            try values[step.value].apply(event) { (number) throws(PluginFailure) in
                try call(number, into: step.value, isNew: number == event)
            }
            failuresInRow = 0
            answer.outcomes.append(.folded)
        } catch {
            failuresInRow += 1
            answer.note(error)
            answer.outcomes.append(.failed)
        }
    }

    /// Writes the values down and lets the state forget them.
    func finish() -> FoldAnswer {
        for (index, value) in values.enumerated() {
            let failures = value.finish { (number) throws(PluginFailure) in try call(number, into: index, isNew: false)
            }
            for failure in failures { answer.note(failure) }
            answer.values[index].failures = failures.count
            answer.values[index].isChanged = value.isChanged
            answer.values[index].bytes = Array(value.bytes.rawBytes)
        }
        try? fold.release()
        return answer
    }

    private func call(_ number: Int, into value: Int, isNew: Bool) throws(PluginFailure) {
        let event = request.events[number]
        guard document.load(event.text) else { return }
        progress?.pointee &+= 1
        guard request.isObserving else {
            if let sample = event.sample {
                try sample.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.setSample(bytes) }
            }
            return try fold.fold(
                document, into: value + 1, at: event.time, reference: event.reference, usesSample: event.sample != nil)
        }
        // What it gave before, it gave.
        guard try fold.observe(document, with: value + 1, at: event.time, reference: event.reference), isNew else {
            return
        }
        let sample = try fold.withSampleBytes { Array($0) }
        answer.samples.append(FoldAnswer.Sample(step: answer.outcomes.count, bytes: sample))
    }
}
