/// Tells from stored entries whether viewers are in a segment. Used from one thread at a time.
public final class SegmentReader {
    public let fold: Fold
    private let gate: Gate

    /// The segment's gate follows `rules`.
    public init(_ fold: Fold, _ rules: GateRules) {
        self.fold = fold
        gate = Gate(for: fold.manifest.purpose ?? .service, rules)
    }

    public enum Answer: Sendable {
        case refused(GateRefusal)
        case known(Membership)
    }

    /// Whether the viewer of an entry is in the segment at `now`, in seconds since 1970.
    public func answer(_ entry: UnsafeRawBufferPointer, now: Int64) throws(PluginFailure) -> Answer {
        let entry = FoldEntry(entry)
        if let refusal = gate.refusal(entry) { return .refused(refusal) }
        return .known(try fold.membership(of: entry.state, now: now))
    }

    /// Whether the viewer is in the segment; sooner than ``answer(_:now:)`` where the gate is closed.
    public func isMember(_ entry: UnsafeRawBufferPointer, now: Int64) throws(PluginFailure) -> Bool {
        if case .known(let membership) = try answer(entry, now: now) { return membership.isMember }
        return false
    }
}
