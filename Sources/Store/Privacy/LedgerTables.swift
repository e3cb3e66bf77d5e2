internal import GRDB

/// The tables of what was stated as a privacy budget and what was spent of it: they are in the store, and once more with its keys, so
/// that an older copy of the store that is put back does not give back what was spent.
enum LedgerTables {
    private static let tables = [("privacy_budgets", "budget"), ("privacy_spending", "release")]

    /// Makes the tables where there are none. What was spent stays spent: nothing of it can be changed or taken out.
    static func make(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS privacy_budgets (
                    budget INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, epsilon INTEGER NOT NULL,
                    delta INTEGER NOT NULL, accounting TEXT NOT NULL
                );
                CREATE TABLE IF NOT EXISTS privacy_spending (
                    release INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, name TEXT NOT NULL,
                    mechanism TEXT NOT NULL, epsilon INTEGER NOT NULL, delta INTEGER NOT NULL,
                    rho INTEGER NOT NULL, selection_delta INTEGER NOT NULL, columns TEXT NOT NULL,
                    parameters TEXT NOT NULL
                );
                """)
        for (table, _) in tables {
            for change in ["UPDATE", "DELETE"] {
                try database.execute(
                    sql: """
                        CREATE TRIGGER IF NOT EXISTS \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'what was spent stays spent'); END
                        """)
            }
        }
    }

    /// Adds to `other` what it does not have; how many rows.
    @discardableResult
    static func copy(_ database: Database, to other: Database) throws -> Int {
        var count = 0
        for (table, key) in tables {
            let last = try Int64.fetchOne(other, sql: "SELECT max(\(key)) FROM \(table)") ?? 0
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM \(table) WHERE \(key) > ? ORDER BY \(key)", arguments: [last])
            for row in rows {
                let marks = databaseQuestionMarks(count: row.count)
                try other.execute(
                    sql: "INSERT INTO \(table) VALUES (\(marks))", arguments: StatementArguments(row.databaseValues))
            }
            count += rows.count
        }
        return count
    }
}
