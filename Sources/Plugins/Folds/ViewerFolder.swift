internal import Events

/// Folds viewers' events, one viewer after the other, into what a store keeps of them: an entry for each plugin, which has the
/// gate's record and the plugin's state.
///
/// ```swift
/// folder.begin(entries)
/// for event in events { folder.add(event, received: seconds, reference: position) }
/// folder.finish { plugin, entry in store(entry) }
/// ```
///
/// An event that a plugin fails on leaves the plugin's state as it was. A quality plugin's events are not folded here: the
/// gate, and the plugin's `observe`, say which of them its ``GroupFolder`` may see. Used from one thread at a time.
public final class ViewerFolder {
    private let slots: FoldSlots
    /// The latest time of all events that were added, in seconds since 1970.
    public private(set) var latest: Int64?

    /// An event that no plugin has seen.
    private struct Pending {
        /// The catalogue's position of its type, where a look told all that is needed to know who wants it: it is loaded when somebody
        /// does. Nil where it is loaded.
        var unloadedType: Int?
        /// Its place among the viewer's events; nil where it has no time that can be trusted.
        var place: Int?
        /// What it says about the viewer's will, and from when on that holds.
        var signal: GateSignal?
        var time: Int64 = 0
    }

    /// Events wait here before each plugin in turn sees them: mostly all that a part of a log has of a viewer, for another
    /// plugin's Lua state takes the caches.
    private let window = EventWindow(of: 32, Pending())
    /// How many wait.
    private var count = 0
    private var glancer = EventGlancer()
    /// The types of events that are probably looked into, a bit for each of the catalogue's. Others are loaded when they are.
    private var likely: UInt64 = 0
    /// The types that any plugin looks into.
    private let wanted: UInt64
    private var events: [ViewerEvent] = []

    /// The plugins' gates follow `rules`.
    public init(_ folds: [Fold], _ rules: GateRules) {
        slots = FoldSlots(folds, rules)
        wanted = slots.all.reduce(0) { $0 | $1.types }
    }

    /// What became of the events, by plugin.
    public var tallies: [FoldTally] {
        slots.all.map { $0.tally }
    }

    /// Forgets what was counted.
    public func resetTallies() {
        for slot in slots.all { slot.tally = FoldTally() }
    }

    /// The gate's records of the viewer at hand, by plugin.
    public var records: [GateRecord] {
        slots.all.map { $0.record }
    }

    /// Begins with a viewer of whom nothing is folded, but whose will is known: what the events to come say about it is not
    /// looked at, for it is in `records` already.
    public func begin(anewWith records: [GateRecord]) {
        begin()
        for (slot, record) in zip(slots.all, records) { slot.begin(anewWith: record) }
        likely = wanted
    }

    /// Begins with a viewer, of whom each plugin has a stored entry, or no bytes. The entries stay in place until ``finish(_:)``.
    public func begin(_ entry: (Int) -> UnsafeRawBufferPointer) {
        begin()
        likely = 0
        for index in slots.indices {
            slots.with(index) { slot in
                slot.begin(entry(index))
                if slot.isOpen { likely |= slot.types }
            }
        }
    }

