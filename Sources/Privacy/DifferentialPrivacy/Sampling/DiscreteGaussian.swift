internal import Foundation

/// Noise on whole numbers: `x` with a probability in proportion to `exp(-x^2 / (2 variance))`.
///
/// Whole numbers that one viewer changes by `d_1, d_2, ...` are `rho`-zero-concentrated differentially private with it, where
/// `rho` is the sum of `d_i^2 / (2 variance)` (Canonne, Kamath and Steinke 2020, theorem 4, with the composition of Bun and Steinke
/// 2016, lemma 1.7).
public struct DiscreteGaussian: Equatable, Sendable {
    /// That of the continuous noise; the discrete one's is not more.
    @usableFromInline let variance: Ratio

    /// The noise that hides changes whose squares sum up to `groups` times that of `change`, with the loss `rho`; all are more
    /// than 0.
    public init(change: Int, groups: Int, rho: Rho) {
        let square = UInt128(change) * UInt128(change) * UInt128(groups)
        self.init(variance: Ratio(square * UInt128(Rho.unitsOfOne), 2 * UInt128(rho.units)))
    }

    init(variance: Ratio) {
        self.variance = variance
    }

    /// Draws a number (Canonne, Kamath and Steinke 2020, algorithm 3).
    @inlinable
    public func draw(using generator: inout some RandomNumberGenerator) -> Int {
        let (n, d) = (variance.numerator, variance.denominator)
        let t = Self.root(n / d) + 1
        let proposals = DiscreteLaplace(scale: Ratio(t))
        while true {
            let number = proposals.draw(using: &generator)
            // (|y| - variance / t)^2 / (2 variance), as the product of two fractions with the same numerator.
            let place = UInt128(number.magnitude) * t * d
            let distance = place > n ? place - n : n - place
            if generator.bernoulliOfExponential((distance, d * t * t), (distance, 2 * n)) { return number }
        }
    }

    /// The standard deviation of the continuous noise, than which the discrete one's is not more.
    public var standardDeviation: Double {
        variance.value.squareRoot()
    }

    /// An `h` such that the noise is from `-h` to `h` with a probability of `share` or more.
    public func halfWidth(_ share: Double) -> Int {
        max(0, quantile(above: (1 - share) / 2) - 1)
    }

    /// A `k` from 1 on such that the noise is `k` or more with a probability of at most `probability`: it is at most that of the
    /// continuous noise to be `k - 1` or more (`docs/statistics.md` has the proof).
    func quantile(above probability: Double) -> Int {
        1 + Search.least { erfc(Double($0) / (standardDeviation * sqrt(2))) / 2 <= probability * (1 - 1e-9) }
    }

    /// The square root, rounded down (Newton).
    @usableFromInline
    static func root(_ number: UInt128) -> UInt128 {
        if number < 2 { return number }
        var root: UInt128 = 1 << ((UInt128.bitWidth - number.leadingZeroBitCount + 1) / 2)
        while case let next = (root + number / root) / 2, next < root { root = next }
        return root
    }
}
