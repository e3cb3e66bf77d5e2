/// So many of so many.
public struct Proportion: Sendable, Equatable {
    public private(set) var count = 0
    public private(set) var total = 0

    mutating func add(_ isCounted: Bool) {
        count += isCounted ? 1 : 0
        total += 1
    }

    mutating func add(_ count: Int, of total: Int) {
        self.count += count
        self.total += total
    }

    /// From 0 to 1; nil of nothing.
    public var value: Double? {
        total > 0 ? Double(count) / Double(total) : nil
    }

    /// The interval that holds the true share in 95 of 100 cases (Wilson 1927); nil of nothing.
    public var interval: ClosedRange<Double>? {
        guard let value else { return nil }
        let z = 1.959_963_984_540_054
        let (n, square) = (Double(total), z * z)
        let center = value + square / (2 * n)
        let half = z * (value * (1 - value) / n + square / (4 * n * n)).squareRoot()
        let scale = 1 + square / n
        return max(0, (center - half) / scale)...min(1, (center + half) / scale)
    }
}
