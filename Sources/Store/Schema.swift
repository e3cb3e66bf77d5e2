internal import GRDB

/// The store's tables.
///
/// Events lie in the order in which they came. `event_keys` finds one by the number of its `source` and `id`,
/// `viewer_events` all of a viewer. Both are filled in order of their keys, a batch at a time: that is what makes random
/// keys cheap. A checkpoint is written in one transaction with what it stands for.
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
        return migrator
    }
}
