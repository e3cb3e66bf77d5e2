/// What each viewer did in each group, before it is bounded.
///
/// It takes some 40 bytes of memory for each viewer and group.
public struct Contributions: Sendable {
    private struct Pair: Hashable, Comparable {
        let viewer: Int64
        let group: Int

        static func < (left: Pair, right: Pair) -> Bool {
            left.viewer != right.viewer ? left.viewer < right.viewer : left.group < right.group
        }
    }

    private struct Entry {
        var count = 0
        var sum = 0.0
    }

    private var entries: [Pair: Entry] = [:]

    public init() {}

    /// Adds an event of a viewer's in a group; groups are numbered from 0 on. `number` is what is summed up, where anything is.
    public mutating func add(viewer: Int64, group: Int, number: Double = 0) {
        entries[Pair(viewer: viewer, group: group), default: Entry()].count += 1
        entries[Pair(viewer: viewer, group: group), default: Entry()].sum += number
    }

    /// The totals of `groups` groups to which each viewer contributes in `groupsPerViewer` at the most and there by no more than the
    /// measure allows. Which of a viewer's groups stay is drawn by lot (Wilson and others 2020, section 3.2).
    public func totals(
        of measure: Measure, groups: Int, groupsPerViewer: Int, using generator: inout some RandomNumberGenerator
    ) -> [GroupTotal] {
        var totals = [GroupTotal](repeating: GroupTotal(), count: groups)
        let pairs = entries.keys.sorted()
        var start = 0
        while start < pairs.count {
            let viewer = pairs[start].viewer
            let end = pairs[start...].firstIndex { $0.viewer != viewer } ?? pairs.count
            for pair in Self.sample(of: pairs[start..<end], groupsPerViewer, using: &generator) {
                guard let entry = entries[pair] else { continue }
                totals[pair.group].viewers += 1
                totals[pair.group].total += measure.contribution(count: entry.count, sum: entry.sum)
            }
            start = end
        }
        return totals
    }

    /// So many of them, every choice as likely as the others (the first steps of Fisher and Yates's shuffle).
    private static func sample(
        of pairs: ArraySlice<Pair>, _ count: Int, using generator: inout some RandomNumberGenerator
    ) -> ArraySlice<Pair> {
        if pairs.count <= count { return pairs }
        var pairs = pairs
        for place in pairs.indices.prefix(count) {
            pairs.swapAt(place, Int.random(in: place..<pairs.endIndex, using: &generator))
        }
        return pairs.prefix(count)
    }
}

/// What all viewers did in one group, without noise: it is not to be shown.
public struct GroupTotal: Equatable, Sendable {
    public var viewers: Int
    public var total: Int

    public init(viewers: Int = 0, total: Int = 0) {
        self.viewers = viewers
        self.total = total
    }
}
