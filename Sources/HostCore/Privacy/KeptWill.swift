internal import Events
internal import Plugins
internal import Privacy
internal import Store

/// The events that have to stay when data are taken out of a log: those that say what a viewer's will is now, and who is who, of viewers of
/// whom anything else is left. Without them the gate would open again for what is left.
struct KeptWill {
    /// What a viewer may have decided.
    private enum Matter: Hashable {
        case purpose(Purpose)
        case privacyControl
        case child
    }

    private struct Signal {
        let time: Int64
        let place: Int64
    }

    /// Of events that stay, by place: whose they are.
    private var owners: [Int64: Int64] = [:]
    /// Of whom something else is left.
    private var present: Set<Int64> = []

    /// Looks through the events of some viewers, or of all, for what is left after the removal of what is wanted.
    init(
        in store: EventStore, of viewers: [Int64]?, without isWanted: @escaping (DataCategory, Int64) -> Bool
    ) throws(HostError) {
        let (records, end, waiting) = try HostError.translating { () throws(StoreError) in
            (try store.identityRecords(), try store.lastPosition(), try store.quarantinedViewers())
        }
        let identities = Identities(records, through: .max)
        let removal = DataRemoval(where: isWanted)
        var latest: [Int64: [Matter: Signal]] = [:]
        var present = Set(waiting.map { identities.owner(of: $0) })
        try EventPages.forEach(of: viewers, through: end, in: store) { event, entry, text in
            if entry.viewer == 0 { return }
            let outcome = removal.apply(to: text, received: entry.received, keepsWill: true)
            if outcome != .emptied, !removal.leavesWillAlone { present.insert(identities.owner(of: entry.viewer)) }
            guard let signal = GateSignal(of: event) else { return }
            let time = event.seconds(received: entry.received) ?? entry.received
            for matter in Self.matters(of: signal) {
                let known = latest[entry.viewer]?[matter]
                if known.map({ $0.time <= time }) ?? true {
                    latest[entry.viewer, default: [:]][matter] = Signal(time: time, place: entry.position)
                }
            }
        }
        self.present = present
        for (viewer, signals) in latest {
            for signal in signals.values { owners[signal.place] = identities.owner(of: viewer) }
        }
        for record in records { owners[record.position] = identities.owner(of: record.viewer) }
    }

    /// Whether what the event at this place of the log says of the viewer's will stays.
    func contains(_ position: Int64) -> Bool {
        owners[position].map { present.contains($0) } ?? false
    }

    private static func matters(of signal: GateSignal) -> [Matter] {
        var matters: [Matter] = []
        if let decision = signal.decision { matters.append(.purpose(decision.purpose)) }
        if signal.hasPrivacyControl { matters.append(.privacyControl) }
        if signal.isChild != nil { matters.append(.child) }
        return matters
    }
}
