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
        let records = try HostError.translating { () throws(StoreError) in try store.identityRecords() }
        let identities = Identities(records, through: .max)
        let numbers = identities.all(of: identities.owner(of: store.viewer(named: name)))
        let subjects = try HostError.translating { () throws(StoreError) in try store.subjects(of: numbers) }
        let isWaiting = try HostError.translating { () throws(StoreError) in
            try store.quarantinedCount(of: numbers) > 0
        }
        if subjects.isEmpty, !isWaiting { return nil }
        self.name = name
        self.numbers = numbers
        names = Set(subjects.values).union([name]).sorted()
    }
}
