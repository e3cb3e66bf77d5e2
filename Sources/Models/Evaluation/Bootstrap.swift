/// A mean or a ratio, and where it may lie.
public struct Estimate: Sendable, Equatable {
    public let mean: Double
    /// The interval that holds the true mean in 95 of 100 cases.
    public let low: Double
    public let high: Double

    static let none = Estimate(mean: 0, low: 0, high: 0)
}

/// Confidence intervals by drawing the viewers anew (Efron 1979; percentiles).
public struct Bootstrap: Sendable {
    public var resamples = 1000
    public var seed: UInt64 = 1

    public init() {}

    /// The mean of some values, and its interval at 95 %. Without values, all is 0.
    public func estimate(_ values: [Double]) -> Estimate {
        if values.isEmpty { return .none }
        var random = SeededNumbers(seed)
        let means = (0..<resamples).map { _ in
            var sum = 0.0
            for _ in values.indices { sum += values[Self.draw(values.count, &random)] }
            return sum / Double(values.count)
        }
        return Self.estimate(values.reduce(0, +) / Double(values.count), means)
    }

    /// The mean of the differences of two lists that go over the same viewers.
    public func difference(_ values: [Double], _ others: [Double]) -> Estimate {
        estimate(zip(values, others).map { $0 - $1 })
    }

    /// A sum divided by another, where each viewer adds to both: of what a viewer does many times, the viewer is drawn and not
    /// the times, for they are no independent trials. Where the divisor is 0, all is 0.
    public func ratio(_ parts: [(Double, Double)]) -> Estimate {
        var random = SeededNumbers(seed)
        guard let whole = Self.ratio(of: parts) else { return .none }
        return Self.estimate(whole, (0..<resamples).compactMap { _ in Self.drawnRatio(parts, &random) })
    }

    /// A ratio of some viewers less that of others, none of whom is among both.
    public func difference(ofRatio parts: [(Double, Double)], _ others: [(Double, Double)]) -> Estimate {
        var random = SeededNumbers(seed)
        guard let one = Self.ratio(of: parts), let other = Self.ratio(of: others) else { return .none }
        let differences = (0..<resamples).compactMap { _ -> Double? in
            let (one, other) = (Self.drawnRatio(parts, &random), Self.drawnRatio(others, &random))
            if let one, let other { return one - other }
            return nil
        }
        return Self.estimate(one - other, differences)
    }

    private static func ratio(of parts: [(Double, Double)]) -> Double? {
        let (above, below) = parts.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        return below > 0 ? above / below : nil
    }

    private static func drawnRatio(_ parts: [(Double, Double)], _ random: inout SeededNumbers) -> Double? {
        var (above, below) = (0.0, 0.0)
        for _ in parts.indices {
            let part = parts[draw(parts.count, &random)]
            above += part.0
            below += part.1
        }
        return below > 0 ? above / below : nil
    }

    /// A number below the count, by the upper half of a product (Lemire 2019); its bias is below 2⁻³² here.
    private static func draw(_ count: Int, _ random: inout SeededNumbers) -> Int {
        Int((random.next() as UInt64).multipliedFullWidth(by: UInt64(count)).high)
    }

    private static func estimate(_ mean: Double, _ drawn: [Double]) -> Estimate {
        let sorted = drawn.sorted()
        return Estimate(mean: mean, low: quantile(0.025, of: sorted), high: quantile(0.975, of: sorted))
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}
