internal import Store

/// Events of a part of the log by viewer, in the order of the viewers' numbers and then of the log: those of the viewers whose
/// numbers lie in one of several ranges.
struct ViewerOrder {
    struct Viewer {
        let number: Int64
        /// In ``ViewerOrder/events``.
        let events: Range<Int>
    }

    struct Event {
        let viewer: Int64
        /// In the part's list of entries.
        let place: Int32
    }

    private(set) var events: [Event] = []
    private(set) var viewers: [Viewer] = []

    /// The numbers of one of `count` ranges, which rise.
    static func range(_ index: Int, among count: Int) -> ClosedRange<Int64> {
        let size = UInt64.max / UInt64(count)
        let low = UInt64(index) * size
        let high = index == count - 1 ? UInt64.max : low + size - 1
        return Int64(bitPattern: low ^ (1 << 63))...Int64(bitPattern: high ^ (1 << 63))
    }

    /// Leaves out the events at some places, which rise.
    ///
    /// Viewers' numbers are hashes: put into as many buckets as there are events, most are in order by that alone.
    init(of part: LogPart, _ range: ClosedRange<Int64>, _ identities: Identities, without places: [Int]) {
        let step = max(1, UInt64(bitPattern: range.upperBound &- range.lowerBound) / UInt64(part.entries.count + 1))
        // Memory that is used for the first time costs more than to look twice who an event's viewer is.
        func forEach(_ body: (Int, Event) -> Void) {
            var left = places[...]
            for (place, entry) in part.entries.enumerated() where entry.viewer != 0 {
                if place == left.first {
                    left.removeFirst()
                    continue
                }
                let viewer = identities.owner(of: entry.viewer)
                if !range.contains(viewer) { continue }
                let bucket = UInt64(bitPattern: viewer &- range.lowerBound) / step
                body(min(Int(bucket), part.entries.count), Event(viewer: viewer, place: Int32(place)))
            }
        }
        var ends = [Int32](repeating: 0, count: part.entries.count + 2)
        forEach { bucket, _ in ends[bucket + 1] += 1 }
        for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
        let count = Int(ends[ends.count - 1])
        events = Array(unsafeUninitializedCapacity: count) { events, filled in
            forEach { bucket, event in
                events.initializeElement(at: Int(ends[bucket]), to: event)
                ends[bucket] += 1
            }
            filled = count
        }
        var start = 0
        for end in ends.lazy.map({ Int($0) }) where end > start {
            let isInOrder = (start..<end).dropFirst().allSatisfy { events[$0 - 1].viewer <= events[$0].viewer }
            if !isInOrder {
                events[start..<end].sort { $0.viewer != $1.viewer ? $0.viewer < $1.viewer : $0.place < $1.place }
            }
            start = end
        }
        start = 0
        for place in events.indices where place + 1 == count || events[place + 1].viewer != events[place].viewer {
            viewers.append(Viewer(number: events[place].viewer, events: start..<place + 1))
            start = place + 1
        }
    }
}
