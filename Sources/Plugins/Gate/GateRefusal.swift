/// Why a viewer is not even asked about.
public enum GateRefusal: Sendable {
    case child
    case refused(since: Int64, by: GateRecord.Decider)
    /// The viewer has not consented, where that is needed.
    case noConsent
    /// Nothing that may be used is known.
    case nothingKnown
}

extension Gate {
    /// Why what is kept of a viewer may not be used now, or that there is nothing; nil where it may be.
    package func refusal(_ entry: FoldEntry) -> GateRefusal? {
        refusal(entry.record) ?? (entry.state.isEmpty ? .nothingKnown : nil)
    }

    /// Why a viewer's data may not be used at all now; nil where they may be.
    package func refusal(_ record: GateRecord) -> GateRefusal? {
        if isOpen(record) { return nil }
        if record.isChild, purpose == .advertising { return .child }
        return record.decider == .nobody ? .noConsent : .refused(since: record.decidedAt, by: record.decider)
    }
}
