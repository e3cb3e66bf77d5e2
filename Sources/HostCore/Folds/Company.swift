internal import Store

/// Viewers of whom a part of the log says that they are one, or are not any more, and all who are one with them: what is kept of
/// them depends on each other's events, and on no one else's.
struct Company {
    private(set) var viewers: [Int64] = []
    /// What the part says of them, in the log's order.
    private(set) var records: [IdentityRecord] = []

    /// The companies of a part of the log that has these records, before which `identities` held; and the company of each
    /// viewer that is in one, by its place.
    static func all(of records: [IdentityRecord], _ identities: Identities) -> ([Company], places: [Int64: Int]) {
        var companies: [Company] = []
        var places: [Int64: Int] = [:]
        for record in records {
            let viewers = [record.viewer, record.other].flatMap { identities.all(of: identities.owner(of: $0)) }
            let known = Set(viewers.compactMap { places[$0] }).sorted()
            let place = known.first ?? companies.count
            if known.isEmpty { companies.append(Company()) }
            companies[place].records.append(record)
            for other in known.dropFirst() {
                companies[place].add(companies[other])
                for viewer in companies[other].viewers { places[viewer] = place }
                companies[other] = Company()
            }
            for viewer in viewers where places.updateValue(place, forKey: viewer) == nil {
                companies[place].viewers.append(viewer)
            }
        }
        return (companies, places)
    }

    private mutating func add(_ other: Company) {
        viewers += other.viewers
        records = (records + other.records).sorted { $0.position < $1.position }
    }
}
