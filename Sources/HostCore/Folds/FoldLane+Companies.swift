internal import Events
internal import Plugins
internal import Store
internal import Synchronization

/// What is kept of viewers by now, where that is not what the store has.
private struct KeptRows: ~Copyable {
    private var places: [Int64: Range<Int>] = [:]
    private var bytes = ByteBuffer()

    func row(of viewer: Int64) -> UnsafeRawBufferPointer? {
        places[viewer].map { row(at: $0) }
    }

    /// Calls `body` with each viewer and its row, in the order of their numbers.
    func forEach(_ body: (Int64, UnsafeRawBufferPointer) throws(StoreError) -> Void) throws(StoreError) {
        for (viewer, place) in places.sorted(by: { $0.key < $1.key }) { try body(viewer, row(at: place)) }
    }

    private func row(at place: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes.rawBytes[place])
    }

    mutating func keep(_ entries: inout EntryList, of viewer: Int64) {
        let start = bytes.count
        entries.write(into: &bytes)
        places[viewer] = start..<bytes.count
    }
}

extension FoldLane {
    /// Folds companies' events: up to each event that says who is who, of which it then does what it says.
    func fold(
        _ companies: [(Company, [LogPart.Entry])], _ slice: FoldSlice, of work: FoldWork, _ folder: ViewerFolder
    ) throws(HostError) {
        let again = makeFolder(work.pass)
        try HostError.translating { () throws(StoreError) in
            for (company, events) in companies {
                var rows = KeptRows()
                var identities = work.identities
                var rest = events[...]
                for record in company.records {
                    let earlier = rest.prefix { $0.position < record.position }
                    try fold(earlier, identities, &rows, slice, of: work, folder)
                    try step(over: record, &identities, &rows, slice, work.pass, again)
                    work.done.wrappingAdd(1, ordering: .relaxed)
                    rest = rest[earlier.endIndex...].drop { $0.position == record.position }
                }
                try fold(rest, identities, &rows, slice, of: work, folder)
                try rows.forEach { (viewer, row) throws(StoreError) in
                    try slice.changes.set(row, of: viewer, sealedBy: reader)
                }
            }
        }
        var tallies = again.tallies
        // A quality plugin's groups have these events already.
        for index in tallies.indices { tallies[index].admitted.removeAll() }
        slice.add(tallies)
    }

    private func fold(
        _ events: ArraySlice<LogPart.Entry>, _ identities: Identities, _ rows: inout KeptRows, _ slice: FoldSlice,
        of work: FoldWork, _ folder: ViewerFolder
    ) throws(StoreError) {
        let own = Dictionary(grouping: events) { identities.owner(of: $0.viewer) }
        for (viewer, events) in own.sorted(by: { $0.key < $1.key }) {
            try readEntries(of: viewer, rows, work.pass)
            if try fold(events, of: viewer, slice, of: work, folder) { rows.keep(&entries, of: viewer) }
        }
    }

    private func readEntries(of viewer: Int64, _ rows: borrowing KeptRows, _ pass: FoldPass) throws(StoreError) {
        if let row = rows.row(of: viewer) { return try entries.read(row, of: viewer, known: pass.known) }
        try reader.forEach([viewer]) { _, row in try entries.read(row, of: viewer, known: pass.known) }
    }

    /// Does what an event says of two viewers. Where they are one from now on, all that was known of both is folded anew as
    /// one's; where they are two again, each one's own is. What forbids more counts for both.
    private func step(
        over record: IdentityRecord, _ identities: inout Identities, _ rows: inout KeptRows, _ slice: FoldSlice,
        _ pass: FoldPass, _ folder: ViewerFolder
    ) throws(StoreError) {
        let (owner, other) = (identities.owner(of: record.viewer), identities.owner(of: record.other))
        let isSplit = !record.isMerge && identities.isTaken(record.other, into: record.viewer)
        identities.apply(record)
        if record.isMerge, owner != other {
            let pairs = zip(try records(of: owner, rows, pass, folder), try records(of: other, rows, pass, folder))
            let merged = zip(pass.folds, pairs).map { fold, pair in
                Gate(for: folds[fold].manifest.purpose ?? .service, pass.rules).merged(pair.0, pair.1)
            }
            try refold(owner, record, identities, merged, &rows, slice, pass, folder)
            try readEntries(of: other, rows, pass)
            for number in pass.numbers { entries.set(UnsafeRawBufferPointer(start: nil, count: 0), of: number) }
            rows.keep(&entries, of: other)
            for number in pass.numbers { slice.changes.withdrawn[number, default: []] += [owner, other] }
        } else if isSplit {
            let kept = try records(of: owner, rows, pass, folder)
            for viewer in [owner, identities.owner(of: record.other)] {
                try refold(viewer, record, identities, kept, &rows, slice, pass, folder)
            }
            for number in pass.numbers { slice.changes.withdrawn[number, default: []].append(owner) }
        }
    }

    /// The gate's records of a viewer, by plugin.
    private func records(
        of viewer: Int64, _ rows: borrowing KeptRows, _ pass: FoldPass, _ folder: ViewerFolder
    ) throws(StoreError) -> [GateRecord] {
        try readEntries(of: viewer, rows, pass)
        folder.begin { entries.entry(of: pass.numbers[$0]) }
        return folder.records
    }

    /// Folds all of a viewer's events up to the record anew, with what is known of the viewer's will.
    private func refold(
        _ viewer: Int64, _ record: IdentityRecord, _ identities: Identities, _ records: [GateRecord],
        _ rows: inout KeptRows, _ slice: FoldSlice, _ pass: FoldPass, _ folder: ViewerFolder
    ) throws(StoreError) {
        let part = LogPart()
        try store.readEvents(of: identities.all(of: viewer), through: record.position, into: part)
        try readEntries(of: viewer, rows, pass)
        folder.begin(anewWith: records)
        for entry in part.entries {
            folder.add(part.text(of: entry), received: entry.received, reference: entry.position)
        }
        if finish(folder, viewer, slice, pass) { rows.keep(&entries, of: viewer) }
    }
}
