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

    private let fold: LuaFold
    private let dimensions: [QualityManifest.Dimension]
    private let stored: (Key) -> Group?
    private var held: [Key: HeldGroup] = [:]
    private var done: [Key: Group] = [:]
    private var events: [(text: UnsafeRawBufferPointer, time: Int64, admitted: AdmittedEvent)] = []
    private let document = EventDocument()
    private let replayed = EventDocument()
    private var values = DimensionValues()

    private struct HeldGroup {
        let value: HeldValue
        let number: Int
        var events: Int
    }

    /// `stored` gives what is kept for a value up to now.
    public init(_ fold: LuaFold, stored: @escaping (Key) -> Group?) {
        self.fold = fold
        self.stored = stored
        dimensions = if case .quality(let quality) = fold.manifest.kind { quality.dimensions } else { [] }
    }

    /// Adds an event, whose text stays in place until ``finish(_:)``.
    public func add(_ text: UnsafeRawBufferPointer, received: Int64?, _ admitted: AdmittedEvent) {
        guard tally.takenOut == nil, document.load(text),
            let time = document.seconds(received: received)
        else { return }
        events.append((text, time, admitted))
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
        let group = held[key] ?? hold(key)
        let place = events.count - 1
        tally.calls += 1
        do throws(PluginFailure) {
            try group.value.apply(place) { (number) throws(PluginFailure) in
                try call(number == place ? document : nil, number, into: group.number)
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
        let group = HeldGroup(
            value: HeldValue(fold, number: number, isMemory: false), number: number, events: known?.events ?? 0)
        (known?.state ?? []).withUnsafeBytes { group.value.begin($0) }
        held[key] = group
        return group
    }

    /// Folds an event into the held value with a number; nil stands for one before, which is read again.
    private func call(_ event: EventDocument?, _ place: Int, into number: Int) throws(PluginFailure) {
        let known = events[place]
        if event == nil, !replayed.load(known.text) { return }
        if let sample = known.admitted.sample {
            try sample.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.setSample(bytes) }
        }
        try fold.fold(
            event ?? replayed, into: number, at: known.time, reference: known.admitted.reference,
            usesSample: known.admitted.sample != nil)
    }

    /// Writes the held groups down and lets the Lua state forget them.
    private func flush() {
        for (key, group) in held {
            let failures = group.value.finish { (place) throws(PluginFailure) in
                try call(nil, place, into: group.number)
            }
            for failure in failures { tally.fail(failure) }
            let state = group.value.bytes.rawBytes
            if !state.isEmpty { done[key] = Group(events: group.events - failures.count, state: Array(state)) }
        }
        held.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        try? fold.release()
    }
}
