internal import Foundation

/// Pearson's test of whether counts are those of a distribution.
public struct ChiSquare: CustomStringConvertible {
    /// Neighbouring cells in which fewer are expected are put together.
    private static let leastExpected = 20.0

    public let statistic: Double
    /// Degrees of freedom.
    public let freedom: Int

    /// `probabilities` are those of the counts' cells, and sum up to 1.
    public init(_ counts: [Int], _ probabilities: [Double]) {
        let all = Double(counts.reduce(0, +))
        var cells: [(count: Double, expected: Double)] = []
        var isFull = true
        for (count, probability) in zip(counts, probabilities) {
            if isFull { cells.append((0, 0)) }
            cells[cells.count - 1].count += Double(count)
            cells[cells.count - 1].expected += probability * all
            isFull = cells[cells.count - 1].expected >= Self.leastExpected
        }
        if !isFull, let rest = cells.popLast(), !cells.isEmpty {
            cells[cells.count - 1].count += rest.count
            cells[cells.count - 1].expected += rest.expected
        }
        statistic = cells.reduce(0) { $0 + ($1.count - $1.expected) * ($1.count - $1.expected) / $1.expected }
        freedom = cells.count - 1
    }

    public init(statistic: Double, freedom: Int) {
        self.statistic = statistic
        self.freedom = freedom
    }

    /// How many standard deviations above the mean a normal variable would be that is as improbable (Wilson and Hilferty 1931).
    public var deviations: Double {
        let spread = 2 / (9 * Double(freedom))
        return (cbrt(statistic / Double(freedom)) - 1 + spread) / spread.squareRoot()
    }

    /// Whether the counts are as they may be: wrong in less than one of a million true cases.
    public var isPlausible: Bool { deviations < 4.76 }

    public var description: String {
        "chi-square \(statistic) with \(freedom) degrees of freedom, \(deviations) deviations"
    }
}
