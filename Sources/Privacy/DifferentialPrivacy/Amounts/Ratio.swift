/// A positive fraction of whole numbers, in lowest terms.
@usableFromInline
struct Ratio: Equatable, Sendable {
    @usableFromInline let numerator: UInt128
    @usableFromInline let denominator: UInt128

    /// Both are more than 0.
    @usableFromInline
    init(_ numerator: UInt128, _ denominator: UInt128 = 1) {
        precondition(numerator > 0 && denominator > 0, "a fraction of nothing")
        var (divisor, rest) = (numerator, denominator)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    var value: Double {
        Double(numerator) / Double(denominator)
    }
}
