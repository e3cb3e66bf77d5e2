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

    /// Up to `limit` events in quarantine, in the order of their keys, from behind `key` on; empty at the end.
    public func quarantined(after key: Int64, limit: Int) throws(StoreError) -> [QuarantinedEvent] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(
                    database, sql: "SELECT * FROM quarantine WHERE key > ? ORDER BY key LIMIT ?",
                    arguments: [key, limit]
                ).map {
                    QuarantinedEvent(
                        key: $0["key"], body: Array($0["body"] as Data), plugin: $0["plugin"], code: $0["code"],
                        message: $0["message"], origin: $0["origin"])
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
