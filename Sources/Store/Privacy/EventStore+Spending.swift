internal import GRDB

/// The ledger of privacy: it only grows. There is one budget for the whole store: each release is charged to every viewer, also to
/// those who came later.
extension EventStore {
    public func privacyLedger() throws(StoreError) -> PrivacyLedger {
        try Self.translating(path) { [queue] in try queue.read { try PrivacyLedger($0) } }
    }

    /// States a budget, which counts from now on.
    public func state(_ budget: PrivacyLedger.Budget) throws(StoreError) {
        try writingForGood { database in
            try database.execute(
                sql: "INSERT INTO privacy_budgets VALUES (NULL, ?, ?, ?, ?)",
                arguments: [budget.at, budget.epsilon, budget.delta, budget.accounting])
            try self.viewerKeys.keepLedger(of: database)
        }
    }

    /// Charges a release to every viewer, in a transaction with the question whether the ledger allows it; gives the release its
    /// number, or nil where `isAllowed` says no. It is on the disk when this returns: only then may anything be shown.
    public func spend(
        _ spending: PrivacyLedger.Spending, where isAllowed: (PrivacyLedger) -> Bool
    ) throws(StoreError) -> Int64? {
        try writingForGood { database in
            guard isAllowed(try PrivacyLedger(database)) else { return nil }
            try database.execute(
                sql: "INSERT INTO privacy_spending VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    spending.at, spending.name, spending.mechanism, spending.epsilon, spending.delta, spending.rho,
                    spending.selectionDelta, spending.columns, spending.parameters,
                ])
            let release = database.lastInsertedRowID
            try self.viewerKeys.keepLedger(of: database)
            return release
        }
    }
}