    private func begin() {
        events.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Adds the viewer's next event, whose text stays in place until ``finish(_:)``, and which came at `received`, in seconds since
    /// 1970; nil where that is not known.
    public func add(_ text: UnsafeRawBufferPointer, received: Int64?, reference: Int64) {
        if count == window.most {
            for index in slots.indices { slots.with(index) { lead($0) } }
            count = 0
        }
        if let glance = glancer.look(at: text), likely & 1 &<< UInt64(glance.type) == 0, !GateSignal.mayBe(in: glance) {
            let time = Timestamp.trustedSeconds(of: glance.time, received: received)
            note(text, time, nil, received: received, reference: reference)
            window.notes[count].unloadedType = glance.type
        } else {
            let isLoaded = window.with(count) { document in
                guard document.load(text) else { return false }
                let (time, signal) = (document.seconds(received: received), GateSignal(of: document))
                if let decision = signal?.decision, decision.isGranted { likely = wanted }
                note(text, time, signal, received: received, reference: reference)
                return true
            }
            if !isLoaded { return }
        }
        count += 1
    }

    /// Notes what the plugins are to know of an event.
    @inline(__always)
    private func note(
        _ text: UnsafeRawBufferPointer, _ time: Int64?, _ signal: GateSignal?, received: Int64?, reference: Int64
    ) {
        if let time {
            if time > latest ?? .min { latest = time }
            window.notes[count] = Pending(place: events.count, signal: signal, time: time)
            events.append(ViewerEvent(text: text, time: time, reference: reference))
        } else {
            // What it forbids holds from the time on when it came.
            window.notes[count] = Pending(signal: signal?.restrictions, time: received ?? latest ?? 0)
        }
    }

    /// Leads the pending events through a plugin.
    @inline(__always)
    private func lead(_ slot: FoldSlot) {
        for number in 0..<count {
            let item = window.notes + number
            if let signal = item.pointee.signal { slot.note(signal, at: item.pointee.time) }
            window.with(number) { document in
                let type = item.pointee.unloadedType
                guard type.map({ slot.filter.admits(type: $0) }) ?? slot.filter.admits(document) else { return }
                guard let place = item.pointee.place else {
                    slot.tally.undated += 1
                    return
                }
                slot.fold(events, at: place) {
                    if item.pointee.unloadedType != nil {
                        guard document.load(events[place].text) else { return nil }
                        item.pointee.unloadedType = nil
                    }
                    return document
                }
            }
        }
    }

    /// Ends with the viewer: calls `body` with each plugin whose entry changed, and with the entry. It has no bytes where nothing
    /// is to be kept.
    public func finish(_ body: (Int, UnsafeRawBufferPointer) -> Void) {
        for index in slots.indices {
            slots.with(index) { slot in
                lead(slot)
                if slot.isTouched, let entry = slot.finish(events) { body(index, entry) }
            }
        }
        count = 0
    }

    /// The plugins whose gate closed for the viewer at hand since ``begin(_:)``.
    public var closed: [Int] {
        slots.indices.filter { slots.all[$0].hasClosed }
    }
}

/// An event of the viewer at hand.
struct ViewerEvent {
    let text: UnsafeRawBufferPointer
    let time: Int64
    let reference: Int64
}

/// What became of the events that a plugin was to fold.
public struct FoldTally: Sendable {
    /// After so many failures in a row a plugin is taken out.
    package static let mostFailuresInRow = 20

    /// Calls of `fold` and `observe`.
    public var calls = 0
    public var failures = 0
    /// Events that a plugin would have seen, had they a time that can be trusted.
    public var undated = 0
    /// Events that the gate kept back.
    public var refused = 0
    /// The first failure.
    public var failure: PluginFailure?
    /// Why the plugin is taken out, where it is.
    public var takenOut: PluginFailure?
    /// Events that a quality plugin may see, in the order of the calls.
    public var admitted: [AdmittedEvent] = []
    var failuresInRow = 0

    public init() {}

    /// Adds what another worker counted.
    public mutating func add(_ other: FoldTally) {
        calls += other.calls
        failures += other.failures
        undated += other.undated
        refused += other.refused
        failure = failure ?? other.failure
        takenOut = takenOut ?? other.takenOut
        admitted += other.admitted
    }

    mutating func fail(_ failure: PluginFailure) {
        failures += 1
        failuresInRow += 1
        if failuresInRow >= Self.mostFailuresInRow { takenOut = failure }
        if self.failure == nil { self.failure = failure }
    }
}

/// An event that a quality plugin may fold.
public struct AdmittedEvent: Sendable {
    public let reference: Int64
    /// What `observe` made of it, as bytes of a state; nil where the plugin has no such function.
    public let sample: [UInt8]?
}
