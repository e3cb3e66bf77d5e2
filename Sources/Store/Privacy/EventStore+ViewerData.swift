internal import Events
internal import Foundation
internal import GRDB

/// What a store holds of one person, who may be several viewers of it.
extension EventStore {
    /// Reads the next events of some viewers, behind `position` and up to `end`, in the log's order into `part`: of each viewer about
    /// `limit` at the most. ``LogPart/end`` then says from where to go on; it is `end` where there is nothing more.
    public func readEvents(
        of viewers: [Int64], after position: Int64, through end: Int64, limit: Int, into part: LogPart
    ) throws(StoreError) {
        part.removeAll(from: position)
        var reached = end
        try Self.translating(path) { [self] in
            try queue.read { database in
                for viewer in viewers {
                    var (count, last) = (0, position)
                    try forEachEvent(of: viewer, after: position, limit: limit, database) { event in
                        if event.position > end { return }
                        part.append(event)
                        (count, last) = (count + 1, event.position)
                    }
                    // Of this one more may follow, which comes before what others have further on.
                    if count >= limit { reached = min(reached, last) }
                }
            }
        }
        part.cut(behind: reached)
    }

    /// The events of some viewers that wait in quarantine, in the order of their numbers.
    public func quarantined(of viewers: [Int64]) throws(StoreError) -> [QuarantinedEvent] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT * FROM quarantine WHERE viewer IN (\(databaseQuestionMarks(count: viewers.count)))
                        ORDER BY key
                        """,
                    arguments: StatementArguments(viewers)
                ).compactMap { try QuarantinedEvent($0, viewerKeys) }
            }
        }
    }

    /// What the audit log says of these viewers, whom it names by their marks.
    public func auditEntries(of viewers: [Int64]) throws(StoreError) -> [AuditEntry] {
        let marks = viewers.map { "\"\(mark(of: $0).text)\"" }
        return try auditEntries().filter { entry in marks.contains { entry.detail.contains($0) } }
    }
}

extension EntryList {
    /// What a viewer's row has, by the numbers of the folds: of those too that are no more, of which something may be left.
    public static func entries(
        of viewer: Int64, in row: UnsafeRawBufferPointer
    ) throws(StoreError) -> [(fold: Int64, bytes: [UInt8])] {
        var entries: [(fold: Int64, bytes: [UInt8])] = []
        var place = 0
        while place < row.count {
            guard let fold = row.number(at: &place), let length = row.number(at: &place), fold <= Int64.max,
                let bytes = row.bytes(length, at: &place)
            else { throw .damagedRow(viewer: viewer) }
            entries.append((Int64(fold), Array(bytes)))
        }
        return entries
    }
}
