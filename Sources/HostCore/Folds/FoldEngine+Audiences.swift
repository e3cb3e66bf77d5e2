internal import Dispatch
internal import Events
internal import Plugins
internal import Store
internal import Synchronization

extension FoldEngine {
    /// Editions of audiences are as far apart at the least, in seconds.
    private static let secondsBetweenEditions: Int64 = 3600
    /// Lanes take ranges of viewers in turn, so that none waits long for another.
    private static let rangesPerLane = 16

    /// Asks all viewers' states who is in the segments at `now`, and publishes a new edition of the audiences whose last one is
    /// an hour old, or of all where `isForced`.
    func publish(at now: Int64, isForced: Bool = false) throws(HostError) {
        let stored = try HostError.translating { () throws(StoreError) in try store.folds() }
        let due = folds.indices.filter { index in
            guard case .segment(let segment) = manifests[index].kind, !segment.isExclusion, !folds[index].isTakenOut
            else { return false }
            let last = stored.first { $0.number == folds[index].number }?.publishedAt
            return isForced || last.map { now - $0 >= Self.secondsBetweenEditions } ?? true
        }
        if due.isEmpty { return }
        let count = lanes.count * Self.rangesPerLane
        let scans = (0..<count).map { number in
            AudienceScan(ViewerOrder.range(number, among: count), of: due.map { folds[$0].number })
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: lanes.count) { [lanes, settings] number in
            let readers = due.map { SegmentReader(lanes[number].folds[$0], settings.rules) }
            while case let place = next.wrappingAdd(1, ordering: .relaxed).oldValue, place < count {
                scans[place].run(lanes[number].reader, readers, now)
            }
        }
        for scan in scans { if let error = scan.error { throw error } }
        for (place, index) in due.enumerated() {
            // The ranges rise, and so do the numbers.
            let members = scans.flatMap { $0.members[place] }
            let fold = folds[index]
            try HostError.translating { () throws(StoreError) in
                try store.publish(members, of: fold, minimum: settings.minimumAudience, at: now)
            }
        }
    }
}

/// Who of the viewers in a range of numbers is in which segments.
private final class AudienceScan: @unchecked Sendable {
    /// Bytes of entries that are read before the segments are asked: one after the other, for each one's Lua state takes the
    /// processor's caches.
    private static let batchBytes = 64 << 10

    /// For each segment, in the order of the viewers' numbers.
    private(set) var members: [[Int64]]
    private(set) var error: HostError?

    private let range: ClosedRange<Int64>
    private let numbers: [Int64]
    private var bytes = ByteBuffer()
    /// For each segment.
    private var entries: [[(viewer: Int64, place: Range<Int>)]]

    init(_ range: ClosedRange<Int64>, of numbers: [Int64]) {
        self.range = range
        self.numbers = numbers
        members = numbers.map { _ in [] }
        entries = numbers.map { _ in [] }
    }

    func run(_ states: StateReader, _ readers: [SegmentReader], _ now: Int64) {
        var list = EntryList()
        do throws(StoreError) {
            try states.forEach(in: range) { viewer, row in
                try list.read(row, of: viewer, known: numbers)
                for place in numbers.indices {
                    let entry = list.entry(of: numbers[place])
                    if entry.isEmpty { continue }
                    entries[place].append((viewer, bytes.count..<bytes.count + entry.count))
                    bytes.append(entry)
                }
                if bytes.count >= Self.batchBytes { ask(readers, now) }
            }
            ask(readers, now)
        } catch {
            self.error = HostError(error)
        }
    }

    private func ask(_ readers: [SegmentReader], _ now: Int64) {
        for (place, reader) in readers.enumerated() {
            for entry in entries[place] {
                let bytes = UnsafeRawBufferPointer(rebasing: bytes.rawBytes[entry.place])
                // Whoever cannot be answered for is not in the segment.
                if (try? reader.isMember(bytes, now: now)) == true { members[place].append(entry.viewer) }
            }
            entries[place].removeAll(keepingCapacity: true)
        }
        bytes.removeAll()
    }
}
