internal import Store

/// The viewers of a store that are one person now, and what says so.
struct Person {
    let subject: DataSubject
    /// The one under whose number all that was made of their events is kept.
    let owner: Int64
    /// What events call the viewers of whom there are any.
    let names: [Int64: String]
    /// What the log says of who is who, as far as it names one of the viewers.
    let records: [IdentityRecord]
    /// All viewers that were ever joined with these, themselves included: their will may have become this person's.
    let related: [Int64]

    init(_ subject: DataSubject, in store: EventStore) throws(HostError) {
        self.subject = subject
        let all = try HostError.translating { () throws(StoreError) in try store.identityRecords() }
        owner = Identities(all, through: .max).owner(of: store.viewer(named: subject.name))
        let viewers = subject.numbers
        records = all.filter { viewers.contains($0.viewer) || viewers.contains($0.other) }
        related = Self.related(to: viewers, all)
        names = try HostError.translating { () throws(StoreError) in try store.subjects(of: viewers) }
    }

    /// The name that was asked about.
    var name: String { subject.name }

    /// The numbers of the person's viewers, in their order.
    var viewers: [Int64] { subject.numbers }

    func contains(_ viewer: Int64) -> Bool {
        viewers.contains(viewer)
    }

    private static func related(to viewers: [Int64], _ records: [IdentityRecord]) -> [Int64] {
        var related = Set(viewers)
        var count = 0
        while count < related.count {
            count = related.count
            for record in records where related.contains(record.viewer) || related.contains(record.other) {
                related.formUnion([record.viewer, record.other])
            }
        }
        return related.sorted()
    }
}
