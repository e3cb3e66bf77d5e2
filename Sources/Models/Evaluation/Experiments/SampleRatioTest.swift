internal import Foundation

/// Whether variants have as many viewers as they were to have. Where they have not, viewers were lost on the way to one of them, or
/// counted twice, and what the variants' viewers did cannot be compared (Fabijan et al. 2019, "Diagnosing Sample Ratio Mismatch in
/// Online Controlled Experiments", KDD).
///
/// Pearson's χ² test of goodness of fit.
public struct SampleRatioTest: Sendable, Equatable {
    /// Below this probability there is a mismatch: so few experiments that are well have it by chance that each is worth a look.
    public static let threshold = 0.001

    /// Viewers of each variant, and how many of all each should have had.
    public let counts: [Int]
    public let shares: [Double]

    /// Variants were to get viewers in the proportion of `weights`, which are above 0: one for each count.
    public init(_ counts: [Int], weights: [Double]) {
        precondition(counts.count == weights.count && weights.allSatisfy { $0 > 0 })
        self.counts = counts
        let total = weights.reduce(0, +)
        shares = weights.map { $0 / total }
    }

    public var isMismatch: Bool { probability < Self.threshold }

    /// How probable it is that the counts are as far from the shares, or further, where viewers were assigned as planned.
    public var probability: Double {
        let total = Double(counts.reduce(0, +))
        if total == 0 || counts.count < 2 { return 1 }
        let statistic = zip(counts, shares).reduce(0) { sum, part in
            let expected = total * part.1
            return sum + (Double(part.0) - expected) * (Double(part.0) - expected) / expected
        }
        return Self.upperGamma(Double(counts.count - 1) / 2, statistic / 2)
    }

    /// The upper incomplete gamma function Q(a, x): by its series up to about its middle (DLMF 8.7.1), from there by its continued
    /// fraction (DLMF 8.9.2).
    private static func upperGamma(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 1 }
        let scale = exp(a * log(x) - x - lgamma(a))
        if x < a + 1 {
            var (term, sum, place) = (1 / a, 1 / a, a)
            while term > sum * .ulpOfOne {
                place += 1
                term *= x / place
                sum += term
            }
            return max(0, 1 - scale * sum)
        }
        // Lentz's method, as Thompson and Barnett have it.
        var divisor = x + 1 - a
        var (fraction, numerator, inverse) = (1 / divisor, Double.greatestFiniteMagnitude, 1 / divisor)
        for step in 1...10_000 {
            let factor = -Double(step) * (Double(step) - a)
            divisor += 2
            inverse = 1 / (factor * inverse + divisor)
            numerator = divisor + factor / numerator
            let change = inverse * numerator
            fraction *= change
            if abs(change - 1) < .ulpOfOne { break }
        }
        return scale * fraction
    }
}
