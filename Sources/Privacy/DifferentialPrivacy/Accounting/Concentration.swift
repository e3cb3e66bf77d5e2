internal import Foundation

/// What zero-concentrated differential privacy says in terms of epsilon and delta.
///
/// Numbers are binary fractions: they decide how much noise is drawn, and are rounded to the side of more noise; no released number
/// is made of them.
public enum Concentration {
    /// A delta for which all that is `rho`-zero-concentrated is `(epsilon, delta)`-differentially private: the least over `alpha` of
    /// `exp((alpha - 1) (alpha rho - epsilon)) / (alpha - 1) (1 - 1 / alpha)^alpha` (Canonne, Kamath and Steinke 2020,
    /// section 2.3). Any `alpha` gives a true bound.
    public static func delta(epsilon: Double, rho: Double) -> Double {
        if rho <= 0 { return 0 }
        // The exponent's derivative rises with alpha, and is not negative at the upper end.
        var low = 1.0
        var high = (epsilon + 1) / (2 * rho) + 2
        for _ in 0..<200 {
            let alpha = (low + high) / 2
            if (2 * alpha - 1) * rho - epsilon + log1p(-1 / alpha) < 0 { low = alpha } else { high = alpha }
        }
        let exponent = (high - 1) * (high * rho - epsilon) + high * log1p(-1 / high) - log(high - 1)
        return min(1, exp(exponent))
    }

    /// An epsilon for which all that is `rho`-zero-concentrated is `(epsilon, delta)`-differentially private; delta is from 0 to 1.
    public static func epsilon(delta: Double, rho: Double) -> Double {
        if rho <= 0 { return 0 }
        // That of Bun and Steinke 2016, proposition 1.3, which is never less.
        var high = rho + 2 * (rho * log(1 / delta)).squareRoot()
        var low = 0.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if self.delta(epsilon: middle, rho: rho) <= delta { high = middle } else { low = middle }
        }
        return high
    }

    /// The most that is `(epsilon, delta)`-differentially private.
    public static func rho(epsilon: Epsilon, delta: Delta) -> Rho {
        if epsilon.units == 0 || delta.units == 0 { return .zero }
        let limit = delta.value * (1 - 1e-9)
        // A loss of epsilon and more has no such delta.
        return Rho(units: Search.least { self.delta(epsilon: epsilon.value, rho: Rho(units: $0 + 1).value) > limit })
    }
}
