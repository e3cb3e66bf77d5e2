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
}

extension EventStore {
    /// Blocks of the log that are changed in one transaction.
    private static let blocksOfCommit = 256

    /// Lets `change` decide about all events of some viewers, in one transaction.
    public func edit(
        eventsOf viewers: [Int64], _ change: (StoredEvent) throws -> EventChange
    ) throws(StoreError) -> EditCounts {
        let counts = try writing { [self] database in
            let editor = try LogEditor(database, viewerKeys)
            for viewer in viewers {
                try editor.edit(at: positions(of: viewer, database)) { try change(StoredEvent($0)) }
            }
            try editor.finish()
            return EditCounts(replaced: editor.replaced, removed: editor.removed)
        }
        try forgetPlaces()
        return counts
    }

    /// Lets `change` decide about all events that have a viewer, some blocks of them in a transaction.
    public func edit(_ change: (StoredEvent) throws -> EventChange) throws(StoreError) -> EditCounts {
        var counts = EditCounts()
        var reached: Int64? = -1
        while let start = reached {
            reached = try writing { [self] database in
                let editor = try LogEditor(database, viewerKeys)
                let end = try editor.edit(blocks: Self.blocksOfCommit, after: start) { try change(StoredEvent($0)) }
                try editor.finish()
                counts.replaced += editor.replaced
                counts.removed += editor.removed
                return end
            }
        }
        try forgetPlaces()
        return counts
    }

    /// Removes what is kept of viewers who have no events any more, and destroys their keys. They may come back. Gives their number.
    public func removeEmptyViewers() throws(StoreError) -> Int {
        let empty = try writing { [self] database in
            var viewers = Set(try Int64.fetchAll(database, sql: "SELECT viewer FROM viewers"))
            try LogReader(database, viewerKeys).forEachPlace(after: -1) { _, viewer in viewers.remove(viewer) }
            let waiting = try Int64.fetchAll(database, sql: "SELECT viewer FROM quarantine")
            let empty = viewers.subtracting(waiting).sorted()
            for viewer in empty { try removeRows(of: viewer, database) }
            return empty
        }
        try Self.translating(path) { [viewerKeys] in try viewerKeys.finishErasing(empty) }
        return empty.count
    }

    /// Lets all plugins that fold begin anew: what they keep is of events that are not there any more.
    public func forgetFolds() throws(StoreError) {
        try writing { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM folds") {
                try Self.forget(name, database)
            }
            try database.execute(sql: "DELETE FROM viewer_states")
        }
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
