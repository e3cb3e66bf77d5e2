internal import Events
internal import Plugins
internal import Store

extension FoldEngine {
    /// Bytes of the log that are looked through at a time.
    private static let readBytes = 32 << 20

    /// Loads each event into `event` that is wanted and that the gate of a purpose lets pass, up to where the fold at `place` has come, and
    /// calls `body` with the number of its viewer and with its time in seconds since 1970. The fold has the viewers' will. A viewer's
    /// events come in the log's order.
    func forEachEvent(
        admittedBy gate: Gate, knownTo place: Int, into event: EventDocument, where isWanted: (EventDocument) -> Bool,
        _ progress: (Int64, Int64) -> Void = { _, _ in }, _ body: (Int64, Int64) -> Void
    ) throws(HostError) {
        let fold = folds[place]
        let part = LogPart()
        var rows = EntryList()
        var reached: Int64 = 0
        while reached < fold.position {
            try HostError.translating { () throws(StoreError) in
                try store.readLog(after: reached, through: fold.position, bytes: Self.readBytes, into: part)
            }
            if part.end == reached { return }
            reached = part.end
            let wanted = part.entries.filter { entry in
                entry.viewer != 0 && event.load(part.text(of: entry)) && isWanted(event)
            }
            let entries = Dictionary(grouping: wanted) { owner(of: $0.viewer) }
            let viewers = entries.keys.sorted()
            try HostError.translating { () throws(StoreError) in
                try lanes[0].reader.forEach(viewers) { number, row in
                    let viewer = viewers[number]
                    try rows.read(row, of: viewer, known: [fold.number])
                    let record = FoldEntry(rows.entry(of: fold.number)).record
                    for entry in entries[viewer] ?? [] {
                        guard event.load(part.text(of: entry)), let time = event.seconds(received: entry.received),
                            gate.admits(at: time, record)
                        else { continue }
                        body(viewer, time)
                    }
                }
            }
            progress(reached, fold.position)
        }
    }
}
