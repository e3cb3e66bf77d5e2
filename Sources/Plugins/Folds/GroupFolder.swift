internal import Events

/// Folds the events that the gate has admitted for a quality plugin into a state for each value of its dimensions, and one for
/// all of them.
///
/// ```swift
/// folder.add(text, received: seconds, admitted)
/// folder.finish { group in store(group) }
/// ```
///
/// Used from one thread at a time.
public final class GroupFolder {
    /// A dimension's value.
    public struct Key: Hashable, Sendable {
        /// Nil for all events.
        public let dimension: QualityManifest.Dimension?
        public let value: [UInt8]

        public init(_ dimension: QualityManifest.Dimension?, _ value: [UInt8]) {
            self.dimension = dimension
            self.value = value
        }

        /// The number under which a store keeps the dimension; 0 for all events.
        public var number: Int {
            dimension?.number ?? 0
        }
    }

    /// What is kept for a value.
    public struct Group: Sendable {
        public let events: Int
        public let state: [UInt8]

        public init(events: Int, state: [UInt8]) {
            self.events = events
            self.state = state
        }
    }

    /// Groups that the plugin's Lua state holds at once.
    private static let mostHeld = 2000

    public private(set) var tally = FoldTally()

    private let fold: Fold
    /// The same where it is in this process; else it gets all events of a flush at once.
    private let lua: LuaFold?
    private let dimensions: [QualityManifest.Dimension]
    private let stored: (Key) -> Group?
    private var held: [Key: HeldGroup] = [:]
    private var done: [Key: Group] = [:]
    private var events: [FoldRequest.Event] = []
    private var steps: [FoldRequest.Step] = []
    private let document = EventDocument()
    private let replayed = EventDocument()
    private var values = DimensionValues()

    private struct HeldGroup {
        let value: HeldValue?
        let number: Int
        var events: Int
        /// Where the value is not held here.
        let stored: [UInt8]
    }

    /// `stored` gives what is kept for a value up to now.
    public init(_ fold: Fold, stored: @escaping (Key) -> Group?) {
        self.fold = fold
        self.stored = stored
        lua = fold.lua
        dimensions = if case .quality(let quality) = fold.manifest.kind { quality.dimensions } else { [] }
    }

    /// Adds an event, whose text stays in place until ``finish(_:)``.
    public func add(_ text: UnsafeRawBufferPointer, received: Int64?, _ admitted: AdmittedEvent) {
        guard tally.takenOut == nil, document.load(text),
            let time = document.seconds(received: received)
        else { return }
        events.append(
            FoldRequest.Event(text: text, time: time, reference: admitted.reference, sample: admitted.sample))
        fold(into: Key(nil, []))
        for dimension in dimensions {
            if let value = values.value(of: document, dimension) { fold(into: Key(dimension, value)) }
        }
        if held.count >= Self.mostHeld { flush() }
    }

    /// Calls `body` with each value that events were folded into, in no order, and what is to be kept for it.
    public func finish(_ body: (Key, Group) -> Void) {
        flush()
        for (key, group) in done { body(key, group) }
        done.removeAll()
    }

    private func fold(into key: Key) {
        if tally.takenOut != nil { return }
        let group = held[key] ?? hold(key)
        let place = events.count - 1
        guard let lua, let value = group.value else {
            return steps.append(FoldRequest.Step(value: group.number - 1, event: place))
        }
        tally.calls += 1
        do throws(PluginFailure) {
            try value.apply(place) { (number) throws(PluginFailure) in
                try call(lua, number == place ? document : nil, number, into: group.number)
            }
            held[key]?.events += 1
            tally.failuresInRow = 0
        } catch {
            tally.fail(error)
        }
    }

    private func hold(_ key: Key) -> HeldGroup {
        let number = held.count + 1
        let known = done[key] ?? stored(key)
        let state = known?.state ?? []
        let value = lua.map { HeldValue($0, number: number, isMemory: false) }
        if let value { state.withUnsafeBytes { value.begin($0) } }
        let group = HeldGroup(
            value: value, number: number, events: known?.events ?? 0, stored: value == nil ? state : [])
        held[key] = group
        return group
    }

    /// Folds an event into the held value with a number; nil stands for one before, which is read again.
    private func call(
        _ fold: LuaFold, _ event: EventDocument?, _ place: Int, into number: Int
    ) throws(PluginFailure) {
        let known = events[place]
        if event == nil, !replayed.load(known.text) { return }
        if let sample = known.sample {
            try sample.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.setSample(bytes) }
        }
        try fold.fold(
            event ?? replayed, into: number, at: known.time, reference: known.reference,
            usesSample: known.sample != nil)
    }

    /// Writes the held groups down and lets the Lua state forget them.
    private func flush() {
        if let lua { writeDown(lua) } else { handOver() }
        held.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
    }

    private func writeDown(_ fold: LuaFold) {
        for (key, group) in held {
            guard let value = group.value else { continue }
            let failures = value.finish { (place) throws(PluginFailure) in
                try call(fold, nil, place, into: group.number)
            }
            for failure in failures { tally.fail(failure) }
            keep(Array(value.bytes.rawBytes), for: key, events: group.events - failures.count)
        }
        try? fold.release()
    }

    /// Lets the plugin fold where it is.
    private func handOver() {
        if steps.isEmpty { return }
        var request = FoldRequest(isObserving: false, failuresInRow: tally.failuresInRow)
        request.values = [[UInt8]](repeating: [], count: held.count)
        for group in held.values { request.values[group.number - 1] = group.stored }
        request.events = events
        request.steps = steps
        steps.removeAll(keepingCapacity: true)
        let answer = fold.fold(request)
        tally.add(answer)
        var folded = answer.values.map { -$0.failures }
        for (step, outcome) in zip(request.steps, answer.outcomes) where outcome == .folded { folded[step.value] += 1 }
        for (key, group) in held {
            let place = group.number - 1
            keep(answer.values[place].bytes, for: key, events: group.events + folded[place])
        }
    }

    private func keep(_ state: [UInt8], for key: Key, events: Int) {
        if !state.isEmpty { done[key] = Group(events: events, state: state) }
    }
}
