internal import Store

/// Which viewers are one, at a place of the log.
struct Identities {
    /// For each viewer that was taken into another: into whom.
    private var targets: [Int64: Int64] = [:]
    /// Who was taken into a viewer.
    private var sources: [Int64: [Int64]] = [:]

    /// What `records` say up to a place of the log.
    init(_ records: [IdentityRecord], through position: Int64) {
        for record in records where record.position <= position { apply(record) }
    }

    /// The viewer under whose number all that is known of `viewer` is kept.
    @inline(__always)
    func owner(of viewer: Int64) -> Int64 {
        if targets.isEmpty { return viewer }
        var owner = viewer
        while let target = targets[owner] { owner = target }
        return owner
    }

    /// All whose events are those of `owner`, itself included, in the order of their numbers.
    func all(of owner: Int64) -> [Int64] {
        var all = [owner]
        var place = 0
        while place < all.count {
            all += sources[all[place]] ?? []
            place += 1
        }
        return all.sorted()
    }

    /// Whether `other` was taken into `viewer`, itself and not through a third.
    func isTaken(_ other: Int64, into viewer: Int64) -> Bool {
        targets[other] != nil && owner(of: other) == owner(of: viewer)
    }

    mutating func apply(_ record: IdentityRecord) {
        if record.isMerge {
            let (owner, other) = (owner(of: record.viewer), owner(of: record.other))
            // A circle is no news.
            if owner == other { return }
            targets[other] = owner
            sources[owner, default: []].append(other)
        } else if isTaken(record.other, into: record.viewer), let target = targets.removeValue(forKey: record.other) {
            sources[target]?.removeAll { $0 == record.other }
        }
    }
}
