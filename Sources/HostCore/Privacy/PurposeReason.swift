public import Plugins

/// Why a viewer's data may be used for a purpose, or may not.
public enum PurposeReason: Sendable {
    /// What the viewer asked for cannot be done without it.
    case necessary
    case nobodyObjected
    /// The viewer allowed it, at a time in seconds since 1970.
    case allowed(at: Int64)
    case refused(GateRefusal)

    /// That of what `gate` decides by a record; `basis` is what the gate's purpose rests on.
    init(_ gate: Gate, _ record: GateRecord, _ basis: GateRules.Basis) {
        if let refusal = gate.refusal(record) {
            self = .refused(refusal)
        } else if basis == .contract {
            self = .necessary
        } else {
            self = record.decider == .nobody ? .nobodyObjected : .allowed(at: record.decidedAt)
        }
    }

    /// As it is said to who runs the service, and to programs.
    public func text(purpose: String) -> String {
        switch self {
        case .necessary: "the service cannot be given without it"
        case .nobodyObjected: "nobody objected"
        case .allowed(let time): "allowed since \(time.timeText)"
        case .refused(let refusal): refusal.text(purpose: purpose)
        }
    }

    /// As it is said to the viewer.
    var wordsToViewer: String {
        switch self {
        case .necessary: "the service cannot be given without it"
        case .nobodyObjected: "you did not object"
        case .allowed(let time): "you allowed it on \(PageText.day(time))"
        case .refused(.child): "this is a child's profile, for which there is no such advertising"
        case .refused(.refused(let time, .privacyControl)):
            "your browser refused it on \(PageText.day(time)), by Global Privacy Control"
        case .refused(.refused(let time, _)): "you refused it on \(PageText.day(time))"
        case .refused(.noConsent): "you did not consent"
        case .refused(.nothingKnown): "nothing that may be used is known of you"
        }
    }
}
