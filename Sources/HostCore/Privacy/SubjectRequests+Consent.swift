internal import Events
internal import Foundation
public import Plugins
internal import Store

/// A viewer's will for one purpose, as the store's events have it.
public struct PurposeConsent: Equatable, Sendable {
    public let purpose: Purpose
    public let basis: GateRules.Basis
    /// Whether the viewer's data may be used for it now.
    public let isAllowed: Bool
    /// Who decided last, and when: seconds since 1970. Nil where nobody did.
    public let decision: (decider: GateRecord.Decider, time: Int64)?
    /// From when on events may be used, in seconds since 1970; nil where all may.
    public let since: Int64?
    public let isChild: Bool

    public static func == (a: PurposeConsent, b: PurposeConsent) -> Bool {
        a.purpose == b.purpose && a.basis == b.basis && a.isAllowed == b.isAllowed && a.since == b.since
            && a.isChild == b.isChild && a.decision?.time == b.decision?.time
            && a.decision?.decider == b.decision?.decider
    }
}

/// Something that a viewer decided.
public struct ConsentChange: Equatable, Sendable {
    /// Seconds since 1970.
    public let time: Int64
    /// The purpose's name; nil where it was a browser's Global Privacy Control.
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
        let subject = try subject(named: name)
        let rules = try FoldSettings(of: store).rules
        var records = Purpose.allCases.map { (Gate(for: $0, rules), GateRecord()) }
        var history: [ConsentChange] = []
        let event = EventDocument()
        try forEachEvent(of: subject) { entry, text in
            guard event.load(text), let signal = GateSignal(of: event),
                let time = event.seconds(received: entry.received)
            else { return }
            for index in records.indices { records[index].0.note(signal, at: time, in: &records[index].1) }
            history += ConsentChange.all(of: event, at: time)
        }
        let purposes = records.map { gate, record in
            PurposeConsent(
                purpose: gate.purpose, basis: rules[gate.purpose], isAllowed: gate.isOpen(record),
                decision: record.decider == .nobody ? nil : (record.decider, record.decidedAt),
                since: record.since == .min ? nil : record.since, isChild: record.isChild)
        }
        return (purposes, history)
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

    /// Calls `body` with each event of a viewer, by whatever name, in the log's order.
    func forEachEvent(
        of subject: DataSubject, _ body: (LogPart.Entry, UnsafeRawBufferPointer) -> Void
    ) throws(HostError) {
        let part = LogPart()
        try HostError.translating { () throws(StoreError) in
            try store.readEvents(of: subject.numbers, through: .max, into: part)
        }
        for entry in part.entries { body(entry, part.text(of: entry)) }
    }
}

extension ConsentChange {
    fileprivate static func all(of event: EventDocument, at time: Int64) -> [ConsentChange] {
        var buffer = ByteBuffer()
        func text(_ node: UInt32) -> String? {
            if node == 0 || event.kind(of: node) != .string { return nil }
            return String(decoding: event.string(of: node, decodedInto: &buffer), as: UTF8.self)
        }
        func isTrue(_ name: StaticString) -> Bool? {
            let node = event.child(of: event.data, named: name.rawBytes)
            return node == 0 ? nil : event.kind(of: node) == .true
        }
        let (source, id) = (text(event.node(of: .source)) ?? "", text(event.node(of: .id)) ?? "")
        var changes: [ConsentChange] = []
        if isTrue("gpc") == true {
            changes.append(ConsentChange(time: time, purpose: nil, isGranted: false, source: source, id: id))
        }
        if text(event.node(of: .type)) == "consent.changed", let isGranted = isTrue("granted") {
            let purpose = text(event.child(of: event.data, named: StaticString("purpose").rawBytes))
            changes.append(
                ConsentChange(time: time, purpose: purpose ?? "", isGranted: isGranted, source: source, id: id))
        }
        return changes
    }
}
