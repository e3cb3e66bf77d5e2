internal import GRDB
internal import GRDBSQLite

/// A prepared statement for the path that every event takes, where GRDB's own would cost more than SQLite's work.
final class Statement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer

    init(_ database: Database, _ sql: StaticString) throws {
        guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        self.connection = connection
        var pointer: OpaquePointer?
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        let code = sqlite3_prepare_v3(
            connection, text, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw Self.error(connection, code) }
        statement = pointer
    }

    deinit {
        sqlite3_finalize(statement)
    }

    func bind(_ index: Int32, _ value: Int64) {
        sqlite3_bind_int64(statement, index, value)
    }

    /// Binds bytes that stay where they are until the statement has run.
    func bind(_ index: Int32, blob bytes: UnsafeRawBufferPointer) {
        // A pointer that is nil would bind NULL.
        sqlite3_bind_blob(
            statement, index, bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1), Int32(bytes.count), nil)
    }

    /// Binds text that stays where it is until the statement has run.
    func bind(_ index: Int32, text bytes: UnsafeRawBufferPointer) {
        let start = (bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1))?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(statement, index, start, Int32(bytes.count), nil)
    }

    /// Runs a statement that gives no rows; whether it changed one.
    @discardableResult
    func run() throws -> Bool {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        if code != SQLITE_DONE { throw Self.error(connection, code) }
        return sqlite3_changes(connection) > 0
    }

    /// Binds texts to the first parameters, and runs the statement.
    func run(_ texts: [String]) throws {
        // SQLite copies them: that is cheap for what is rare.
        let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, text) in texts.enumerated() {
            var text = text
            text.withUTF8 { bytes in
                let start = UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(bitPattern: 1))
                _ = sqlite3_bind_text(
                    statement, Int32(index + 1), start?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), copies)
            }
        }
        try run()
    }

    /// Goes to the next row; false at the end. ``reset()`` is called after the last one that is wanted.
    func step() throws -> Bool {
        let code = sqlite3_step(statement)
        if code != SQLITE_ROW, code != SQLITE_DONE { throw Self.error(connection, code) }
        return code == SQLITE_ROW
    }

    func reset() {
        sqlite3_reset(statement)
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement, column)
    }

    /// The bytes of a column, valid until the next step or reset.
    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    /// The first column of the first row.
    func integer() throws -> Int64? {
        defer { reset() }
        return try step() ? integer(0) : nil
    }

    private static func error(_ connection: OpaquePointer, _ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }
}
