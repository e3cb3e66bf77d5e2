internal import Foundation

extension ModelRecipe {
    /// A recipe with the parameters drawn at random that this one leaves at their defaults (Bergstra and Bengio 2012, "Random
    /// Search for Hyper-Parameter Optimization"). Each digit of a number is as probable as in any other power of ten.
    public func drawn(using random: inout SeededNumbers) -> ModelRecipe {
        var recipe = self
        for range in kind.searched {
            let share: Double = random.next()
            if changes.contains(where: { $0.name == range.name }) { continue }
            let value = range.low * pow(range.high / range.low, share)
            recipe.set(range.name, to: range.isWhole ? value.rounded() : Self.rounded(value))
        }
        return recipe
    }

    /// To three digits.
    private static func rounded(_ value: Double) -> Double {
        Double(String(format: "%.2e", value)) ?? value
    }
}

extension ModelRecipe.Kind {
    /// The parameters that are searched, and between what.
    fileprivate var searched: [(name: String, low: Double, high: Double, isWhole: Bool)] {
        switch self {
        case .popularity: [("half-life", 3, 3000, true)]
        case .neighbours: [("count", 10, 500, true), ("shrinkage", 0.1, 1000, false)]
        case .ease: [("regularization", 1, 5000, false)]
        case .sparseEase: [("regularization", 1, 5000, false), ("neighbours", 16, 512, true)]
        case .ials:
            [
                ("rank", 8, 128, true), ("unobserved", 0.003, 3, false), ("regularization", 0.0003, 0.3, false),
            ]
        }
    }
}
