/// A mean, and where it may lie.
public struct Estimate: Sendable, Equatable {
    public let mean: Double
    /// The interval that holds the true mean in 95 of 100 cases.
    public let low: Double
    public let high: Double
}

/// Confidence intervals by drawing the viewers anew (Efron 1979; percentiles).
public struct Bootstrap: Sendable {
    public var resamples = 1000
    public var seed: UInt64 = 1

    public init() {}

    /// The mean of some values, and its interval at 95 %. Without values, all is 0.
    public func estimate(_ values: [Double]) -> Estimate {
        if values.isEmpty { return Estimate(mean: 0, low: 0, high: 0) }
        var random = SeededNumbers(seed)
        let count = UInt64(values.count)
        let means = (0..<resamples).map { _ in
            var sum = 0.0
            // A number below the count, by the upper half of a product (Lemire 2019); its bias is below 2⁻³² here.
            for _ in values.indices {
                sum += values[Int((random.next() as UInt64).multipliedFullWidth(by: count).high)]
            }
            return sum / Double(values.count)
        }.sorted()
        let mean = values.reduce(0, +) / Double(values.count)
        return Estimate(mean: mean, low: Self.quantile(0.025, of: means), high: Self.quantile(0.975, of: means))
    }

    /// The mean of the differences of two lists that go over the same viewers.
    public func difference(_ values: [Double], _ others: [Double]) -> Estimate {
        estimate(zip(values, others).map { $0 - $1 })
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}
