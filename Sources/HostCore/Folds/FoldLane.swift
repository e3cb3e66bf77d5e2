internal import Plugins
internal import Store
internal import Synchronization

/// Folds viewers' events. Each lane has Lua states of its own, and is used by one thread at a time.
final class FoldLane: @unchecked Sendable {
    let folds: [Fold]
    let reader: StateReader
    let store: EventStore
    /// Those of the viewer at hand.
    var entries = EntryList()

    init(_ folds: [Fold], _ store: EventStore) throws(HostError) {
        self.folds = folds
        self.store = store
        reader = try HostError.translating { () throws(StoreError) in try store.makeStateReader() }
    }

    /// Folds slices of the work until none is left.
    func process(_ work: FoldWork) {
        let folder = makeFolder(work.pass)
        while let slice = work.takeSlice() {
            folder.resetTallies()
            do throws(HostError) {
                switch slice.content {
                case .viewers(let order, let range): try fold(order, range, slice, of: work, folder)
                case .companies(let companies): try fold(companies, slice, of: work, folder)
                }
            } catch {
                slice.error = error
            }
            slice.add(folder.tallies)
            slice.latest = folder.latest
        }
    }

    func makeFolder(_ pass: FoldPass) -> ViewerFolder {
        ViewerFolder(pass.folds.map { folds[$0] }, pass.rules)
    }

    private func fold(
        _ order: ViewerOrder, _ range: Range<Int>, _ slice: FoldSlice, of work: FoldWork, _ folder: ViewerFolder
    ) throws(HostError) {
        let viewers = order.viewers[range].map { $0.number }
        try HostError.translating { () throws(StoreError) in
            try reader.forEach(viewers) { number, row in
                let viewer = order.viewers[range.lowerBound + number]
                try entries.read(row, of: viewer.number, known: work.pass.known)
                let events = order.events[viewer.events].map { work.part.entries[Int($0.place)] }
                if try fold(events, of: viewer.number, slice, of: work, folder) {
                    try slice.changes.set(&entries, of: viewer.number, sealedBy: reader)
                }
            }
        }
    }

    /// Folds events of the viewer whose entries are at hand; whether those changed.
    func fold(
        _ events: [LogPart.Entry], of viewer: Int64, _ slice: FoldSlice, of work: FoldWork, _ folder: ViewerFolder
    ) throws(StoreError) -> Bool {
        folder.begin { entries.entry(of: work.pass.numbers[$0]) }
        try open(events, slice, of: work) { entry in
            folder.add(work.part.text(of: entry), received: entry.received, reference: entry.position)
        }
        work.done.wrappingAdd(events.count, ordering: .relaxed)
        return finish(folder, viewer, slice, work.pass)
    }

    /// Opens the events of one viewer, and of those who were taken into that one, and calls `body` with each that has a key.
    private func open(
        _ events: [LogPart.Entry], _ slice: FoldSlice, of work: FoldWork, _ body: (LogPart.Entry) -> Void
    ) throws(StoreError) {
        var rest = events[...]
        while let viewer = rest.first?.viewer {
            let own = rest.prefix { $0.viewer == viewer }
            if try reader.open(own, of: viewer, in: work.part) {
                own.forEach(body)
            } else {
                slice.unreadable += own.count
            }
            rest = rest[own.endIndex...]
        }
    }

    /// Ends with a viewer, whose entries become what they are now; whether any changed.
    func finish(_ folder: ViewerFolder, _ viewer: Int64, _ slice: FoldSlice, _ pass: FoldPass) -> Bool {
        var isChanged = false
        folder.finish { plugin, entry in
            entries.set(entry, of: pass.numbers[plugin])
            isChanged = true
        }
        for plugin in folder.closed { slice.changes.withdrawn[pass.numbers[plugin], default: []].append(viewer) }
        return isChanged
    }
}
