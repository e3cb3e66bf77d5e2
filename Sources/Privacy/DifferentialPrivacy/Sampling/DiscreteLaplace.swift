internal import Foundation

/// Noise on whole numbers: `x` with a probability in proportion to `exp(-|x| / scale)`.
///
/// A whole number that one viewer changes by at most `d` is `d / scale`-differentially private with it (Ghosh, Roughgarden and
/// Sundararajan 2009; for several numbers, `d` is the sum of the changes).
public struct DiscreteLaplace: Equatable, Sendable {
    @usableFromInline let scale: Ratio

    /// The noise that hides a change of `sensitivity` in all with the loss `epsilon`; both are more than 0.
    public init(sensitivity: Int, epsilon: Epsilon) {
        self.init(scale: Ratio(UInt128(sensitivity) * UInt128(Epsilon.unitsOfOne), UInt128(epsilon.units)))
    }

    @usableFromInline
    init(scale: Ratio) {
        self.scale = scale
    }

    /// Draws a number (Canonne, Kamath and Steinke 2020, algorithm 2).
    @inlinable
    public func draw(using generator: inout some RandomNumberGenerator) -> Int {
        let (t, s) = (scale.numerator, scale.denominator)
        while true {
            let rest = generator.uniform(below: t)
            if !generator.bernoulliOfExponential(rest, t) { continue }
            var whole: UInt128 = 0
            while generator.bernoulliOfExponential() { whole += 1 }
            let magnitude = Int((rest + t * whole) / s)
            let isNegative = generator.next() & 1 == 1
            // Zero must not come by two ways.
            if isNegative, magnitude == 0 { continue }
            return isNegative ? -magnitude : magnitude
        }
    }

    /// The standard deviation.
    public var standardDeviation: Double {
        // sqrt(2 q) / (1 - q) with q = exp(-1 / scale).
        1 / (sqrt(2) * sinh(0.5 / scale.value))
    }

    /// The least `h` such that the noise is from `-h` to `h` with a probability of `share` or more.
    public func halfWidth(_ share: Double) -> Int {
        max(0, least { logTail($0 + 1) + log(2) <= log1p(-share) })
    }

    /// The least `k` from 1 on such that the noise is `k` or more with a probability of at most `probability`.
    func quantile(above probability: Double) -> Int {
        1 + least { logTail($0 + 1) <= log(probability) - 1e-9 }
    }

    /// The logarithm of the probability of `k` or more, `q^k / (1 + q)`, for a positive `k`.
    private func logTail(_ k: Int) -> Double {
        -Double(k) / scale.value - log1p(exp(-1 / scale.value))
    }

    private func least(_ isEnough: (Int) -> Bool) -> Int {
        Search.least(isEnough)
    }
}
