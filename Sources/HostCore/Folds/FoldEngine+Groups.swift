internal import Dispatch
internal import Plugins
internal import Store
internal import Synchronization

extension FoldEngine {
    /// Folds the events that were admitted for quality plugins into what is kept for the values of their dimensions; plugins
    /// are divided among threads.
    func foldGroups(
        of part: LogPart, _ pass: FoldPass, _ tallies: inout [FoldTally], into changes: FoldChanges
    ) throws(HostError) {
        let works = pass.folds.indices.compactMap { index -> GroupWork? in
            if tallies[index].admitted.isEmpty || tallies[index].takenOut != nil { return nil }
            let plugin = pass.folds[index]
            return GroupWork(
                place: index, fold: lanes[0].folds[plugin], stored: folds[plugin], tallies[index].admitted, store)
        }
        for index in tallies.indices { tallies[index].admitted.removeAll() }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(lanes.count, works.count)) { _ in
            while case let number = next.wrappingAdd(1, ordering: .relaxed).oldValue, number < works.count {
                works[number].run(part)
            }
        }
        for work in works {
            if let error = work.error { throw error }
            tallies[work.place].add(work.tally)
            for group in work.groups { changes.set(group) }
        }
    }
}

/// One quality plugin's events of a part.
private final class GroupWork: @unchecked Sendable {
    let place: Int
    private(set) var tally = FoldTally()
    private(set) var groups: [FoldChanges.Group] = []
    private(set) var error: HostError?

    private let fold: Fold
    private let stored: StoredFold
    private let admitted: [AdmittedEvent]
    private let store: EventStore

    init(place: Int, fold: Fold, stored: StoredFold, _ admitted: [AdmittedEvent], _ store: EventStore) {
        self.place = place
        self.fold = fold
        self.stored = stored
        self.admitted = admitted.sorted { $0.reference < $1.reference }
        self.store = store
    }

    func run(_ part: LogPart) {
        let folder = GroupFolder(fold) { [self] key in kept(for: key) }
        var entries = part.entries[...]
        for event in admitted {
            while let entry = entries.first, entry.position < event.reference { entries.removeFirst() }
            guard let entry = entries.first else { break }
            folder.add(part.text(of: entry), received: entry.received, event)
        }
        folder.finish { key, group in
            groups.append(
                FoldChanges.Group(
                    fold: stored.number, dimension: key.number,
                    value: String(decoding: key.value, as: UTF8.self), events: group.events, state: group.state))
        }
        tally = folder.tally
    }

    private func kept(for key: GroupFolder.Key) -> GroupFolder.Group? {
        do throws(StoreError) {
            return try store.group(
                of: stored, dimension: key.number,
                value: String(decoding: key.value, as: UTF8.self)
            ).map { GroupFolder.Group(events: $0.events, state: $0.state) }
        } catch {
            self.error = self.error ?? HostError(error)
            return nil
        }
    }
}
