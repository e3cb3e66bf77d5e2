internal import Foundation
internal import GRDB

/// The store's tables.
///
/// Events lie in blocks in the order in which they came (``EventBlock``). `key_pages` finds one by the number of its
/// `source` and `id` (``KeyIndex``),
/// `viewer_events` finds all of a viewer (``ViewerIndex``); `last` is the last of the row's places (``PositionList``).
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
            let blocks = try BlockWriter(database)
            let events = try Row.fetchCursor(database, sql: "SELECT position, body FROM events ORDER BY position")
            while let event = try events.next() {
                let body: Data = event["body"]
                try body.withUnsafeBytes { try blocks.add($0, at: event["position"]) }
            }
            try blocks.write()
            let keys = try Row.fetchAll(database, sql: "SELECT key, position FROM event_keys ORDER BY key")
            _ = try KeyIndex(database).insert(keys.map { ($0["key"], $0["position"]) }, base: 0) { _, _ in false }
            try database.execute(sql: "DROP TABLE events; DROP TABLE event_keys")
        }
        return migrator
    }
}
