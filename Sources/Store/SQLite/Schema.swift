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
        return migrator
    }

    /// Moves the events of the version before into blocks, and makes their keys anew.
    private static func moveEvents(_ database: Database) throws {
        let secret = try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'secret'") ?? Data()
        let keys = EventKeys(secret: Array(secret))
        let blocks = try BlockWriter(database)
        let event = EventDocument()
        var buffer = ByteBuffer()
        var order: [(key: EventKey, event: Int)] = []
        let events = try Row.fetchCursor(database, sql: "SELECT position, body FROM events ORDER BY position")
        while let row = try events.next() {
            let body: Data = row["body"]
            try body.withUnsafeBytes {
                try blocks.add($0, at: row["position"])
                if event.load($0) { order.append((keys.key(of: event, &buffer), row["position"])) }
            }
        }
        try blocks.write()
        order.sort { $0.key < $1.key }
        _ = try KeyIndex(database).insert(order, base: 0)
    }
}
