internal import Events
internal import Foundation
internal import GRDB

/// Seals what is in a store that has no keys yet: a new one, or one of an earlier version, whose viewers' numbers are made
/// with a secret of its own. That goes to the keys, too.
enum Sealing {
    static func seal(_ queue: DatabaseQueue, _ keys: KeyStore) throws {
        let hadAny = try queue.write { database in
            _ = try keys.makeKeys(
                for: Int64.fetchAll(database, sql: "SELECT viewer FROM viewers UNION SELECT viewer FROM viewer_states"),
                besides: nil)
            let blocks = try sealBlocks(database, keys)
            try sealSubjects(database, keys)
            try sealStates(database, keys)
            let quarantined = try sealQuarantine(database, keys)
            try database.execute(sql: "DELETE FROM meta WHERE name = 'secret'")
            return blocks || quarantined
        }
        if !hadAny { return }
        // What was there before lies in no page of the file any more, and in no frame of its log.
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "VACUUM")
            try database.checkpointUnlessRead()
        }
    }

    private static func sealBlocks(_ database: Database, _ keys: KeyStore) throws -> Bool {
        let writer = try BlockWriter(database, keys)
        var last: Int64 = -1
        while let row = try next(database, "blocks", "first", after: last) {
            let block = StoredBlock(row)
            last = block.first
            writer.received = block.received
            try block.forEachSealed { position, viewer, body in
                try writer.add(body, at: position, viewer: viewer)
                return true
            }
            try writer.write()
        }
        return last >= 0
    }

    private static func sealSubjects(_ database: Database, _ keys: KeyStore) throws {
        try sealRows(database, keys, "viewers", "subject") { .subject($0) }
    }

    private static func sealStates(_ database: Database, _ keys: KeyStore) throws {
        try sealRows(database, keys, "viewer_states", "entries") { .states($0) }
    }

    private static func sealRows(
        _ database: Database, _ keys: KeyStore, _ table: String, _ column: String, _ place: (Int64) -> Cipher.Place
    ) throws {
        var last = Int64.min
        while let row = try next(database, table, "viewer", after: last) {
            let viewer: Int64 = row["viewer"]
            last = viewer
            let plain: Data = row[column]
            let key = try keys.keyInUse(of: viewer)
            var sealed = ByteBuffer()
            plain.withUnsafeBytes { keys.cipher.seal(sealing: $0, key, place(viewer), into: &sealed) }
            try database.execute(
                sql: "UPDATE \(table) SET \(column) = ? WHERE viewer = ?", arguments: [Data(sealed.rawBytes), viewer])
        }
    }

    private static func sealQuarantine(_ database: Database, _ keys: KeyStore) throws -> Bool {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM quarantine")
        let quarantine = try Quarantine(database, keys)
        for row in rows {
            guard let event = try QuarantinedEvent(row, keys) else { continue }
            let viewer = quarantine.viewer(of: event)
            if try !keys.makeKeys(for: [viewer], besides: nil).contains(viewer) {
                try quarantine.put(event, of: viewer)
            }
        }
        return !rows.isEmpty
    }

    private static func next(
        _ database: Database, _ table: String, _ key: String, after last: Int64
    ) throws -> Row? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM \(table) WHERE \(key) > ? ORDER BY \(key) LIMIT 1", arguments: [last])
    }
}
