internal import Foundation
internal import GRDB

/// How much is in a store.
public struct StoreCounts: Equatable, Sendable {
    public let events: Int
    public let viewers: Int
    public let titles: Int
    public let quarantined: Int

    public init(events: Int, viewers: Int, titles: Int, quarantined: Int) {
        self.events = events
        self.viewers = viewers
        self.titles = titles
        self.quarantined = quarantined
    }
}

extension EventStore {
    public func counts() throws(StoreError) -> StoreCounts {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                func count(_ table: String) throws -> Int {
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
                }
                let events = try Int.fetchOne(database, sql: "SELECT sum(count) FROM blocks")
                return try StoreCounts(
                    events: events ?? 0, viewers: count("viewers"), titles: count("titles"),
                    quarantined: count("quarantine"))
            }
        }
    }

    /// Up to `limit` events of the log in their order, from behind `position` on; empty at the end.
    public func events(after position: Int64, limit: Int) throws(StoreError) -> [StoredEvent] {
        if limit <= 0 { return [] }
        return try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                var events: [StoredEvent] = []
                try LogReader(database, viewerKeys).forEach(after: position) { event in
                    events.append(StoredEvent(event))
                    return events.count < limit
                }
                return events
            }
        }
    }

    /// Up to `limit` events of one viewer in their order, from behind `position` on; empty at the end.
    public func events(
        ofViewer subject: String, after position: Int64, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        if limit <= 0 { return [] }
        let viewer = Array(subject.utf8).withUnsafeBytes { keys.viewer($0) }
        return try Self.translating(path) { [self] in
            try queue.read { database in
                var events: [StoredEvent] = []
                try forEachEvent(of: viewer, after: position, limit: limit, database) {
                    events.append(StoredEvent($0))
                }
                return events
            }
        }
    }

    /// Calls `body` for up to `limit` events of a viewer in their order.
    func forEachEvent(
        of viewer: Int64, after position: Int64, limit: Int = .max, _ database: Database, _ body: (LogEvent) -> Void
    ) throws {
        let log = LogReader(database, viewerKeys)
        let indexed = try Self.indexedPositions(of: viewer, after: position, limit: limit, database)
        if try Self.isKnown(viewer, database) { try viewerKeys.check(viewer) }
        var count = 0
        try log.forEach(at: indexed) { event in
            body(event)
            count += 1
        }
        if count >= limit { return }
        // What no run has indexed yet.
        try log.forEach(after: max(position, try ViewerIndex.indexedEnd(database)), of: viewer) { event in
            body(event)
            count += 1
            return count < limit
        }
    }

    /// Whether there is a viewer of this number.
    static func isKnown(_ viewer: Int64, _ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT 1 FROM viewers WHERE viewer = ?", arguments: [viewer]) != nil
    }

    /// How many viewers have no key, though they were not erased: the keys are older than the store.
    public func lostViewers() throws(StoreError) -> Int {
        try Self.translating(path) { [queue, viewerKeys] in
            let keyed = try viewerKeys.viewers()
            return try queue.read { database in
                try Int64.fetchSet(database, sql: "SELECT viewer FROM viewers").subtracting(keyed)
            }.count { !viewerKeys.marks.contains(viewerKeys.numbers.mark(of: $0)) }
        }
    }

    /// Up to `limit` places that the index has for a viewer behind `position`.
    static func indexedPositions(
        of viewer: Int64, after position: Int64, limit: Int, _ database: Database
    ) throws -> [Int64] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT positions FROM viewer_events WHERE viewer = ? AND last > ? ORDER BY last",
            arguments: [viewer, position])
        var positions: [Int64] = []
        while positions.count < limit, let row = try rows.next() {
            let bytes: Data = row["positions"]
            guard let list = bytes.withUnsafeBytes({ PositionList.decode($0) }) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the index of viewers is damaged")
            }
            positions += list.drop { $0 <= position }.prefix(limit - positions.count)
        }
        return positions
    }

    /// The numbers of all events in quarantine, in their order, and how many bytes the events have.
    public func quarantinedNumbers() throws(StoreError) -> (numbers: [Int64], bytes: Int) {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                let bytes = try Int.fetchOne(database, sql: "SELECT sum(length(held)) FROM quarantine")
                return (try Int64.fetchAll(database, sql: "SELECT key FROM quarantine ORDER BY key"), bytes ?? 0)
            }
        }
    }

    /// The events in quarantine with these numbers, in the numbers' order; those that have left it are left out.
    public func quarantined(_ numbers: [Int64]) throws(StoreError) -> [QuarantinedEvent] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                let marks = databaseQuestionMarks(count: numbers.count)
                return try Row.fetchAll(
                    database, sql: "SELECT * FROM quarantine WHERE key IN (\(marks)) ORDER BY key",
                    arguments: StatementArguments(numbers)
                ).compactMap { try QuarantinedEvent($0, viewerKeys) }
            }
        }
    }

    /// Whose events are in quarantine.
    public func quarantinedViewers() throws(StoreError) -> [Int64] {
        try Self.translating(path) { [queue] in
            try queue.read { try Int64.fetchAll($0, sql: "SELECT DISTINCT viewer FROM quarantine WHERE viewer <> 0") }
        }
    }

    /// Whether anything is there of any of these viewers, whether it can be read or not.
    public func hasAny(of viewers: [Int64]) throws(StoreError) -> Bool {
        if try quarantinedCount(of: viewers) > 0 { return true }
        return try Self.translating(path) { [queue] in
            try queue.read { database in try viewers.contains { try Self.isKnown($0, database) } }
        }
    }

    /// How many events of these viewers are in quarantine.
    public func quarantinedCount(of viewers: [Int64]) throws(StoreError) -> Int {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try viewers.reduce(0) { count, viewer in
                    try count
                        + (Int.fetchOne(
                            database, sql: "SELECT count(*) FROM quarantine WHERE viewer = ?", arguments: [viewer]) ?? 0)
                }
            }
        }
    }

    /// All checkpoints, by name.
    public func checkpoints() throws(StoreError) -> [Checkpoint] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM checkpoints ORDER BY name").map {
                    Checkpoint(name: $0["name"], position: $0["position"], detail: $0["detail"])
                }
            }
        }
    }

    /// What SQLite finds wrong with the file; empty where it is sound. Throws where an event, or what is kept of a viewer, does not
    /// open with the viewer's key, or is not what it should be.
    public func check() throws(StoreError) -> [String] {
        let findings = try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
                if findings == ["ok"] { try LogReader(database, viewerKeys).forEach(after: 0) { _ in true } }
                return findings
            }
        }
        if findings != ["ok"] { return findings }
        let states = try makeStateReader()
        var entries = EntryList()
        try states.forEach(in: .min ... .max) { viewer, row in try entries.read(row, of: viewer, known: []) }
        try states.close()
        return []
    }
}

/// An event of the log.
public struct StoredEvent: Sendable {
    /// Its place in the log; positions rise, with gaps.
    public let position: Int64
    /// The number of its viewer; 0 where it has none.
    public let viewer: Int64
    /// When it came, in seconds since 1970.
    public let received: Int64
    public let body: [UInt8]

    init(_ event: LogEvent) {
        position = event.position
        viewer = event.viewer
        received = event.received
        body = Array(event.body)
    }
}
