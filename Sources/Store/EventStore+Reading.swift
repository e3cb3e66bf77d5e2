internal import Events
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
                return try StoreCounts(
                    events: count("events"), viewers: count("viewers"), titles: count("titles"),
                    quarantined: count("quarantine"))
            }
        }
    }

    /// Up to `limit` events of the log in their order, from behind `position` on; empty at the end.
    public func events(after position: Int64, limit: Int) throws(StoreError) -> [StoredEvent] {
        try fetch("SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?", [position, limit])
    }

    /// Up to `limit` events of one viewer in their order, from behind `position` on; empty at the end.
    public func events(
        ofViewer subject: String, after position: Int64, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        let viewer = Array(subject.utf8).withUnsafeBytes { keys.viewer($0) }
        return try fetch(
            """
            SELECT position, body FROM viewer_events JOIN events USING (position)
            WHERE viewer = ? AND position > ? ORDER BY position LIMIT ?
            """, [viewer, position, limit])
    }

    /// The keys of all events in quarantine, in their order, and how many bytes the events have.
    public func quarantinedKeys() throws(StoreError) -> (keys: [Int64], bytes: Int) {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                let bytes = try Int.fetchOne(database, sql: "SELECT sum(length(body)) FROM quarantine")
                return (try Int64.fetchAll(database, sql: "SELECT key FROM quarantine ORDER BY key"), bytes ?? 0)
            }
        }
    }

    /// The events in quarantine with these keys, in the keys' order; those that have left it are left out.
    public func quarantined(_ keys: [Int64]) throws(StoreError) -> [QuarantinedEvent] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                let marks = databaseQuestionMarks(count: keys.count)
                return try Row.fetchAll(
                    database, sql: "SELECT * FROM quarantine WHERE key IN (\(marks)) ORDER BY key",
                    arguments: StatementArguments(keys)
                ).map {
                    QuarantinedEvent(
                        key: $0["key"], body: Array($0["body"] as Data), plugin: $0["plugin"], code: $0["code"],
                        message: $0["message"], origin: $0["origin"])
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

    /// What SQLite finds wrong with the file; empty where it is sound.
    public func check() throws(StoreError) -> [String] {
        let findings = try Self.translating(path) { [queue] in
            try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
        }
        return findings == ["ok"] ? [] : findings
    }

    private func fetch(_ sql: String, _ arguments: StatementArguments) throws(StoreError) -> [StoredEvent] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(database, sql: sql, arguments: arguments).map {
                    StoredEvent(position: $0["position"], body: Array($0["body"] as Data))
                }
            }
        }
    }
}

/// An event of the log.
public struct StoredEvent: Sendable {
    /// Its place in the log; positions rise, with gaps.
    public let position: Int64
    public let body: [UInt8]
}
