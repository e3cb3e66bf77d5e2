/// Adds up what releases cost every viewer, and says whether a budget leaves room for another.
///
/// ```swift
/// let accountant = Accountant(budget, spent: releases.map(\.cost))
/// try accountant.check(plan.cost)
/// ```
public struct Accountant: Sendable {
    public let budget: PrivacyBudget
    /// What all releases cost together.
    public let total: PrivacyCost

    public init(_ budget: PrivacyBudget, spent costs: some Sequence<PrivacyCost>) {
        self.budget = budget
        total = costs.reduce(.nothing, +)
    }

    /// Whether another release fits in.
    public func check(_ cost: PrivacyCost) throws(PrivacyError) {
        let sum = total + cost
        let fits =
            switch budget.accounting {
            case .addition: sum.epsilon <= budget.epsilon && sum.delta <= budget.delta
            case .zcdp: sum.rho <= budget.rho && sum.selectionDelta <= budget.selectionDelta
            }
        if !fits { throw .exceeded(budget, spent: spent, left: left, asked: asked(cost)) }
    }

    /// What is spent, by the budget's way of adding up.
    public var spent: Standing {
        switch budget.accounting {
        case .addition: Standing(.epsilon(total.epsilon), delta: total.delta)
        case .zcdp: Standing(.rho(total.rho), delta: total.selectionDelta)
        }
    }

    /// What is left.
    public var left: Standing {
        switch budget.accounting {
        case .addition: Standing(.epsilon(budget.epsilon - total.epsilon), delta: budget.delta - total.delta)
        case .zcdp: Standing(.rho(budget.rho - total.rho), delta: budget.selectionDelta - total.selectionDelta)
        }
    }

    /// The epsilon for which all that was released is differentially private, with the budget's delta.
    public var epsilon: Double {
        switch budget.accounting {
        case .addition: total.epsilon.value
        case .zcdp: Concentration.epsilon(delta: budget.conversionDelta.value, rho: total.rho.value)
        }
    }

    /// A part of a budget, in the budget's way of adding up.
    public struct Standing: Equatable, Sendable, CustomStringConvertible {
        public enum Loss: Equatable, Sendable {
            case epsilon(Epsilon)
            case rho(Rho)
        }

        public let loss: Loss
        /// With `rho`, that for the keys of groups.
        public let delta: Delta

        init(_ loss: Loss, delta: Delta) {
            self.loss = loss
            self.delta = delta
        }

        public var description: String {
            switch loss {
            case .epsilon(let epsilon): "epsilon \(epsilon) and delta \(delta)"
            case .rho(let rho): "rho \(rho) and delta \(delta)"
            }
        }
    }

    private func asked(_ cost: PrivacyCost) -> Standing {
        switch budget.accounting {
        case .addition: Standing(.epsilon(cost.epsilon), delta: cost.delta)
        case .zcdp: Standing(.rho(cost.rho), delta: cost.selectionDelta)
        }
    }
}
