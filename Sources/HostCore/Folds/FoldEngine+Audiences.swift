internal import Dispatch
internal import Plugins
internal import Store

extension FoldEngine {
    /// Editions of audiences are as far apart at the least, in seconds.
    private static let secondsBetweenEditions: Int64 = 3600

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
        let scans = lanes.enumerated().map { number, lane in
            AudienceScan(
                lane, ViewerOrder.range(number, among: lanes.count), folds: due, numbers: due.map { folds[$0].number },
                settings.rules)
        }
        DispatchQueue.concurrentPerform(iterations: scans.count) { scans[$0].run(now) }
        for scan in scans { if let error = scan.error { throw error } }
        for (place, index) in due.enumerated() {
            // The lanes' ranges rise, and so do the numbers.
            let members = scans.flatMap { $0.members[place] }
            let fold = folds[index]
            try HostError.translating { () throws(StoreError) in
                try store.publish(members, of: fold, minimum: settings.minimumAudience, at: now)
            }
        }
    }
}

/// Who of a lane's viewers is in which segments.
private final class AudienceScan: @unchecked Sendable {
    /// For each segment, in the order of the viewers' numbers.
    private(set) var members: [[Int64]]
    private(set) var error: HostError?

    private let lane: FoldLane
    private let range: ClosedRange<Int64>
    private let readers: [SegmentReader]
    private let numbers: [Int64]

    init(_ lane: FoldLane, _ range: ClosedRange<Int64>, folds: [Int], numbers: [Int64], _ rules: GateRules) {
        self.lane = lane
        self.range = range
        self.numbers = numbers
        readers = folds.map { SegmentReader(lane.folds[$0], rules) }
        members = folds.map { _ in [] }
    }

    func run(_ now: Int64) {
        var entries = EntryList()
        do throws(StoreError) {
            try lane.reader.forEach(in: range) { viewer, row in
                try entries.read(row, of: viewer, known: numbers)
                for (place, reader) in readers.enumerated() {
                    let entry = entries.entry(of: numbers[place])
                    if entry.isEmpty { continue }
                    // Whoever cannot be answered for is not in the segment.
                    if (try? reader.isMember(entry, now: now)) == true { members[place].append(viewer) }
                }
            }
        } catch {
            self.error = HostError(error)
        }
    }
}
