internal import Events

/// A viewer's value for a plugin that runs elsewhere: what is to be done with it is collected, and done in the end.
struct HandedOverValue {
    private(set) var state: [UInt8] = []
    /// Whether ``finish(with:_:)`` changed it, since ``begin(_:)``.
    private(set) var isChanged = false

    private let isMemory: Bool
    private var events: [FoldRequest.Event] = []
    private var steps: [FoldRequest.Step] = []

    init(isMemory: Bool) {
        self.isMemory = isMemory
    }

    mutating func begin(_ stored: UnsafeRawBufferPointer) {
        state = Array(stored)
        isChanged = false
        events.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
    }

    mutating func clear() {
        steps.append(FoldRequest.Step(value: 0, event: nil))
    }

    mutating func add(_ event: ViewerEvent) {
        steps.append(FoldRequest.Step(value: 0, event: events.count))
        events.append(
            FoldRequest.Event(text: event.text, time: event.time, reference: event.reference, sample: nil))
    }

    /// Lets the plugin do it all.
    mutating func finish(with fold: Fold, _ tally: inout FoldTally) {
        if steps.isEmpty { return }
        guard !events.isEmpty else {
            isChanged = !state.isEmpty
            state = []
            return
        }
        var request = FoldRequest(isObserving: isMemory, failuresInRow: tally.failuresInRow)
        request.values = [state]
        request.events = events
        request.steps = steps
        let answer = fold.fold(request)
        tally.add(answer)
        for sample in answer.samples {
            guard let event = steps[sample.step].event else { continue }
            tally.admitted.append(AdmittedEvent(reference: events[event].reference, sample: sample.bytes))
        }
        state = answer.values[0].bytes
        isChanged = answer.values[0].isChanged
    }
}
