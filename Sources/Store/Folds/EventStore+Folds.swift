internal import Events
internal import Foundation
internal import GRDB

extension EventStore {
    /// The plugins that have folded the log, by name.
    public func folds() throws(StoreError) -> [StoredFold] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM folds ORDER BY name").map { StoredFold($0) }
            }
        }
    }

    /// Lets a plugin begin anew: what it has folded before, and its audience, is forgotten. Gives it its number.
    public func begin(_ fold: StoredFold) throws(StoreError) -> StoredFold {
        try writing { database in
            try Self.forget(fold.name, database)
            try database.execute(
                sql: "INSERT INTO folds VALUES (NULL, ?, ?, ?, ?, 0, NULL, 0, 0, NULL, 0, NULL, 0)",
                arguments: [fold.kind, fold.name, fold.version, Data(fold.fingerprint)])
            var begun = fold
            begun.number = database.lastInsertedRowID
            return begun
        }
    }

    /// Forgets a plugin and all that it has folded.
    public func forgetFold(named name: String) throws(StoreError) {
        try writing { try Self.forget(name, $0) }
    }

    /// Entries of a fold that is no more lie in viewers' rows until those are written anew; nobody reads them.
    static func forget(_ name: String, _ database: Database) throws {
        guard let number = try Int64.fetchOne(database, sql: "SELECT fold FROM folds WHERE name = ?", arguments: [name])
        else { return }
        for table in ["folds", "audiences", "groups"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE fold = ?", arguments: [number])
        }
    }

    /// The last place of the log; 0 where it is empty.
    public func lastPosition() throws(StoreError) -> Int64 {
        try Self.translating(path) { [queue] in try queue.read { try Self.lastPosition($0) } }
    }

    static func lastPosition(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database, sql: "SELECT first + length(ends) / 4 - 1 FROM blocks ORDER BY first DESC LIMIT 1") ?? 0
    }

    /// Commits what a pass has changed.
    public func commit(_ changes: FoldChanges) throws(StoreError) {
        try writing { [viewerKeys] database in
            _ = try viewerKeys.makeKeys(
                for: changes.rows.lazy.filter { !$0.isSealed }.map { $0.viewer }, besides: database)
            var sealed = ByteBuffer()
            let setRow = try Statement(database, "INSERT OR REPLACE INTO viewer_states VALUES (?, ?)")
            let removeRow = try Statement(database, "DELETE FROM viewer_states WHERE viewer = ?")
            for (index, row) in changes.rows.enumerated() {
                if row.isEmpty {
                    removeRow.bind(1, row.viewer)
                    try removeRow.run()
                    continue
                }
                setRow.bind(1, row.viewer)
                if row.isSealed {
                    setRow.bind(2, blob: changes.row(index))
                } else {
                    sealed.removeAll()
                    let key = try viewerKeys.keyInUse(of: row.viewer)
                    viewerKeys.cipher.seal(sealing: changes.row(index), key, .states(row.viewer), into: &sealed)
                    setRow.bind(2, blob: sealed.rawBytes)
                }
                try setRow.run()
            }
            for group in changes.groups {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO groups VALUES (?, ?, ?, ?, ?)",
                    arguments: [group.fold, group.dimension, group.value, group.events, Data(group.state)])
            }
            for fold in changes.folds {
                try database.execute(
                    sql: """
                        UPDATE folds SET position = ?, clock = ?, calls = ?, failures = ?, failure = ?, taken_out = ?
                        WHERE fold = ?
                        """,
                    arguments: [
                        fold.position, fold.clock, fold.calls, fold.failures, fold.failure, fold.isTakenOut,
                        fold.number,
                    ])
            }
            for fold in changes.folds where fold.isTakenOut { try Audience(fold.number, database).removeAll() }
            for (fold, viewers) in changes.withdrawn.sorted(by: { $0.key < $1.key }) {
                try Audience(fold, database).withdraw(Set(viewers).sorted(), minimum: changes.minimumAudience)
            }
        }
    }

}

extension StoredFold {
    init(_ row: Row) {
        self.init(
            kind: row["kind"], name: row["name"], version: row["version"],
            fingerprint: Array(row["fingerprint"] as Data))
        number = row["fold"]
        position = row["position"]
        clock = row["clock"]
        calls = row["calls"]
        failures = row["failures"]
        failure = row["failure"]
        isTakenOut = row["taken_out"]
        publishedAt = row["published_at"]
        audience = row["audience"]
    }
}
