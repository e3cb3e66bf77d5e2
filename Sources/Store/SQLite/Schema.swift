internal import Events
internal import Foundation
internal import GRDB

/// The store's tables.
///
/// Events lie in blocks in the order in which they came (``EventBlock``). `key_pages` finds one by the key of its
/// `source` and `id` (``KeyIndex``), `viewer_events` finds all of a viewer (``ViewerIndex``); `last` is the last of the
/// row's places (``PositionList``).
/// A checkpoint is written in one transaction with what it stands for.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
                    CREATE TABLE events (position INTEGER PRIMARY KEY, body BLOB NOT NULL);
                    CREATE TABLE event_keys (key INTEGER PRIMARY KEY, position INTEGER NOT NULL);
                    CREATE TABLE viewers (viewer INTEGER PRIMARY KEY, subject TEXT NOT NULL);
                    CREATE TABLE viewer_events (
                        viewer INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (viewer, position)
                    ) WITHOUT ROWID;
                    CREATE TABLE titles (
                        source TEXT NOT NULL, title_id TEXT NOT NULL, title TEXT, data TEXT NOT NULL,
                        PRIMARY KEY (source, title_id)
                    ) WITHOUT ROWID;
                    CREATE TABLE quarantine (
                        key INTEGER PRIMARY KEY, body BLOB NOT NULL, plugin TEXT NOT NULL, code TEXT NOT NULL,
                        message TEXT NOT NULL, origin TEXT NOT NULL
                    );
                    """)
            try database.execute(sql: "INSERT INTO meta VALUES ('secret', randomblob(16))")
        }
        migrator.registerMigration("2") { database in
            try database.execute(
                sql: """
                    CREATE TABLE checkpoints (
                        name TEXT PRIMARY KEY, position INTEGER NOT NULL, detail TEXT NOT NULL
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("3") { database in
            try database.execute(
                sql: """
                    CREATE TABLE blocks (
                        first INTEGER PRIMARY KEY, count INTEGER NOT NULL, ends BLOB NOT NULL, bodies BLOB NOT NULL
                    );
                    CREATE TABLE key_pages (first INTEGER PRIMARY KEY, entries BLOB NOT NULL);
                    DROP TABLE viewer_events;
                    CREATE TABLE viewer_events (
                        viewer INTEGER NOT NULL, last INTEGER NOT NULL, positions BLOB NOT NULL,
                        PRIMARY KEY (viewer, last)
                    ) WITHOUT ROWID;
                    """)
            try moveEvents(database)
            try database.execute(sql: "DROP TABLE events; DROP TABLE event_keys")
        }
        migrator.registerMigration("4") { database in
            try database.execute(
                sql: """
                    CREATE TABLE identity_events (
                        position INTEGER PRIMARY KEY, viewer INTEGER NOT NULL, other INTEGER NOT NULL,
                        is_merge INTEGER NOT NULL
                    );
                    CREATE TABLE folds (
                        fold INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE,
                        version TEXT NOT NULL, fingerprint BLOB NOT NULL, position INTEGER NOT NULL,
                        clock INTEGER, calls INTEGER NOT NULL, failures INTEGER NOT NULL, failure TEXT,
                        taken_out INTEGER NOT NULL, published_at INTEGER, audience INTEGER NOT NULL
                    );
                    CREATE TABLE viewer_states (viewer INTEGER PRIMARY KEY, entries BLOB NOT NULL);
                    CREATE TABLE audiences (
                        fold INTEGER NOT NULL, first INTEGER NOT NULL, viewers BLOB NOT NULL, PRIMARY KEY (fold, first)
                    ) WITHOUT ROWID;
                    CREATE TABLE groups (
                        fold INTEGER NOT NULL, dimension INTEGER NOT NULL, value TEXT NOT NULL,
                        events INTEGER NOT NULL, state BLOB NOT NULL, PRIMARY KEY (fold, dimension, value)
                    ) WITHOUT ROWID;
                    """)
            try moveBlocks(database)
        }
        migrator.registerMigration("5") { database in
            // What ``Sealing`` seals, when the keys are at hand. Tables with a row for each viewer have no rowid: of a
            // row that was deleted, the number would go on standing between two pages.
            try database.execute(
                sql: """
                    ALTER TABLE blocks ADD COLUMN nonce BLOB;
                    ALTER TABLE viewers RENAME TO old_viewers;
                    CREATE TABLE viewers (viewer INTEGER PRIMARY KEY, subject BLOB NOT NULL) WITHOUT ROWID;
                    INSERT INTO viewers SELECT viewer, CAST(subject AS BLOB) FROM old_viewers;
                    DROP TABLE old_viewers;
                    ALTER TABLE viewer_states RENAME TO old_states;
                    CREATE TABLE viewer_states (viewer INTEGER PRIMARY KEY, entries BLOB NOT NULL) WITHOUT ROWID;
                    INSERT INTO viewer_states SELECT viewer, entries FROM old_states;
                    DROP TABLE old_states;
                    CREATE TABLE new_quarantine (
                        key INTEGER PRIMARY KEY, viewer INTEGER NOT NULL, plugin TEXT NOT NULL, code TEXT NOT NULL,
                        origin TEXT NOT NULL, held BLOB NOT NULL
                    );
                    CREATE TABLE audit (
                        sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
                        detail TEXT NOT NULL, hash TEXT NOT NULL
                    );
                    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
                        BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
                    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
                        BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
                    CREATE TABLE disclosures (
                        disclosure INTEGER PRIMARY KEY, at INTEGER NOT NULL, recipient TEXT NOT NULL,
                        purpose TEXT NOT NULL, subject TEXT NOT NULL, version TEXT NOT NULL, viewers BLOB NOT NULL
                    );
                    INSERT INTO meta VALUES ('id', randomblob(16));
                    """)
            try moveQuarantine(database)
        }
        migrator.registerMigration("6") { try LedgerTables.make($0) }
        migrator.registerMigration("7") { database in
            // When it came is not known: before now.
            try database.execute(sql: "ALTER TABLE quarantine ADD COLUMN received INTEGER NOT NULL DEFAULT 0")
            try database.execute(
                sql: "UPDATE quarantine SET received = ?", arguments: [Int64(Date().timeIntervalSince1970)])
        }
        migrator.registerMigration("8") { database in
            try database.execute(
                sql: """
                    CREATE TABLE written_files (
                        file INTEGER PRIMARY KEY, viewer INTEGER NOT NULL, kind TEXT NOT NULL, path BLOB NOT NULL
                    )
                    """)
        }
        return migrator
    }

    /// Makes the blocks of the version before anew, with the numbers of their events' viewers. When the events came is not
    /// known: before now.
    private static func moveBlocks(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE new_blocks (
                    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, ends BLOB NOT NULL, bodies BLOB NOT NULL,
                    viewers BLOB NOT NULL, received INTEGER NOT NULL
                )
                """)
        let keys = try eventKeys(database)
        let event = EventDocument()
        var buffer = ByteBuffer()
        let blocks = try Row.fetchCursor(database, sql: "SELECT * FROM blocks ORDER BY first")
        while let row = try blocks.next() {
            let (ends, bodies): (Data, Data) = (row["ends"], row["bodies"])
            var viewers = Data()
            var start = 0
            for place in stride(from: 0, to: ends.count, by: 4) {
                let end = Int(
                    ends.withUnsafeBytes {
                        UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                    })
                let viewer = bodies.withUnsafeBytes { bytes -> Int64 in
                    guard start < end, end <= bytes.count else { return 0 }
                    let isEvent = event.load(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    return isEvent ? keys.viewer(of: event, &buffer) : 0
                }
                withUnsafeBytes(of: viewer.littleEndian) { viewers.append(contentsOf: $0) }
                if start < end { start = end + 1 }
            }
            try database.execute(
                sql: "INSERT INTO new_blocks VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    row["first"] as Int64, row["count"] as Int64, ends, bodies, viewers,
                    Int64(Date().timeIntervalSince1970),
                ])
        }
        try database.execute(sql: "DROP TABLE blocks; ALTER TABLE new_blocks RENAME TO blocks")
    }

    private static func moveQuarantine(_ database: Database) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM quarantine")
        while let row = try rows.next() {
            let event = QuarantinedEvent(
                number: row["key"], body: Array(row["body"] as Data), plugin: row["plugin"], code: row["code"],
                message: row["message"], origin: row["origin"])
            var held = ByteBuffer()
            event.writeHeld(into: &held)
            try database.execute(
                sql: "INSERT INTO new_quarantine VALUES (?, 0, ?, ?, ?, ?)",
                arguments: [event.number, event.plugin, event.code, event.origin, Data(held.rawBytes)])
        }
        try database.execute(sql: "DROP TABLE quarantine; ALTER TABLE new_quarantine RENAME TO quarantine")
    }

    private static func eventKeys(_ database: Database) throws -> EventKeys {
        let secret = try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'secret'") ?? Data()
        // Marks came with a later version.
        return EventKeys(secret: Array(secret) + [UInt8](repeating: 0, count: EventKeys.secretBytes - secret.count))
    }

    /// Moves the events of the version before into blocks, and makes their keys anew.
    private static func moveEvents(_ database: Database) throws {
        let keys = try eventKeys(database)
        let insert = try Statement(database, "INSERT INTO blocks VALUES (?, ?, ?, ?)")
        var block = EventBlock()
        func write() throws {
            if block.isEmpty { return }
            insert.bind(1, block.first)
            insert.bind(2, Int64(block.count))
            insert.bind(3, blob: block.ends.rawBytes)
            insert.bind(4, blob: block.bodies.rawBytes)
            try insert.run()
            block.removeAll()
        }
        let event = EventDocument()
        var buffer = ByteBuffer()
        var order: [(key: EventKey, event: Int)] = []
        let events = try Row.fetchCursor(database, sql: "SELECT position, body FROM events ORDER BY position")
        while let row = try events.next() {
            let body: Data = row["body"]
            try body.withUnsafeBytes { body in
                block.append(at: row["position"], viewer: 0) { bodies, _ in bodies.append(body) }
                if block.isFull { try write() }
                if event.load(body) { order.append((keys.key(of: event, &buffer), row["position"])) }
            }
        }
        try write()
        order.sort { $0.key < $1.key }
        _ = try KeyIndex(database).insert(order, base: 0)
    }
}
