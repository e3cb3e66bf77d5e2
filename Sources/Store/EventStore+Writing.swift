internal import GRDB

/// Transactions.
extension EventStore {
    func writing<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        if writer == nil { throw .readOnly(path: path) }
        return try Self.translating(path) { [queue] in try queue.write(body) }
    }

    /// A transaction that outlives a loss of power: other commits may lose the last of what they wrote, which is read anew then.
    func writingForGood<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        if writer == nil { throw .readOnly(path: path) }
        return try Self.translating(path) { [queue] in
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                defer { try? database.execute(sql: "PRAGMA synchronous = NORMAL") }
                var result: T?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    return .commit
                }
                guard let result else { preconditionFailure("the transaction was committed") }
                return result
            }
        }
    }

    /// What the writer knows of the log is read anew, after it was changed behind its back.
    func forgetPlaces() throws(StoreError) {
        try Self.translating(path) { [queue, writer] in
            try queue.read { try writer?.forget($0) }
            try queue.writeWithoutTransaction { try $0.checkpointUnlessRead() }
        }
    }
}

extension Database {
    /// Folds the write-ahead log into the file, and empties it; where somebody reads, a later one does.
    func checkpointUnlessRead() throws {
        do {
            try checkpoint(.truncate)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return
        }
    }
}
