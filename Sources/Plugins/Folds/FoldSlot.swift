internal import Events

/// One plugin and the viewer at hand.
final class FoldSlot {
    var tally = FoldTally()
    /// Whether the gate closed for the viewer.
    private(set) var hasClosed = false
    private(set) var record = GateRecord()

    private let fold: Fold
    private let gate: Gate
    private let filter: TypeFilter
    private let isQuality: Bool
    /// The segment's state, or the memory of `observe`; nil where the plugin runs elsewhere, and gets all events in the end.
    private let held: (fold: LuaFold, value: HeldValue)?
    private var handedOver: HandedOverValue
    /// The stored record, to see whether it changed.
    private var storedRecord = GateRecord()
    /// Whether the record is not to be changed.
    private var isRecordFixed = false
    private var output = ByteBuffer()
    /// For events that are folded again.
    private let replayed = EventDocument()

    init(_ fold: Fold, _ rules: GateRules) {
        self.fold = fold
        filter = TypeFilter(fold.manifest.events)
        gate = Gate(for: fold.manifest.purpose ?? .service, rules)
        isQuality = if case .quality = fold.manifest.kind { true } else { false }
        let isMemory = isQuality
        held = fold.lua.map { ($0, HeldValue($0, number: 1, isMemory: isMemory)) }
        handedOver = HandedOverValue(isMemory: isMemory)
    }

    @inline(__always)
    func wants(_ event: EventDocument) -> Bool {
        filter.admits(event)
    }

    func begin(_ entry: UnsafeRawBufferPointer) {
        let parts = FoldEntry(entry)
        begin(parts.record, parts.state)
        isRecordFixed = false
    }

    func begin(anewWith record: GateRecord) {
        begin(record, UnsafeRawBufferPointer(start: nil, count: 0))
        isRecordFixed = true
    }

    private func begin(_ record: GateRecord, _ state: UnsafeRawBufferPointer) {
        self.record = record
        storedRecord = record
        hasClosed = false
        if let held { held.value.begin(state) } else { handedOver.begin(state) }
    }

    func note(_ signal: GateSignal, at time: Int64) {
        if isRecordFixed { return }
        let (wasOpen, since) = (gate.isOpen(record), record.since)
        gate.note(signal, at: time, in: &record)
        let isOpen = gate.isOpen(record)
        if wasOpen, !isOpen { hasClosed = true }
        // What was folded may not be used any more, or some of it.
        if !isOpen || record.since > since { clear() }
    }

    private func clear() {
        if let held { held.value.clear() } else { handedOver.clear() }
    }

    /// Folds the last of the viewer's events, which is loaded.
    @inline(__always)
    func fold(_ event: EventDocument, _ events: [ViewerEvent]) {
        let place = events.count - 1
        guard gate.admits(at: events[place].time, record) else {
            tally.refused += 1
            return
        }
        if tally.takenOut != nil { return }
        if isQuality, !fold.observes {
            tally.admitted.append(AdmittedEvent(reference: events[place].reference, sample: nil))
            return
        }
        guard let held else { return handedOver.add(events[place]) }
        tally.calls += 1
        do throws(PluginFailure) {
            try held.value.apply(place) { (number) throws(PluginFailure) in
                if number == place {
                    try call(held.fold, event, events[number], isNew: true)
                } else {
                    try callAgain(held.fold, events[number])
                }
            }
            tally.failuresInRow = 0
        } catch {
            tally.fail(error)
        }
    }

    private func call(
        _ fold: LuaFold, _ event: EventDocument, _ known: ViewerEvent, isNew: Bool
    ) throws(PluginFailure) {
        guard isQuality else {
            return try fold.fold(event, into: 1, at: known.time, reference: known.reference)
        }
        // What it gave before, it gave.
        guard try fold.observe(event, with: 1, at: known.time, reference: known.reference), isNew else { return }
        let sample = try fold.withSampleBytes { Array($0) }
        tally.admitted.append(AdmittedEvent(reference: known.reference, sample: sample))
    }

    private func callAgain(_ fold: LuaFold, _ known: ViewerEvent) throws(PluginFailure) {
        if replayed.load(known.text) { try call(fold, replayed, known, isNew: false) }
    }

    /// The entry to store; nil where it is what it was.
    func finish(_ events: [ViewerEvent]) -> UnsafeRawBufferPointer? {
        guard let held else {
            handedOver.finish(with: fold, &tally)
            return handedOver.state.withUnsafeBytes { entry($0, isChanged: handedOver.isChanged) }
        }
        let failures = held.value.finish { (number) throws(PluginFailure) in try callAgain(held.fold, events[number]) }
        for failure in failures { tally.fail(failure) }
        return entry(held.value.bytes.rawBytes, isChanged: held.value.isChanged)
    }

    private func entry(_ state: UnsafeRawBufferPointer, isChanged: Bool) -> UnsafeRawBufferPointer? {
        guard isChanged || record != storedRecord || isRecordFixed else { return nil }
        output.removeAll()
        FoldEntry.write(record, state, into: &output)
        return output.rawBytes
    }
}
