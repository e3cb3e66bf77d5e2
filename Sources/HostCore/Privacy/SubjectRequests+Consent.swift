internal import Events
internal import Foundation
public import Plugins
internal import Store

/// A viewer's will for one purpose, as the store's events have it.
public struct PurposeConsent: Sendable {
    public let purpose: Purpose
    public let basis: GateRules.Basis
    /// Whether the viewer's data may be used for it now.
    public let isAllowed: Bool
    /// Why it may, or may not.
    public let reason: PurposeReason
    /// Who decided last, and when: seconds since 1970. Nil where nobody did.
    public let decision: (decider: GateRecord.Decider, time: Int64)?
    /// From when on events may be used, in seconds since 1970; nil where all may.
    public let since: Int64?
    public let isChild: Bool
}

/// Something that a viewer decided.
public struct ConsentChange: Equatable, Sendable {
    /// Seconds since 1970.
    public let time: Int64
    /// Whether that is when it came, as the event has no time that can be trusted: then a grant does not count.
    public let isUndated: Bool
    /// The purpose's name; nil where it was a browser's Global Privacy Control, whose first event stands for all.
    public let purpose: String?
    public let isGranted: Bool
    /// The `source` and `id` of the event.
    public let source: String
    public let id: String
}

extension SubjectRequests {
    /// What a viewer allows now, purpose by purpose, and all that was decided before, in the order in which it became known.
    public func consent(
        of name: String
    ) throws(HostError) -> (purposes: [PurposeConsent], history: [ConsentChange]) {
        let person = try Person(try subject(named: name), in: store)
        let rules = try FoldSettings(of: store).rules
        let will = try Will(of: person, rules, in: store)
        let purposes = Purpose.allCases.map { purpose in
            let record = will.record(for: purpose)
            return PurposeConsent(
                purpose: purpose, basis: rules[purpose], isAllowed: will.isAllowed(purpose),
                reason: will.reason(for: purpose),
                decision: record.decider == .nobody ? nil : (record.decider, record.decidedAt),
                since: record.since == .min ? nil : record.since, isChild: record.isChild)
        }
        var changes = will.decisions.compactMap { decision in
            decision.isGranted.map {
                (decision.reference, ConsentChange(decision.reference, decision, isGranted: $0))
            }
        }
        if let first = will.privacyControl.first {
            changes.append((first, ConsentChange(first, received: will.privacyControl.received)))
        }
        changes.sort { $0.0.position < $1.0.position }
        return (purposes, changes.map { $0.1 })
    }

    /// Records a decision of a viewer's as an event of the log, which counts from now on.
    public func decide(_ name: String, _ purpose: Purpose, isGranted: Bool) throws(HostError) {
        let subject = try subject(named: name)
        var writer = EventWriter()
        writer.begin(
            type: "consent.changed", source: "host:privacy", id: UUID().uuidString.lowercased(), subject: name,
            time: time.timeText)
        writer.string("purpose", "\(purpose.name)")
        writer.boolean("granted", isGranted)
        writer.end()
        let text = Array(writer.bytes.rawBytes.dropLast())
        try HostError.translating { () throws(StoreError) in try store.append([text]) }
        try audit(
            "consent recorded",
            ["viewers": marks(of: subject), "purpose": "\(purpose.name)", "granted": isGranted])
    }

}

extension ConsentChange {
    fileprivate init(_ event: EventReference, _ decision: Will.Decision, isGranted: Bool) {
        self.init(
            time: event.time ?? decision.received, isUndated: decision.isUndated, purpose: decision.purpose ?? "",
            isGranted: isGranted, source: event.source, id: event.id)
    }

    /// That a browser asked for privacy.
    fileprivate init(_ event: EventReference, received: Int64) {
        self.init(
            time: event.time ?? received, isUndated: event.time == nil, purpose: nil, isGranted: false,
            source: event.source,
            id: event.id)
    }
}
