internal import Store

/// A viewer with all the subjects that events name this viewer by.
public struct DataSubject: Equatable, Sendable {
    /// As the viewer was asked for.
    public let name: String
    /// All subjects of the viewer's, in alphabetical order.
    public let names: [String]
    let numbers: [Int64]

    /// The viewer of this name, with those who are the same one as the log has it; nil where the store has nothing of the viewer.
    init?(named name: String, in store: EventStore) throws(HostError) {
        // Events without a subject are nobody's.
        if store.viewer(named: name) == 0 { return nil }
        let records = try HostError.translating { () throws(StoreError) in try store.identityRecords() }
        let identities = Identities(records, through: .max)
        let numbers = identities.all(of: identities.owner(of: store.viewer(named: name)))
        let (subjects, isThere) = try HostError.translating { () throws(StoreError) in
            // Of one whose key is lost the name cannot be read.
            (try store.subjects(of: numbers), try store.hasAny(of: numbers))
        }
        if !isThere { return nil }
        self.name = name
        self.numbers = numbers
        names = Set(subjects.values).union([name]).sorted()
    }
}
