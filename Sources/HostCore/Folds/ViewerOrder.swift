internal import Store

/// Events of a part of the log by viewer, in the order of the viewers' numbers and then of the log: those of the viewers whose
/// numbers lie in one of several ranges.
struct ViewerOrder {
    struct Viewer {
        let number: Int64
        /// Its events, as places in ``ViewerOrder/events``.
        let events: Range<Int>
    }

    /// Places in the part's list of entries.
    private(set) var events: [Int32] = []
    private(set) var viewers: [Viewer] = []

    /// The numbers of one of `count` ranges, which rise.
    static func range(_ index: Int, among count: Int) -> ClosedRange<Int64> {
        let size = UInt64.max / UInt64(count)
        let low = UInt64(index) * size
        let high = index == count - 1 ? UInt64.max : low + size - 1
        return Int64(bitPattern: low ^ (1 << 63))...Int64(bitPattern: high ^ (1 << 63))
    }

    /// Leaves out the viewers that are in a company.
    ///
    /// Viewers' numbers are hashes: put into as many buckets as there are events, most are in order by that alone.
    init(of part: LogPart, _ range: ClosedRange<Int64>, _ identities: Identities, without companies: [Int64: Int]) {
        var found: [(viewer: Int64, place: Int32)] = []
        for (place, entry) in part.entries.enumerated() where entry.viewer != 0 {
            let viewer = identities.owner(of: entry.viewer)
            if range.contains(viewer), companies.isEmpty || companies[entry.viewer] == nil {
                found.append((viewer, Int32(place)))
            }
        }
        Self.sort(&found, in: range)
        events.reserveCapacity(found.count)
        for (place, event) in found.enumerated() {
            if let last = viewers.last, last.number == event.viewer {
                viewers[viewers.count - 1] = Viewer(number: last.number, events: last.events.lowerBound..<place + 1)
            } else {
                viewers.append(Viewer(number: event.viewer, events: place..<place + 1))
            }
            events.append(event.place)
        }
    }

    private static func sort(_ found: inout [(viewer: Int64, place: Int32)], in range: ClosedRange<Int64>) {
        let size = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        let step = max(1, size / UInt64(max(1, found.count)))
        let buckets = found.map { event in
            min(Int(UInt64(bitPattern: event.viewer &- range.lowerBound) / step), found.count - 1)
        }
        var ends = [Int](repeating: 0, count: found.count + 1)
        for bucket in buckets { ends[bucket + 1] += 1 }
        for bucket in found.indices { ends[bucket + 1] += ends[bucket] }
        var order = found
        for (event, bucket) in zip(found, buckets) {
            order[ends[bucket]] = event
            ends[bucket] += 1
        }
        var start = 0
        for end in ends.dropLast() {
            let isInOrder = (start..<end).dropFirst().allSatisfy { order[$0 - 1].viewer <= order[$0].viewer }
            if !isInOrder {
                order[start..<end].sort { $0.viewer != $1.viewer ? $0.viewer < $1.viewer : $0.place < $1.place }
            }
            start = end
        }
        found = order
    }
}
