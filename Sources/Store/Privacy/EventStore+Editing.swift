internal import Foundation
internal import GRDB

/// What became of the events that were looked at again.
public struct EditCounts: Equatable, Sendable {
    public var replaced = 0
    public var removed = 0

    public init(replaced: Int = 0, removed: Int = 0) {
        self.replaced = replaced
        self.removed = removed
    }

    /// Adds others to these.
    public mutating func add(_ other: EditCounts) {
        replaced += other.replaced
        removed += other.removed
    }
}

extension EventStore {
    /// What became of the events of the log, and of those in quarantine.
    public typealias Edits = (log: EditCounts, quarantine: EditCounts)

    /// Blocks of the log that are changed in one transaction.
    private static let blocksOfCommit = 256

    /// Lets `change` decide about all events of some viewers, those in quarantine too, in one transaction. It is given an event's text,
    /// and when the event came, in seconds since 1970.
    ///
    /// Where something changes, plugins that fold begin anew, and the viewers are taken out of all published audiences.
    public func edit(
        eventsOf viewers: [Int64], _ change: (UnsafeRawBufferPointer, Int64) throws -> EventChange
    ) throws(StoreError) -> Edits {
        let edits = try writing { [self] database in
            let editor = try LogEditor(database, viewerKeys)
            for viewer in viewers {
                try editor.edit(at: positions(of: viewer, database)) { try change($0.body, $0.received) }
            }
            try editor.finish()
            let waiting = try Quarantine(database, viewerKeys).edit(eventsOf: viewers, database) {
                try change($0.body, $0.received)
            }
            if editor.counts != EditCounts() {
                _ = try withdraw(viewers, database)
                try beginFoldsAnew(database)
            }
            return (editor.counts, waiting)
        }
        try forgetPlaces()
        return edits
    }

    /// Lets `change` decide about all events that have a viewer, as the other function does, some blocks of them in a transaction. Published
    /// audiences stay as they are until their next edition.
    public func edit(
        _ change: (UnsafeRawBufferPointer, Int64) throws -> EventChange
    ) throws(StoreError) -> Edits {
        var edits: Edits = (EditCounts(), EditCounts())
        var reached: Int64? = -1
        while let start = reached {
            reached = try writing { [self] database in
                let editor = try LogEditor(database, viewerKeys)
                let end = try editor.edit(blocks: Self.blocksOfCommit, after: start) {
                    try change($0.body, $0.received)
                }
                try editor.finish()
                if edits.log == EditCounts(), editor.counts != EditCounts() { try beginFoldsAnew(database) }
                edits.log.add(editor.counts)
                return end
            }
        }
        edits.quarantine = try writing { [self] database in
            try Quarantine(database, viewerKeys).edit(eventsOf: nil, database) { try change($0.body, $0.received) }
        }
        try forgetPlaces()
        return edits
    }

    /// Removes what is kept of viewers who have no events any more, of all or of `some`, and destroys their keys. They may come
    /// back. Gives their number.
    public func removeEmptyViewers(among some: [Int64]? = nil) throws(StoreError) -> Int {
        let empty = try writing { [self] database in
            var viewers = Set(try Int64.fetchAll(database, sql: "SELECT viewer FROM viewers"))
            if let some {
                viewers.formIntersection(some)
                viewers = try viewers.filter { try positions(of: $0, database).isEmpty }
            } else {
                try LogReader(database, viewerKeys).forEachPlace(after: -1) { _, viewer in viewers.remove(viewer) }
            }
            let waiting = try Int64.fetchAll(database, sql: "SELECT viewer FROM quarantine")
            let empty = viewers.subtracting(waiting).sorted()
            for viewer in empty { try removeRows(of: viewer, database) }
            _ = try withdraw(empty, database)
            return empty
        }
        try Self.translating(path) { [viewerKeys] in try viewerKeys.finishErasing(empty) }
        return empty.count
    }

    /// What plugins that fold have made is of what was in the log before. Audiences stay: two editions of them may not differ by one
    /// viewer.
    private func beginFoldsAnew(_ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE folds SET position = 0, clock = NULL, calls = 0, failures = 0, failure = NULL, taken_out = 0;
                DELETE FROM groups;
                DELETE FROM viewer_states
                """)
    }

    func removeRows(of viewer: Int64, _ database: Database) throws {
        for table in ["viewers", "viewer_events", "viewer_states"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE viewer = ?", arguments: [viewer])
        }
    }

    /// What the writer knows of the log is read anew.
    private func forgetPlaces() throws(StoreError) {
        try Self.translating(path) { [queue, writer] in
            try queue.read { try writer?.forget($0) }
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
    }
}
