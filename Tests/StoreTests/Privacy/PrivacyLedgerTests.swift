import Foundation
import Store
import TestSupport
import Testing

private func spending(_ epsilon: Int, name: String = "s") -> PrivacyLedger.Spending {
    PrivacyLedger.Spending(
        at: 1_700_000_000, name: name, mechanism: "laplace", epsilon: epsilon, delta: 3, rho: 4, selectionDelta: 2,
        columns: "viewers", parameters: "{}")
}

private func budget(_ epsilon: Int) -> PrivacyLedger.Budget {
    PrivacyLedger.Budget(at: 1_700_000_000, epsilon: epsilon, delta: 5, accounting: "addition")
}

/// Runs a statement on a store as another program would; what went wrong, or nothing.
private func complaint(_ path: String, _ sql: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let program = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.execute(sys.argv[2])\nc.commit()"
    process.arguments = ["python3", "-c", program, path, sql]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
}

@Suite("The ledger of privacy")
struct PrivacyLedgerTests {
    @Test("keeps what was stated and spent, over closing and opening")
    func keeps() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        #expect(try store.privacyLedger().budgets.isEmpty && store.privacyLedger().spendings.isEmpty)
        try store.state(budget(10))
        try store.state(budget(20))
        #expect(try store.spend(spending(7)) { _ in true } == 1)
        #expect(try store.spend(spending(8, name: "two")) { _ in true } == 2)
        try store.close()
        store = try EventStore(path: path)
        let ledger = try store.privacyLedger()
        #expect(ledger.budgets == [budget(10), budget(20)])
        #expect(ledger.spendings.map(\.release) == [1, 2])
        #expect(ledger.spendings.map(\.spending) == [spending(7), spending(8, name: "two")])
        try store.close()
    }

    @Test("is not given back by an older copy of the store")
    func outlivesCopies() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        try store.state(budget(20))
        _ = try store.spend(spending(1)) { _ in true }
        try store.close()
        let copy = FileManager.default.contents(atPath: path)
        store = try EventStore(path: path)
        try store.state(budget(10))
        _ = try store.spend(spending(7)) { _ in true }
        try store.close()
        try copy?.write(to: URL(fileURLWithPath: path))
        store = try EventStore(path: path)
        let ledger = try store.privacyLedger()
        #expect(ledger.budgets == [budget(20), budget(10)])
        #expect(ledger.spendings.map(\.spending) == [spending(1), spending(7)])
        #expect(try store.spend(spending(2)) { _ in true } == 3)
        try store.close()
    }

    @Test("asks with all that was spent before, and writes nothing where the answer is no")
    func asks() throws {
        let store = try EventStore(path: temporaryFile())
        var sums: [Int] = []
        for _ in 0..<5 {
            _ = try store.spend(spending(3)) { ledger in
                sums.append(ledger.spendings.reduce(0) { $0 + $1.spending.epsilon })
                return (sums.last ?? 0) + 3 <= 9
            }
        }
        #expect(sums == [0, 3, 6, 9, 9])
        #expect(try store.privacyLedger().spendings.count == 3)
        try store.close()
    }

    @Test("only grows: what was spent can be neither changed nor taken out")
    func appendOnly() throws {
        let path = try temporaryFile()
        let store = try EventStore(path: path)
        try store.state(budget(10))
        _ = try store.spend(spending(7)) { _ in true }
        try store.close()
        for sql in [
            "DELETE FROM privacy_spending", "UPDATE privacy_spending SET epsilon = 0", "DELETE FROM privacy_budgets",
            "UPDATE privacy_budgets SET epsilon = 99",
        ] {
            #expect(try complaint(path, sql).contains("what was spent stays spent"))
        }
        let again = try EventStore(path: path)
        #expect(try again.privacyLedger().spendings.map(\.spending) == [spending(7)])
        try again.close()
    }

    @Test("is not written to where the store may only be read")
    func readOnly() throws {
        let path = try temporaryFile()
        try EventStore(path: path).close()
        let store = try EventStore(path: path, mode: .readOnly)
        #expect(throws: StoreError.readOnly(path: path)) { try store.state(budget(1)) }
        #expect(throws: StoreError.readOnly(path: path)) { _ = try store.spend(spending(1)) { _ in true } }
        try store.close()
    }
}
