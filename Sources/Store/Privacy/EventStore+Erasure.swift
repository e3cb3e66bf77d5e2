internal import Events
internal import Foundation
internal import GRDB

/// What an erasure removed.
public struct ErasureCounts: Equatable, Sendable {
    /// Of the log.
    public var events = 0
    /// Of the quarantine.
    public var quarantined = 0
    /// Segments in whose published audience a viewer was.
    public var audiences = 0

    public init() {}
}

extension EventStore {
    /// How many viewers a segment must have where the store has no setting.
    public static let defaultMinimumAudience = 50

    /// Removes all that is kept of viewers and destroys their keys, so that no copy of the store can be read any more either.
    /// Events of theirs that come later are refused. Quality plugins, whose figures they are part of, begin anew.
    ///
    /// An erasure that is cut off is finished when the store is next opened to be written to. `time` is in seconds since 1970.
    public func erase(_ viewers: [Int64], at time: Int64) throws(StoreError) -> ErasureCounts {
        if writer == nil { throw .readOnly(path: path) }
        // Events without a subject are nobody's.
        let viewers = viewers.filter { $0 != 0 }
        try Self.translating(path) { [viewerKeys] in try viewerKeys.beginErasing(viewers, as: .erased, at: time) }
        return try finishErasing(viewers)
    }

    /// Who is erased now.
    public var erasedViewers: ErasedViewers {
        ErasedViewers(keys, viewerKeys.marks)
    }

    /// When a viewer was erased, in seconds since 1970; nil where that did not happen.
    public func erasureTime(of viewer: Int64) throws(StoreError) -> Int64? {
        try Self.translating(path) { [viewerKeys] in try viewerKeys.erasureTime(of: viewer) }
    }

    /// Lets events of a viewer who was erased in again. False where the viewer was not erased.
    public func readmit(_ viewer: Int64) throws(StoreError) -> Bool {
        if writer == nil { throw .readOnly(path: path) }
        return try Self.translating(path) { [viewerKeys] in try viewerKeys.readmit(viewer) }
    }

    /// Where the keys of the viewers are.
    public var keysPath: String {
        viewerKeys.path
    }

    /// How the file's tables are made: what it says of no viewer.
    public func schemaText() throws(StoreError) -> String {
        try Self.translating(path) { [queue] in
            try queue.read {
                // Names stand one behind the other in the file, and make other words together.
                try String.fetchAll($0, sql: "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_master")
                    .joined(separator: "\n")
            }
        }
    }

    /// What records say of a viewer: a name that tells nobody who it is.
    public func mark(of viewer: Int64) -> ViewerMark {
        keys.mark(of: viewer)
    }

    /// Puts all viewers' keys under a new master key, and destroys the old one. Gives their number.
    public func rotateKeys() throws(StoreError) -> Int {
        if writer == nil { throw .readOnly(path: path) }
        return try Self.translating(path) { [viewerKeys] in try viewerKeys.rotate() }
    }

    /// Erases those whose erasure was cut off, and those of whom a copy that was put back has something again.
    func finishErasures() throws(StoreError) {
        let found = try Self.translating(path) { [self] in try queue.read { try returned($0) } }
        if let restored = found?.restored { _ = try finish(restored) { try self.remove(restored, $0) } }
        let gone = try Self.translating(path) { [viewerKeys] in
            Set(try viewerKeys.erasing() + (found?.gone ?? [])).sorted()
        }
        if gone.isEmpty { return }
        let counts = try finishErasing(gone)
        let marks = gone.map { "\"\(mark(of: $0).text)\"" }.joined(separator: ",")
        try audit(
            AuditRecord(
                "erasure finished",
                "{\"events\":\(counts.events),\"quarantined\":\(counts.quarantined),\"viewers\":[\(marks)]}",
                actor: NSUserName(), at: Int64(Date().timeIntervalSince1970)))
    }

    /// Viewers of whom a copy has something that was erased since: those who are gone, and those who came back with another key. Nil
    /// where the store is none that has missed an erasure.
    private func returned(_ database: Database) throws -> (gone: [Int64], restored: [Int64])? {
        let seen = try Int.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'erasures'") ?? 0
        if try seen >= viewerKeys.erasures() { return nil }
        let retired = try viewerKeys.retired()
        var (gone, restored): ([Int64], [Int64]) = ([], [])
        let viewers = try Int64.fetchAll(
            database,
            sql: "SELECT viewer FROM viewers UNION SELECT viewer FROM quarantine UNION SELECT viewer FROM viewer_states"
        )
        for viewer in viewers where viewer != 0 {
            let mark = mark(of: viewer)
            if viewerKeys.marks.contains(mark) {
                gone.append(viewer)
            } else if retired.contains(mark), try !isOpen(viewer, database) {
                restored.append(viewer)
            }
        }
        return (gone, restored)
    }

