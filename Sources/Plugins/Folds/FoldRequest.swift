/// Events to fold into values of a plugin, one step after the other. The values go in and come out as bytes.
public struct FoldRequest {
    public struct Event {
        /// Stays in place until the answer is there.
        public let text: UnsafeRawBufferPointer
        /// Seconds since 1970.
        public let time: Int64
        public let reference: Int64
        /// What `observe` made of the event, which is folded in its place.
        public let sample: [UInt8]?

        package init(text: UnsafeRawBufferPointer, time: Int64, reference: Int64, sample: [UInt8]?) {
            self.text = text
            self.time = time
            self.reference = reference
            self.sample = sample
        }
    }

    /// Folds an event into a value; where there is none, the value begins anew.
    public struct Step {
        public let value: Int
        public let event: Int?

        package init(value: Int, event: Int?) {
            self.value = value
            self.event = event
        }
    }

    /// Whether the values are the memories of viewers, and the events are shown to `observe`.
    public var isObserving: Bool
    /// How often the plugin has failed in a row before.
    public var failuresInRow: Int
    /// No bytes stand for a value that begins.
    public var values: [[UInt8]] = []
    public var events: [Event] = []
    public var steps: [Step] = []

    package init(isObserving: Bool, failuresInRow: Int) {
        self.isObserving = isObserving
        self.failuresInRow = failuresInRow
    }
}

/// What became of a ``FoldRequest``.
public struct FoldAnswer: Equatable, Sendable {
    public enum Outcome: UInt8, Sendable {
        /// The plugin was not called: the value began anew, or the plugin had failed too often.
        case untouched
        case folded
        case failed
    }

    public struct Value: Equatable, Sendable {
        /// Whether anything was folded into it, or it began anew.
        public var isChanged = false
        public var bytes: [UInt8]
        /// Events that were folded, and then found to have made it something that cannot be written down.
        public var failures = 0

        package init(bytes: [UInt8]) {
            self.bytes = bytes
        }
    }

    /// What `observe` gave.
    public struct Sample: Equatable, Sendable {
        public let step: Int
        public let bytes: [UInt8]

        package init(step: Int, bytes: [UInt8]) {
            self.step = step
            self.bytes = bytes
        }
    }

    public package(set) var values: [Value]
    /// By step.
    public package(set) var outcomes: [Outcome] = []
    /// In the order of the steps.
    public package(set) var samples: [Sample] = []
    public package(set) var firstFailure: PluginFailure?
    public package(set) var lastFailure: PluginFailure?

    /// The values as they come in, before the first step.
    package init(unchanged request: FoldRequest) {
        values = request.values.map { Value(bytes: $0) }
    }

    package mutating func note(_ failure: PluginFailure) {
        if firstFailure == nil { firstFailure = failure }
        lastFailure = failure
    }
}

extension FoldTally {
    /// Counts what became of the steps.
    mutating func add(_ answer: FoldAnswer) {
        for outcome in answer.outcomes where outcome != .untouched {
            calls += 1
            if outcome == .failed { fail(answer) } else { failuresInRow = 0 }
        }
        for value in answer.values {
            for _ in 0..<value.failures { fail(answer) }
        }
    }

    private mutating func fail(_ answer: FoldAnswer) {
        guard let first = answer.firstFailure, let last = answer.lastFailure else { return }
        fail(failure == nil ? first : last)
    }
}
