internal import GRDB

/// What was stated as a privacy budget, and what was spent of it. Amounts are whole numbers of small units: epsilon in millionths,
/// deltas in `10^-18`, rho in billionths.
public struct PrivacyLedger: Equatable, Sendable {
    /// A budget that somebody stated.
    public struct Budget: Equatable, Sendable {
        /// When, in seconds since 1970.
        public let at: Int64
        public let epsilon: Int
        public let delta: Int
        /// How losses are added up.
        public let accounting: String

        public init(at: Int64, epsilon: Int, delta: Int, accounting: String) {
            self.at = at
            self.epsilon = epsilon
            self.delta = delta
            self.accounting = accounting
        }
    }

    /// What every viewer was charged for a release.
    public struct Spending: Equatable, Sendable {
        /// When, in seconds since 1970.
        public let at: Int64
        /// What the release is called.
        public let name: String
        public let mechanism: String
        public let epsilon: Int
        public let delta: Int
        public let rho: Int
        /// The part of delta that is for the keys of groups.
        public let selectionDelta: Int
        /// What was told, and of what.
        public let columns: String
        /// All that was asked, as JSON.
        public let parameters: String

        public init(
            at: Int64, name: String, mechanism: String, epsilon: Int, delta: Int, rho: Int, selectionDelta: Int,
            columns: String, parameters: String
        ) {
            self.at = at
            self.name = name
            self.mechanism = mechanism
            self.epsilon = epsilon
            self.delta = delta
            self.rho = rho
            self.selectionDelta = selectionDelta
            self.columns = columns
            self.parameters = parameters
        }
    }

    /// In their order; the last one counts.
    public internal(set) var budgets: [Budget] = []
    /// By their numbers, which rise from 1 on.
    public internal(set) var spendings: [(release: Int64, spending: Spending)] = []

    public static func == (left: PrivacyLedger, right: PrivacyLedger) -> Bool {
        left.budgets == right.budgets && left.spendings.elementsEqual(right.spendings) { $0 == $1 }
    }

    init(_ database: Database) throws {
        budgets = try Row.fetchAll(database, sql: "SELECT * FROM privacy_budgets ORDER BY budget").map { row in
            Budget(at: row["at"], epsilon: row["epsilon"], delta: row["delta"], accounting: row["accounting"])
        }
        spendings = try Row.fetchAll(database, sql: "SELECT * FROM privacy_spending ORDER BY release").map { row in
            (
                row["release"],
                Spending(
                    at: row["at"], name: row["name"], mechanism: row["mechanism"], epsilon: row["epsilon"],
                    delta: row["delta"], rho: row["rho"], selectionDelta: row["selection_delta"],
                    columns: row["columns"], parameters: row["parameters"])
            )
        }
    }
}
