internal import GRDBSQLite

/// The library that keeps stores.
public enum SQLiteLibrary {
    /// Its version, such as `3.40.1`.
    public static var version: String {
        String(cString: sqlite3_libversion())
    }

    /// Whether it may be used from several threads, as the store is.
    public static var isThreadSafe: Bool {
        sqlite3_threadsafe() != 0
    }
}
