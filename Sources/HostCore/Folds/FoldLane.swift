internal import Plugins
internal import Store
internal import Synchronization

/// Folds the events of some of the viewers: those whose numbers lie in its range. Each lane has Lua states of its own, and is
/// used by one thread at a time.
final class FoldLane: @unchecked Sendable {
    /// Which of `count` lanes a viewer's events belong to. Lanes have rising numbers.
    static func index(of viewer: Int64, among count: Int) -> Int {
        let place = UInt64(bitPattern: viewer) ^ (1 << 63)
        return min(Int(place / (UInt64.max / UInt64(count))), count - 1)
    }

    /// The numbers of the viewers of a lane.
    static func range(_ index: Int, among count: Int) -> ClosedRange<Int64> {
        let size = UInt64.max / UInt64(count)
        let low = UInt64(index) * size
        let high = index == count - 1 ? UInt64.max : low + size - 1
        return Int64(bitPattern: low ^ (1 << 63))...Int64(bitPattern: high ^ (1 << 63))
    }

    let folds: [Fold]
    let reader: StateReader
    private(set) var changes = FoldChanges()
    private(set) var tallies: [FoldTally] = []
    private(set) var latest: Int64?
    private(set) var error: HostError?
    /// Events of the part at hand that are done, and those that could not be opened, for their viewers' keys are gone.
    let done = Atomic(0)
    private(set) var unreadable = 0

    private let index: Int
    private let count: Int
    private var entries = EntryList()

    init(_ index: Int, of count: Int, _ folds: [Fold], _ store: EventStore) throws(HostError) {
        self.index = index
        self.count = count
        self.folds = folds
        reader = try HostError.translating { () throws(StoreError) in try store.makeStateReader() }
    }

    /// Folds what the part has for this lane.
    func process(_ part: LogPart, _ pass: FoldPass) {
        changes = FoldChanges()
        error = nil
        unreadable = 0
        done.store(0, ordering: .relaxed)
        let folder = ViewerFolder(pass.folds.map { folds[$0] }, pass.rules)
        let order = self.order(of: part, pass)
        var viewers: [(viewer: Int64, start: Int, end: Int)] = []
        for (place, item) in order.enumerated() {
            if viewers.last?.viewer == item.viewer {
                viewers[viewers.count - 1].end = place + 1
            } else {
                viewers.append((item.viewer, place, place + 1))
            }
        }
        do throws(HostError) {
            try read(viewers.map { $0.viewer }, pass) { (number) throws(StoreError) in
                let (viewer, start, end) = viewers[number]
                folder.begin { entries.entry(of: pass.numbers[$0]) }
                try open(order[start..<end].map { part.entries[Int($0.place)] }, of: part) { entry in
                    folder.add(part.text(of: entry), received: entry.received, reference: entry.position)
                }
                try keep(folder, viewer, pass)
                done.wrappingAdd(end - start, ordering: .relaxed)
            }
        } catch {
            self.error = error
        }
        tallies = folder.tallies
        latest = folder.latest
    }

    /// Opens the events of one viewer, and of those who were taken into that one, and calls `body` with each that has a key.
    private func open(
        _ entries: [LogPart.Entry], of part: LogPart, _ body: (LogPart.Entry) -> Void
    ) throws(StoreError) {
        var rest = entries[...]
        while let viewer = rest.first?.viewer {
            let own = rest.prefix { $0.viewer == viewer }
            if try reader.open(own, of: viewer, in: part) { own.forEach(body) } else { unreadable += own.count }
            rest = rest[own.endIndex...]
        }
    }

    /// Folds all of a viewer's events anew, with what is known of the viewer's will.
    func refold(_ part: LogPart, of viewer: Int64, _ records: [GateRecord], _ pass: FoldPass) throws(HostError) {
        let folder = ViewerFolder(pass.folds.map { folds[$0] }, pass.rules)
        try read([viewer], pass) { (_) throws(StoreError) in
            folder.begin(anewWith: records)
            for entry in part.entries {
                folder.add(part.text(of: entry), received: entry.received, reference: entry.position)
            }
            try keep(folder, viewer, pass)
        }
        tallies = folder.tallies
    }

    /// The gate's records of a viewer.
    func records(of viewer: Int64, _ pass: FoldPass) throws(HostError) -> [GateRecord] {
        let folder = ViewerFolder(pass.folds.map { folds[$0] }, pass.rules)
        var records: [GateRecord] = []
        try read([viewer], pass) { _ in
            folder.begin { entries.entry(of: pass.numbers[$0]) }
            records = folder.records
        }
        return records
    }

    /// Removes what the pass's plugins have of a viewer.
    func remove(_ viewer: Int64, _ pass: FoldPass) throws(HostError) {
        try read([viewer], pass) { (_) throws(StoreError) in
            for number in pass.numbers { entries.set(UnsafeRawBufferPointer(start: nil, count: 0), of: number) }
            try changes.set(&entries, of: viewer, sealedBy: reader)
        }
    }

    func clearChanges() {
        changes = FoldChanges()
    }

    /// Calls `body` for each of the viewers, by its place in the list, whose entries are then at hand.
    private func read(_ viewers: [Int64], _ pass: FoldPass, _ body: (Int) throws(StoreError) -> Void) throws(HostError)
    {
        try HostError.translating { () throws(StoreError) in
            try reader.forEach(viewers) { number, row in
                try entries.read(row, of: viewers[number], known: pass.known)
                try body(number)
            }
        }
    }

    private func keep(_ folder: ViewerFolder, _ viewer: Int64, _ pass: FoldPass) throws(StoreError) {
        var isChanged = false
        folder.finish { plugin, entry in
            entries.set(entry, of: pass.numbers[plugin])
            isChanged = true
        }
        if isChanged { try changes.set(&entries, of: viewer, sealedBy: reader) }
        for plugin in folder.closed { changes.withdrawn[pass.numbers[plugin], default: []].append(viewer) }
    }

    /// The lane's events by viewer, in the order of the viewers' numbers and then of the log.
    ///
    /// Viewers' numbers are hashes: put into as many buckets as there are events, most are in order by that alone.
    private func order(of part: LogPart, _ pass: FoldPass) -> [(viewer: Int64, place: Int32)] {
        var events: [(viewer: Int64, place: Int32)] = []
        for (place, entry) in part.entries.enumerated() where entry.viewer != 0 {
            let viewer = pass.identities.owner(of: entry.viewer)
            if Self.index(of: viewer, among: count) == index { events.append((viewer, Int32(place))) }
        }
        let low = Self.range(index, among: count).lowerBound
        let factor = UInt64(events.count * count)
        let buckets = events.map { event in
            min(Int(UInt64(bitPattern: event.viewer &- low).multipliedFullWidth(by: factor).high), events.count - 1)
        }
        var ends = [Int](repeating: 0, count: events.count + 1)
        for bucket in buckets { ends[bucket + 1] += 1 }
        for bucket in events.indices { ends[bucket + 1] += ends[bucket] }
        var order = events
        for (event, bucket) in zip(events, buckets) {
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
        return order
    }
}

/// The plugins that fold one part of the log together, for they have come equally far.
struct FoldPass {
    /// Places in the lanes' lists of plugins.
    let folds: [Int]
    /// Their folds' numbers in the store.
    let numbers: [Int64]
    /// Those of all folds that the store has.
    let known: [Int64]
    let rules: GateRules
    let identities: Identities
}
