internal import Events

/// One plugin and the viewer at hand.
final class FoldSlot {
    var tally = FoldTally()
    /// Which events the plugin wants.
    let filter: TypeFilter
    /// The types of events that it looks into here, a bit for each of the catalogue's.
    let types: UInt64
    /// Whether anything was noted or folded since the slot began: where nothing was, nothing changed.
    private(set) var isTouched = false
    /// Whether the gate closed for the viewer.
    private(set) var hasClosed = false
    /// The gate's record of the viewer at hand.
    private(set) var record = GateRecord()

    private let fold: Fold
    private let gate: Gate
    private let isQuality: Bool
    /// The segment's state, or the memory of `observe`; nil where the plugin runs elsewhere, and gets all events in the end.
    private let held: HeldValue?
    private var handedOver: HandedOverValue
    /// The stored record, to see whether it changed, and the stored state.
    private var storedRecord = GateRecord()
    private var storedState = UnsafeRawBufferPointer(start: nil, count: 0)
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
        types = fold.lua != nil && (fold.observes || !isQuality) ? filter.known : 0
        held = fold.lua.map { HeldValue($0, number: 1, isMemory: isMemory) }
        handedOver = HandedOverValue(isMemory: isMemory)
    }

    /// Begins with a viewer, of whom the store has this entry.
    func begin(_ entry: UnsafeRawBufferPointer) {
        let parts = FoldEntry(entry)
        begin(parts.record, parts.state)
        isRecordFixed = false
    }

    /// Begins with a viewer whose will is known.
    func begin(anewWith record: GateRecord) {
        begin(record, UnsafeRawBufferPointer(start: nil, count: 0))
        isRecordFixed = true
        touch()
    }

    @inline(__always)
    private func begin(_ record: GateRecord, _ state: UnsafeRawBufferPointer) {
        self.record = record
        storedRecord = record
        storedState = state
        hasClosed = false
        isTouched = false
    }

    /// Whether the viewer's data may be used now.
    @inline(__always)
    var isOpen: Bool { gate.isOpen(record) }

    /// What has to be done before the viewer's state is used or changed.
    @inline(__always)
    private func touch() {
        if isTouched { return }
        isTouched = true
        if let held { held.begin(storedState) } else { handedOver.begin(storedState) }
    }

    func note(_ signal: GateSignal, at time: Int64) {
        if isRecordFixed || !gate.heeds(signal, record) { return }
        touch()
        let (wasOpen, since) = (gate.isOpen(record), record.since)
        gate.note(signal, at: time, in: &record)
        let isOpen = gate.isOpen(record)
        if wasOpen, !isOpen { hasClosed = true }
        // What was folded may not be used any more, or some of it.
        if !isOpen || record.since > since { clear() }
    }

    private func clear() {
        if let held { held.clear() } else { handedOver.clear() }
    }

    /// Folds the event that lies at `place` among the viewer's, and which `load` gives; that is asked only where the plugin is to
    /// see it here.
    @inline(__always)
    func fold(_ events: [ViewerEvent], at place: Int, _ load: () -> EventDocument?) {
        guard gate.admits(at: events[place].time, record) else {
            tally.refused += 1
            return
        }
        if tally.takenOut != nil { return }
        if isQuality, !fold.observes {
            tally.admitted.append(AdmittedEvent(reference: events[place].reference, sample: nil))
            return
        }
        touch()
        guard let held else { return handedOver.add(events[place]) }
        guard let event = load() else { return }
        tally.calls += 1
        do throws(PluginFailure) {
            try held.apply(place) { (number) throws(PluginFailure) in
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
        let failures = held.finish { (number) throws(PluginFailure) in try callAgain(held.fold, events[number]) }
        for failure in failures { tally.fail(failure) }
        return entry(held.bytes.rawBytes, isChanged: held.isChanged)
    }

    private func entry(_ state: UnsafeRawBufferPointer, isChanged: Bool) -> UnsafeRawBufferPointer? {
        guard isChanged || record != storedRecord || isRecordFixed else { return nil }
        output.removeAll()
        FoldEntry.write(record, state, into: &output)
        return output.rawBytes
    }
}
