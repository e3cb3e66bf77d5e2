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
    /// For so many viewers their own places are looked for, for more the whole log is looked through.
    private static let fewViewers = 16

    /// Lets `change` decide about all events of some viewers, those in quarantine too, in one transaction, with an entry in the audit log of
    /// what came of it.
    ///
    /// Where something changes, plugins that fold begin anew, and the viewers are taken out of all published audiences.
    public func edit(
        eventsOf viewers: [Int64], recording record: (Edits) -> AuditRecord? = { _ in nil },
        _ change: (LogEvent) throws -> EventChange
    ) throws(StoreError) -> Edits {
        let edits = try writing(recording: record) { [self] database in
            let editor = try LogEditor(database, viewerKeys)
            for viewer in viewers { try editor.edit(at: positions(of: viewer, database), change) }
            try editor.finish()
            let waiting = try Quarantine(database, viewerKeys).edit(eventsOf: viewers, database, change)
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
    public func edit(_ change: (LogEvent) throws -> EventChange) throws(StoreError) -> Edits {
        var edits: Edits = (EditCounts(), EditCounts())
        var reached: Int64? = -1
        while let start = reached {
            reached = try writing { [self] database in
                let editor = try LogEditor(database, viewerKeys)
                let end = try editor.edit(blocks: Self.blocksOfCommit, after: start, change)
                try editor.finish()
                if edits.log == EditCounts(), editor.counts != EditCounts() { try beginFoldsAnew(database) }
                edits.log.add(editor.counts)
                return end
            }
        }
        edits.quarantine = try writing { [self] database in
            try Quarantine(database, viewerKeys).edit(eventsOf: nil, database, change)
        }
        try forgetPlaces()
        return edits
    }

    /// Removes what is kept of those of the viewers who have no events any more, and destroys their keys. They may come back. Gives
    /// their number. `time` is in seconds since 1970.
    public func removeEmptyViewers(among viewers: Set<Int64>, at time: Int64) throws(StoreError) -> Int {
        let empty = try Self.translating(path) { [self] in
            try queue.read { try emptyViewers(among: viewers.subtracting([0]), $0) }
        }
        if empty.isEmpty { return 0 }
        try Self.translating(path) { [viewerKeys] in try viewerKeys.beginErasing(empty, as: .retired, at: time) }
        _ = try finishErasing(empty)
        return empty.count
    }

    private func emptyViewers(among viewers: Set<Int64>, _ database: Database) throws -> [Int64] {
        var empty = viewers.subtracting(try Int64.fetchAll(database, sql: "SELECT viewer FROM quarantine"))
        if empty.count <= Self.fewViewers {
            let log = LogReader(database, viewerKeys)
            // The index may have places where nothing lies any more.
            empty = try empty.filter { try !log.hasEvent(at: positions(of: $0, database)) }
        } else {
            try LogReader(database, viewerKeys).forEachPlace(after: -1) { _, viewer in empty.remove(viewer) }
        }
        return empty.sorted()
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
        for table in ["viewers", "viewer_events", "viewer_states", "written_files"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE viewer = ?", arguments: [viewer])
        }
    }
}
