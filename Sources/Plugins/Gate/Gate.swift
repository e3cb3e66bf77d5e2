/// The one place where it is decided whether an event of a viewer's may be used for a purpose. Which fields of it a plugin
/// then sees is decided by the plugin's ``Grants``, which take only what the purpose allows.
///
/// ```swift
/// let gate = Gate(for: .advertising, GateRules())
/// if let signal = GateSignal(of: event) { gate.note(signal, at: seconds, in: &record) }
/// if gate.admits(at: seconds, record) { plugin.fold(event) }
/// ```
///
/// The decision that is latest by its event's time counts; of two at one time, the refusal. After a grant, only events
/// from its time on are used: what happened while the purpose was refused stays unused. Global Privacy Control
/// (`gpc = true` in any event) is a refusal of advertising at the event's time; a consent given later counts again, until the
/// next such event. A profile is a child's from the first event that says so (`is_kids = true`) until an `account.opened` or
/// `account.updated` says that it is not.
public struct Gate: Sendable {
    public let purpose: Purpose
    private let basis: GateRules.Basis

    public init(for purpose: Purpose, _ rules: GateRules) {
        self.purpose = purpose
        basis = rules[purpose]
    }

    /// Learns what an event says about the viewer's will; `time` is the event's, in seconds since 1970. Called for each event of
    /// a viewer, in the log's order, before the event itself is used.
    @inline(__always)
    public func note(_ signal: GateSignal, at time: Int64, in record: inout GateRecord) {
        if let isChild = signal.isChild { record.noteChild(isChild, at: time) }
        if signal.hasPrivacyControl, purpose == .advertising {
            record.decide(false, by: .privacyControl, at: time, basis)
        }
        if let decision = signal.decision, decision.purpose == purpose {
            record.decide(decision.isGranted, by: .viewer, at: time, basis)
        }
    }

    /// Whether a signal says anything to this gate that the record does not know yet.
    @inline(__always)
    func heeds(_ signal: GateSignal, _ record: GateRecord) -> Bool {
        signal.decision?.purpose == purpose || signal.hasPrivacyControl && purpose == .advertising
            || signal.isChild ?? record.isChild != record.isChild
    }

    /// Whether an event of that time may be used now. What was used before and is older than ``GateRecord/since`` may not be
    /// used any more.
    @inline(__always)
    public func admits(at time: Int64, _ record: GateRecord) -> Bool {
        isOpen(record) && time >= record.since
    }

    /// Whether the viewer's data may be used at all now.
    @inline(__always)
    public func isOpen(_ record: GateRecord) -> Bool {
        !(record.isChild && purpose == .advertising) && record.isOpen(basis)
    }

    /// What is known of two viewers who were found to be one: what forbids more.
    public func merged(_ one: GateRecord, _ other: GateRecord) -> GateRecord {
        GateRecord.merged(one, other, basis)
    }
}
