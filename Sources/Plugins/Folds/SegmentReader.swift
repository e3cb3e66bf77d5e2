/// Tells from stored entries whether viewers are in a segment. Used from one thread at a time.
public final class SegmentReader {
    public let fold: Fold
    private let gate: Gate

    /// The segment's gate follows `rules`.
    public init(_ fold: Fold, _ rules: GateRules) {
        self.fold = fold
        gate = Gate(for: fold.manifest.purpose ?? .service, rules)
    }

    /// Why a viewer is not even asked about.
    public enum Refusal: Sendable {
        case child
        case refused(since: Int64, by: GateRecord.Decider)
        /// The viewer has not consented, where that is needed.
        case noConsent
        /// Nothing that may be used is known.
        case nothingKnown
    }

    public enum Answer: Sendable {
        case refused(Refusal)
        case known(Membership)
    }

    /// Whether the viewer of an entry is in the segment at `now`, in seconds since 1970.
    public func answer(_ entry: UnsafeRawBufferPointer, now: Int64) throws(PluginFailure) -> Answer {
        let entry = FoldEntry(entry)
        if let refusal = refusal(entry.record) { return .refused(refusal) }
        if entry.state.isEmpty { return .refused(.nothingKnown) }
        return .known(try fold.membership(of: entry.state, now: now))
    }

    /// Whether the viewer is in the segment; sooner than ``answer(_:now:)`` where the gate is closed.
    public func isMember(_ entry: UnsafeRawBufferPointer, now: Int64) throws(PluginFailure) -> Bool {
        if case .known(let membership) = try answer(entry, now: now) { return membership.isMember }
        return false
    }

    private func refusal(_ record: GateRecord) -> Refusal? {
        if gate.isOpen(record) { return nil }
        if record.isChild { return .child }
        return record.decider == .nobody ? .noConsent : .refused(since: record.decidedAt, by: record.decider)
    }
}
