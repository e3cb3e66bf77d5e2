internal import Foundation
internal import Privacy
internal import Store

/// The privacy budget of a store, and what is spent of it.
///
/// One budget is for the whole store: every viewer is charged for every release, whoever is in it, and whenever they came.
public struct PrivacyAccount: Sendable {
    /// A release that was paid for.
    public struct Release: Sendable {
        public let number: Int64
        /// In seconds since 1970.
        public let at: Int64
        public let name: String
        public let columns: String
        public let mechanism: String
        let cost: PrivacyCost
    }

    /// Nil where no budget was stated: then nothing is released.
    let accountant: Accountant?
    public let releases: [Release]
    /// How often a budget was stated.
    public let statements: Int

    init(_ ledger: PrivacyLedger) throws(HostError) {
        releases = ledger.spendings.map { release, spending in
            Release(
                number: release, at: spending.at, name: spending.name, columns: spending.columns,
                mechanism: spending.mechanism, cost: PrivacyCost(spending))
        }
        statements = ledger.budgets.count
        guard let stated = ledger.budgets.last else {
            accountant = nil
            return
        }
        guard let accounting = Accounting(rawValue: stated.accounting) else {
            throw .data(
                "the store's privacy budget is added up by '\(stated.accounting)', which this version does not know")
        }
        let budget = try HostError.translating { () throws(PrivacyError) in
            try PrivacyBudget(
                epsilon: Epsilon(units: stated.epsilon), delta: Delta(units: stated.delta), accounting: accounting)
        }
        accountant = Accountant(budget, spent: releases.map(\.cost))
    }

    /// That of the store at `path`, which must be there.
    public static func of(store path: String) throws(HostError) -> PrivacyAccount {
        let store = try EventStore.existing(path)
        let account = try PrivacyAccount(HostError.translating { () throws(StoreError) in try store.privacyLedger() })
        try HostError.translating { () throws(StoreError) in try store.close() }
        return account
    }

    /// States a budget for the store at `path`, which must be there: decimal numbers, and `addition` or `zcdp`.
    public static func state(
        epsilon: String, delta: String, accounting: String, store path: String
    ) throws(HostError) -> PrivacyAccount {
        guard let epsilon = Epsilon(epsilon) else { throw HostError(.epsilon(most: PrivacyBudget.most)) }
        guard let delta = Delta(delta) else { throw HostError(.delta) }
        guard let accounting = Accounting(rawValue: accounting) else {
            throw .usage("there is no accounting '\(accounting)': take addition or zcdp")
        }
        let budget = try HostError.translating { () throws(PrivacyError) in
            try PrivacyBudget(epsilon: epsilon, delta: delta, accounting: accounting)
        }
        let store = try EventStore.existing(path)
        try HostError.translating { () throws(StoreError) in
            try store.state(
                PrivacyLedger.Budget(
                    at: Int64(Date().timeIntervalSince1970), epsilon: budget.epsilon.units, delta: budget.delta.units,
                    accounting: budget.accounting.rawValue))
            try store.close()
        }
        return try of(store: path)
    }

    /// Refuses a release that the budget does not allow.
    func check(_ cost: PrivacyCost) throws(HostError) {
        guard let accountant else {
            throw .refused(
                """
                no privacy budget is stated for this store: say how much of every viewer's privacy all releases together may cost, \
                such as with `host privacy statistics --budget --epsilon 3 --delta 1e-6`
                """)
        }
        try HostError.translating { () throws(PrivacyError) in try accountant.check(cost) }
    }
}

extension PrivacyCost {
    init(_ spending: PrivacyLedger.Spending) {
        self.init(
            epsilon: Epsilon(units: spending.epsilon), delta: Delta(units: spending.delta),
            rho: Rho(units: spending.rho),
            selectionDelta: Delta(units: spending.selectionDelta))
    }
}
