internal import Events
internal import GRDB

/// The places of each viewer's events. They are written for many events at once, a row for a viewer, and so later than
/// the events: `meta` says up to which place, and what comes behind it is found in the log itself.
final class ViewerIndex {
    /// Events whose places wait in memory at the most; a reader has to look through as many.
    private static let mostPending = 512 << 10
    /// Places in one row, which is read as a whole.
    private static let mostPositions = 4096

    private let keys: KeyStore
    private let insert: Statement
    private let setEnd: Statement
    private var pending: [(viewer: Int64, position: Int64)] = []
    /// The last place that was added or indexed.
    private var end: Int64
    /// Whether the log may go on behind `end`.
    private var isBehind = true

    init(_ database: Database, _ keys: KeyStore) throws {
        self.keys = keys
        insert = try Statement(database, "INSERT INTO viewer_events VALUES (?, ?, ?)")
        setEnd = try Statement(database, "INSERT OR REPLACE INTO meta VALUES ('indexed', ?)")
        end = try Self.indexedEnd(database)
    }

    /// The last place of the log that the table covers.
    static func indexedEnd(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'indexed'") ?? 0
    }

    /// Adds an event; `viewer` is 0 where it has none.
    func add(_ viewer: Int64, at position: Int64) {
        if viewer != 0 { pending.append((viewer, position)) }
        end = position
    }

    /// After a transaction that was undone: what is in the log decides.
    func forget(_ database: Database) throws {
        pending.removeAll()
        end = try Self.indexedEnd(database)
        isBehind = true
    }

    /// Adds the events of the log that no earlier run has indexed.
    func catchUp(_ database: Database) throws {
        guard isBehind else { return }
        try LogReader(database, keys).forEachPlace(after: end) { position, viewer in
            add(viewer, at: position)
            try writeIfFull()
        }
        isBehind = false
    }

    func writeIfFull() throws {
        if pending.count >= Self.mostPending { try write() }
    }

    /// Writes what is pending.
    func write() throws {
        pending.sort { $0.viewer != $1.viewer ? $0.viewer < $1.viewer : $0.position < $1.position }
        var start = 0
        var bytes = ByteBuffer()
        while start < pending.count {
            let viewer = pending[start].viewer
            var stop = start + 1
            while stop < pending.count, stop - start < Self.mostPositions, pending[stop].viewer == viewer { stop += 1 }
            bytes.removeAll()
            PositionList.encode(pending[start..<stop].lazy.map { $0.position }, into: &bytes)
            insert.bind(1, viewer)
            insert.bind(2, pending[stop - 1].position)
            insert.bind(3, blob: bytes.rawBytes)
            try insert.run()
            start = stop
        }
        pending.removeAll(keepingCapacity: true)
        setEnd.bind(1, end)
        try setEnd.run()
    }
}
