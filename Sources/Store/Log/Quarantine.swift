internal import Events
internal import Foundation
internal import GRDB

/// The events that wait in quarantine, within a transaction of its caller's.
final class Quarantine {
    private let keys: KeyStore
    private let insert: Statement
    private let delete: Statement
    private var waiting: Set<Int64> = []
    private let event = EventDocument()
    private var buffer = ByteBuffer()

    init(_ database: Database, _ keys: KeyStore) throws {
        self.keys = keys
        insert = try Statement(
            database,
            """
            INSERT OR REPLACE INTO quarantine (plugin, code, origin, key, viewer, held, received)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        delete = try Statement(database, "DELETE FROM quarantine WHERE key = ?")
        try forget(database)
    }

    /// What is known of the table is read anew.
    func forget(_ database: Database) throws {
        waiting = try Set(Int64.fetchAll(database, sql: "SELECT key FROM quarantine"))
    }

    /// Whose event it is; 0 where it is nobody's.
    func viewer(of quarantined: QuarantinedEvent) -> Int64 {
        quarantined.body.withUnsafeBytes { event.load($0) ? keys.numbers.viewer(of: event, &buffer) : 0 }
    }

    /// Puts in an event of a viewer who has a key, 0 where it has none.
    func put(_ event: QuarantinedEvent, of viewer: Int64) throws {
        var held = ByteBuffer()
        event.writeHeld(into: &held)
        if viewer != 0 {
            var sealed = ByteBuffer()
            try keys.cipher.seal(
                sealing: held.rawBytes, keys.keyInUse(of: viewer), .quarantined(event.number), into: &sealed)
            swap(&held, &sealed)
        }
        insert.bind(4, event.number)
        insert.bind(5, viewer)
        insert.bind(6, blob: held.rawBytes)
        insert.bind(7, event.received)
        try insert.run([event.plugin, event.code, event.origin])
        waiting.insert(event.number)
    }

    /// An event that passes, or goes, leaves the quarantine.
    func release(_ number: Int64) throws {
        guard !waiting.isEmpty, waiting.remove(number) != nil else { return }
        delete.bind(1, number)
        try delete.run()
    }

    /// Lets `change` decide about the events of viewers: of those that are named, or of all. Of one that it changes, the plugin's message
    /// goes, which may quote what was there before.
    func edit(
        eventsOf viewers: [Int64]?, _ database: Database, _ change: (LogEvent) throws -> EventChange
    ) throws -> EditCounts {
        var counts = EditCounts()
        for number in waiting.sorted() {
            let row = try Row.fetchOne(database, sql: "SELECT * FROM quarantine WHERE key = ?", arguments: [number])
            guard let row, let viewer = row["viewer"] as Int64?, viewer != 0, viewers?.contains(viewer) ?? true,
                var event = try QuarantinedEvent(row, keys)
            else { continue }
            let decision = try event.body.withUnsafeBytes {
                try change(LogEvent(position: 0, viewer: viewer, received: event.received, body: $0))
            }
            switch decision {
            case .keep: break
            case .replace(let text):
                event.body = text
                event.message = QuarantinedEvent.withdrawnMessage
                try put(event, of: viewer)
                counts.replaced += 1
            case .remove:
                try release(number)
                counts.removed += 1
            }
        }
        return counts
    }
}
