internal import Events
internal import Plugins
internal import Store

/// What a person allowed and refused: the gate's records as they are at the log's end, and how they came about.
///
/// The events of all who were ever joined with the person are led through the gate, in the log's order, as folds do; so a
/// record is right whatever plugins there are, and however far they have come.
final class Will {
    /// A `consent.changed`.
    struct Decision {
        let reference: EventReference
        /// As the event has it; nil where it is about a setting alone.
        let purpose: String?
        let isGranted: Bool?
        /// The channel, name and value of a setting of the service's; empty where it is about none.
        let setting: String
        /// Whether the event has no time that can be trusted: then a grant does not count, and a refusal from its receipt on.
        let isUndated: Bool
        let received: Int64
    }

    /// Events that carried Global Privacy Control.
    struct PrivacyControl {
        var events = 0
        var first: EventReference?
        /// When the first one came, in seconds since 1970.
        var received: Int64 = 0
        var last: EventReference?
    }

    private(set) var decisions: [Decision] = []
    private(set) var privacyControl = PrivacyControl()

    private let person: Person
    private let rules: GateRules
    private let gates: [Gate]
    private var records: [Int64: [GateRecord]] = [:]
    private var identities = Identities([], through: 0)
    private var steps: ArraySlice<IdentityRecord>
    private var reader = DataReader()
    /// The person's records after the last event, by purpose.
    private var latest: [GateRecord] = []

    /// `steps` is what the log says of who is who.
    init(of person: Person, _ rules: GateRules, steps: [IdentityRecord]) {
        self.person = person
        self.rules = rules
        gates = Purpose.allCases.map { Gate(for: $0, rules) }
        self.steps = steps.filter { person.related.contains($0.viewer) && person.related.contains($0.other) }[...]
    }

    /// All that a store's log has of it.
    convenience init(of person: Person, _ rules: GateRules, in store: EventStore) throws(HostError) {
        let (steps, end) = try HostError.translating { () throws(StoreError) in
            (try store.identityRecords(), try store.lastPosition())
        }
        self.init(of: person, rules, steps: steps)
        try EventPages.forEach(of: person.related, through: end, in: store) { event, entry, _ in add(event, entry) }
        finish()
    }

    /// Learns of an event of one of the related viewers.
    func add(_ event: EventDocument, _ entry: LogPart.Entry) {
        while let step = steps.first, step.position <= entry.position {
            apply(step)
            steps.removeFirst()
        }
        guard let signal = GateSignal(of: event) else { return }
        let time = event.seconds(received: entry.received)
        if let heeded = time == nil ? signal.restrictions : signal {
            var known = records(of: identities.owner(of: entry.viewer))
            for (index, gate) in gates.enumerated() {
                gate.note(heeded, at: time ?? entry.received, in: &known[index])
            }
            records[identities.owner(of: entry.viewer)] = known
        }
        if person.contains(entry.viewer) { remember(signal, event, entry, isUndated: time == nil) }
    }

    /// Ends with what the log says of identities behind the last event.
    func finish() {
        for step in steps { apply(step) }
        steps = []
        latest = records(of: person.owner)
    }

    /// The person's record for a purpose.
    func record(for purpose: Purpose) -> GateRecord {
        latest[Int(purpose.rawValue)]
    }

    /// The purposes for which an event of that time may be used, a bit for each by its number; the event has no time where that
    /// cannot be trusted.
    func purposes(at time: Int64?) -> UInt8 {
        var purposes: UInt8 = 1 << Purpose.service.rawValue
        guard let time else { return purposes }
        for (gate, record) in zip(gates, latest) where gate.admits(at: time, record) {
            purposes |= 1 << gate.purpose.rawValue
        }
        return purposes
    }

    /// Whether anything may be used for the purpose now.
    func isAllowed(_ purpose: Purpose) -> Bool {
        gates[Int(purpose.rawValue)].isOpen(record(for: purpose))
    }

    /// Why it may, or may not.
    func reason(for purpose: Purpose) -> PurposeReason {
        PurposeReason(gates[Int(purpose.rawValue)], record(for: purpose), rules[purpose])
    }

    private func records(of owner: Int64) -> [GateRecord] {
        records[owner] ?? gates.map { _ in GateRecord() }
    }

    private func apply(_ step: IdentityRecord) {
        let (owner, other) = (identities.owner(of: step.viewer), identities.owner(of: step.other))
        let isSplit = !step.isMerge && identities.isTaken(step.other, into: step.viewer)
        identities.apply(step)
        if step.isMerge, owner != other {
            let (one, two) = (records(of: owner), records(of: other))
            records[owner] = gates.indices.map { gates[$0].merged(one[$0], two[$0]) }
            records[other] = nil
        } else if isSplit {
            records[identities.owner(of: step.other)] = records(of: owner)
        }
    }

    private func remember(_ signal: GateSignal, _ event: EventDocument, _ entry: LogPart.Entry, isUndated: Bool) {
        let isConsent = event.typeIndex == Self.consentType
        if !isConsent, !signal.hasPrivacyControl { return }
        let reference = EventReference(event, at: entry.position, received: entry.received)
        if isConsent {
            let setting = [
                reader.text("channel", of: event), reader.text("name", of: event), reader.text("setting", of: event),
            ]
            decisions.append(
                Decision(
                    reference: reference, purpose: reader.text("purpose", of: event),
                    isGranted: reader.boolean("granted", of: event),
                    setting: setting.compactMap(\.self).joined(separator: " "), isUndated: isUndated,
                    received: entry.received))
        }
        if signal.hasPrivacyControl {
            privacyControl.events += 1
            if privacyControl.first == nil {
                (privacyControl.first, privacyControl.received) = (reference, entry.received)
            }
            privacyControl.last = reference
        }
    }

    private static let consentType = Catalogue.index(ofType: StaticString("consent.changed").rawBytes)
}