    /// Whether what is there of a viewer goes with the key that there is.
    private func isOpen(_ viewer: Int64, _ database: Database) throws -> Bool {
        guard let key = try viewerKeys.key(of: viewer) else { return false }
        func opens(_ sql: String, _ place: (Row) -> Cipher.Place) throws -> Bool? {
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [viewer]) else { return nil }
            var text = ByteBuffer()
            return (row["sealed"] as Data).withUnsafeBytes {
                viewerKeys.cipher.open(sealed: $0, key, place(row), into: &text)
            }
        }
        return try opens("SELECT subject AS sealed FROM viewers WHERE viewer = ?") { _ in .subject(viewer) }
            ?? opens("SELECT key, held AS sealed FROM quarantine WHERE viewer = ? LIMIT 1") { .quarantined($0["key"]) }
            ?? false
    }

    /// Takes out all that is there of viewers, and destroys their keys.
    func finishErasing(_ viewers: [Int64]) throws(StoreError) -> ErasureCounts {
        let counts = try finish(viewers) { try self.remove(viewers, $0) }
        try Self.translating(path) { [viewerKeys] in try viewerKeys.finishErasing(viewers) }
        return counts
    }

    /// A transaction that takes viewers out, after which nothing of them is left in the file.
    private func finish(
        _ viewers: [Int64], _ remove: (Database) throws -> ErasureCounts
    ) throws(StoreError) -> ErasureCounts {
        let counts = try writingForGood(remove)
        try Self.translating(path) { [queue, writer] in
            try queue.read { try writer?.forget($0) }
            try queue.writeWithoutTransaction { database in
                if try Self.isToBeRewritten(database, without: viewers) { try Self.rewrite(database) }
                try database.checkpointUnlessRead()
            }
        }
        return counts
    }

    /// Whether the file is written anew: SQLite leaves what it moved from page to page where it was, and where many rows go, it moves
    /// much. In a large file, of which one viewer goes, that would take longer than all else.
    private static func isToBeRewritten(_ database: Database, without viewers: [Int64]) throws -> Bool {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        return viewers.count > 16 || pages <= 4096
    }

    /// Writes the file anew, where there is room for it: what is left between rows says nothing by itself.
    private static func rewrite(_ database: Database) throws {
        do {
            try database.execute(sql: "VACUUM")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            return
        }
    }

    private func remove(_ viewers: [Int64], _ database: Database) throws -> ErasureCounts {
        var counts = ErasureCounts()
        let editor = try LogEditor(database, viewerKeys)
        for viewer in viewers { try editor.remove(at: positions(of: viewer, database)) }
        try editor.finish()
        counts.events = editor.counts.removed
        for viewer in viewers {
            try removeRows(of: viewer, database)
            try database.execute(
                sql: "DELETE FROM identity_events WHERE viewer = ?1 OR other = ?1", arguments: [viewer])
            try database.execute(sql: "DELETE FROM quarantine WHERE viewer = ?", arguments: [viewer])
            counts.quarantined += database.changesCount
        }
        counts.audiences = try withdraw(viewers, database)
        try removeDisclosures(of: viewers, database)
        try beginQualityAnew(database)
        // A failure's message may quote what a plugin saw.
        try database.execute(sql: "UPDATE folds SET failure = NULL")
        try database.execute(
            sql: "INSERT OR REPLACE INTO meta VALUES ('erasures', ?)", arguments: [viewerKeys.erasures()])
        return counts
    }

    /// The places of all events of a viewer.
    func positions(of viewer: Int64, _ database: Database) throws -> [Int64] {
        var positions = try Self.indexedPositions(of: viewer, after: 0, limit: .max, database)
        let end = try ViewerIndex.indexedEnd(database)
        try LogReader(database, viewerKeys).forEachPlace(after: end) { position, owner in
            if owner == viewer { positions.append(position) }
        }
        return positions
    }

    /// Takes viewers out of all audiences; how many they were in.
    func withdraw(_ viewers: [Int64], _ database: Database) throws -> Int {
        let setting = try String.fetchOne(
            database, sql: "SELECT CAST(value AS TEXT) FROM meta WHERE name = 'setting:minimum_audience'")
        let minimum = setting.flatMap { Int($0) } ?? Self.defaultMinimumAudience
        var count = 0
        for fold in try Int64.fetchAll(database, sql: "SELECT fold FROM folds WHERE audience > 0") {
            let audience = Audience(fold, database)
            if try viewers.contains(where: { try audience.contains($0) }) { count += 1 }
            try audience.withdraw(viewers.sorted(), minimum: minimum)
        }
        return count
    }

    /// What quality plugins keep is of all viewers together: nobody can be taken out of it.
    func beginQualityAnew(_ database: Database) throws {
        for name in try String.fetchAll(database, sql: "SELECT name FROM folds WHERE kind = 'quality'") {
            try Self.forget(name, database)
        }
    }
}

/// The viewers who were erased up to a time.
public struct ErasedViewers: Sendable {
    private let keys: EventKeys
    private let marks: Set<ViewerMark>

    init(_ keys: EventKeys, _ marks: Set<ViewerMark>) {
        self.keys = keys
        self.marks = marks
    }

    /// Whether the viewer of this number is one of them.
    public func contains(_ viewer: Int64) -> Bool {
        !marks.isEmpty && marks.contains(keys.mark(of: viewer))
    }
}
