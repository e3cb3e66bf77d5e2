internal import Events

/// What the gate knows of one viewer for one purpose. It is stored with what the viewer's events were folded into.
public struct GateRecord: Equatable, Sendable {
    /// Who decided last.
    public enum Decider: UInt8, Sendable {
        case nobody
        /// A `consent.changed` of the viewer's.
        case viewer
        /// A browser's Global Privacy Control.
        case privacyControl
    }

    /// Whether the profile is a child's.
    public internal(set) var isChild = false
    public internal(set) var decider = Decider.nobody
    /// What was decided last; without a decision, the purpose's rules hold.
    public internal(set) var isGranted = false
    /// The time of that decision, in seconds since 1970.
    public internal(set) var decidedAt = Int64.min
    /// The time from which on events may be used, in seconds since 1970.
    public internal(set) var since = Int64.min

    public init() {}

    private static let child: UInt8 = 1
    private static let granted: UInt8 = 2
    private static let deciders: UInt8 = 4
    /// The record has a time of its own for ``since``.
    private static let hasSince: UInt8 = 16
    /// ``since`` is the time of the decision.
    private static let isSinceDecision: UInt8 = 32

    /// Appends the record: a byte, and the times where there are any.
    func encode(into output: inout ByteBuffer) {
        var flags = (isChild ? Self.child : 0) | (isGranted ? Self.granted : 0) | decider.rawValue * Self.deciders
        if since != .min { flags |= decider != .nobody && since == decidedAt ? Self.isSinceDecision : Self.hasSince }
        output.append(flags)
        if decider != .nobody { output.append(signed: decidedAt) }
        if flags & Self.hasSince != 0 { output.append(signed: since) }
    }

    /// Reads a record at `place`, which moves behind it; nil where none is there.
    init?(decoding bytes: UnsafeRawBufferPointer, at place: inout Int) {
        guard place < bytes.count, case let flags = bytes[place], flags < 64,
            let decider = Decider(rawValue: flags / Self.deciders & 3)
        else { return nil }
        place += 1
        isChild = flags & Self.child != 0
        isGranted = flags & Self.granted != 0
        self.decider = decider
        if decider != .nobody {
            guard let time = bytes.signedNumber(at: &place) else { return nil }
            decidedAt = time
        }
        if flags & Self.isSinceDecision != 0 { since = decidedAt }
        if flags & Self.hasSince != 0 {
            guard let time = bytes.signedNumber(at: &place) else { return nil }
            since = time
        }
    }

    /// Learns of a decision.
    mutating func decide(_ isGranted: Bool, by decider: Decider, at time: Int64, _ basis: GateRules.Basis) {
        let isFirst = self.decider == .nobody
        if isGranted {
            if !isFirst, time < decidedAt || time == decidedAt && !self.isGranted { return }
            // A grant that is repeated, or that was not needed, shuts nothing out.
            if !(isFirst ? basis == .objection : self.isGranted) { since = max(since, time) }
        } else if !isFirst, time < decidedAt {
            // It was refused for a while, which becomes known only now.
            if self.isGranted, time >= since { since = decidedAt }
            return
        } else {
            since = max(since, time)
        }
        (self.isGranted, self.decider, decidedAt) = (isGranted, decider, time)
    }

    /// Learns whether the profile is a child's.
    mutating func noteChild(_ isChild: Bool, at time: Int64) {
        if self.isChild, !isChild { since = max(since, time) }
        self.isChild = isChild
    }

    /// The record of two viewers who are found to be one: what forbids more counts.
    static func merged(_ one: GateRecord, _ other: GateRecord, _ basis: GateRules.Basis) -> GateRecord {
        var record = one.isStricter(than: other, basis) ? one : other
        record.isChild = one.isChild || other.isChild
        record.since = max(one.since, other.since)
        return record
    }

    private func isStricter(than other: GateRecord, _ basis: GateRules.Basis) -> Bool {
        let (mine, others) = (isOpen(basis), other.isOpen(basis))
        return mine != others ? !mine : decidedAt > other.decidedAt
    }

    /// Whether the purpose is allowed, children left aside.
    @inline(__always)
    func isOpen(_ basis: GateRules.Basis) -> Bool {
        switch basis {
        case .contract: true
        case .consent: decider != .nobody && isGranted
        case .objection: decider == .nobody || isGranted
        }
    }
}
