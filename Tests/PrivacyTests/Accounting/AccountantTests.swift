import Foundation
import Privacy
import Testing

private func cost(_ epsilon: String, _ delta: String = "0", rho: String = "0", selection: String = "0") throws
    -> PrivacyCost
{
    PrivacyCost(
        epsilon: try #require(Epsilon(epsilon)), delta: try #require(Delta(delta)), rho: try #require(Rho(rho)),
        selectionDelta: try #require(Delta(selection)))
}

private func budget(_ epsilon: String, _ delta: String = "0", _ accounting: Accounting = .addition) throws
    -> PrivacyBudget
{
    try PrivacyBudget(
        epsilon: try #require(Epsilon(epsilon)), delta: try #require(Delta(delta)), accounting: accounting)
}

@Suite("Zero-concentrated privacy in terms of epsilon and delta")
struct ConcentrationTests {
    /// Bun and Steinke 2016, proposition 1.3.
    private func published(rho: Double, delta: Double) -> Double {
        rho + 2 * (rho * log(1 / delta)).squareRoot()
    }

    @Test("is never more than what Bun and Steinke published, and not far from it")
    func bunSteinke() {
        for rho in [1e-6, 1e-4, 0.01, 0.07, 0.5, 2.56, 10] {
            for delta in [1e-4, 1e-6, 1e-10, 1e-15] {
                let epsilon = Concentration.epsilon(delta: delta, rho: rho)
                #expect(epsilon <= published(rho: rho, delta: delta))
                #expect(epsilon > 0.3 * published(rho: rho, delta: delta))
            }
        }
    }

    /// OpenDP 0.16.0, `make_zCDP_to_approxDP` over `make_gaussian` with the scale `sqrt(1 / (2 rho))`.
    @Test(
        "is what OpenDP says",
        arguments: [
            (0.5, 1e-6, 5.22153444453017), (0.01, 1e-9, 0.8101744678675343), (2.56, 1e-10, 17.15830871210475),
            (0.07, 1e-10, 2.3872751767179743), (0.0001, 1e-12, 0.09065957114579457), (10, 1e-5, 30.110857303795736),
        ])
    func openDP(_ rho: Double, _ delta: Double, _ epsilon: Double) {
        #expect(abs(Concentration.epsilon(delta: delta, rho: rho) / epsilon - 1) < 1e-6)
    }

    /// The exact delta of the discrete Gaussian (Canonne, Kamath and Steinke 2020, theorem 7), which no bound may be below.
    @Test("is a true bound for the discrete Gaussian", arguments: [0.3, 1.0, 2.5])
    func exact(_ epsilon: Double) {
        for variance in [0.5, 2.0, 20.0] {
            let all = (-400...400).reduce(0.0) { $0 + exp(-Double($1 * $1) / (2 * variance)) }
            func mass(_ x: Int) -> Double { exp(-Double(x * x) / (2 * variance)) / all }
            let exact = (-400...400).reduce(0.0) { $0 + max(0, mass($1) - exp(epsilon) * mass($1 + 1)) }
            let bound = Concentration.delta(epsilon: epsilon, rho: 1 / (2 * variance))
            #expect(bound >= exact)
            #expect(bound <= exact * 20 + 1e-12)
        }
    }

    @Test("goes back and forth, to the side of more noise")
    func inverse() throws {
        for text in ["0.000001", "0.01", "0.3", "1", "20"] {
            for small in ["1e-18", "1e-9", "0.0001"] {
                let (epsilon, delta) = (try #require(Epsilon(text)), try #require(Delta(small)))
                let rho = Concentration.rho(epsilon: epsilon, delta: delta)
                #expect(Concentration.delta(epsilon: epsilon.value, rho: rho.value) <= delta.value)
                let more = Rho(units: rho.units + 2)
                #expect(Concentration.delta(epsilon: epsilon.value, rho: more.value) > delta.value * (1 - 1e-6))
            }
        }
    }

    @Test("costs half the square of epsilon where privacy is pure, rounded up")
    func pure() {
        #expect(Rho(pure: Epsilon(units: 1_000_000)) == Rho(units: 500_000_000))
        #expect(Rho(pure: Epsilon(units: 1_000_001)) == Rho(units: 500_001_001))
        #expect(Rho(pure: Epsilon(units: 1)).units == 1)
        #expect(Rho(pure: Epsilon(units: 20_000_000)).value >= 200)
    }
}

@Suite("The accountant")
struct AccountantTests {
    @Test("adds epsilons and deltas, to the last unit")
    func addition() throws {
        let spent = try Array(repeating: cost("0.1", "1e-9"), count: 9)
        let accountant = Accountant(try budget("1", "1e-8"), spent: spent)
        try accountant.check(cost("0.1", "1e-9"))
        #expect(throws: PrivacyError.self) { try accountant.check(cost("0.100001", "0")) }
        #expect(throws: PrivacyError.self) { try accountant.check(cost("0.1", "1.000000001e-9")) }
        #expect(accountant.spent.description == "epsilon 0.9 and delta 9e-9")
        #expect(accountant.left.description == "epsilon 0.1 and delta 1e-9")
    }

    @Test("adds rhos, and so lets many small releases through that addition refuses")
    func concentration() throws {
        func releases(_ accounting: Accounting, _ mechanism: Mechanism, _ delta: String) throws -> Int {
            let cost = try ReleasePlan(
                .viewers, groupsPerViewer: 1, areGroupsKnown: true, mechanism, epsilon: #require(Epsilon("0.1")),
                delta: #require(Delta(delta))
            ).cost
            let budget = try budget("3", "1e-6", accounting)
            var sum = PrivacyCost.nothing
            var count = 0
            while (try? Accountant(budget, spent: [sum]).check(cost)) != nil {
                sum = sum + cost
                count += 1
            }
            let accountant = Accountant(budget, spent: [sum])
            #expect(accountant.epsilon <= 3 && accountant.epsilon > 2.9)
            return count
        }
        // docs/statistics.md has these numbers.
        #expect(try releases(.addition, .laplace, "0") == 30)
        #expect(try releases(.zcdp, .laplace, "0") == 35)
        #expect(try releases(.zcdp, .gaussian, "1e-8") == 841)
    }

    @Test("says what is spent, left and asked where it refuses")
    func refusal() throws {
        let accountant = Accountant(try budget("1", "1e-6"), spent: [try cost("0.8", "1e-7")])
        let error = try #require(throws: PrivacyError.self) { try accountant.check(cost("0.5", "1e-7")) }
        #expect(
            error.message == """
                the privacy budget does not allow it: it costs epsilon 0.5 and delta 1e-7; of epsilon 1 and delta 1e-6, by \
                addition, epsilon 0.8 and delta 1e-7 are spent, and epsilon 0.2 and delta 9e-7 are left
                """)
    }

    @Test("takes no budget that protects nobody")
    func budgets() {
        #expect(throws: PrivacyError.self) { try budget("0") }
        #expect(throws: PrivacyError.self) { try budget("100.1") }
        #expect(throws: PrivacyError.delta) { try budget("1", "0.01") }
        #expect(throws: PrivacyError.accountingNeedsDelta) { try budget("1", "0", .zcdp) }
    }

    @Test("does not overflow, whatever is in the ledger")
    func overflow() throws {
        let much = PrivacyCost(
            epsilon: Epsilon(units: .max), delta: Delta(units: .max), rho: Rho(units: .max),
            selectionDelta: Delta(units: .max))
        for accounting in Accounting.allCases {
            let accountant = Accountant(try budget("1", "1e-6", accounting), spent: [much, much])
            #expect(throws: PrivacyError.self) { try accountant.check(much) }
        }
    }
}
