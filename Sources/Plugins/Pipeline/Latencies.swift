/// How long calls took: counts in buckets that are an eighth of a power of two wide, so that a quantile is off by at most
/// 12.5 %.
public struct Latencies: Sendable, Equatable {
    /// Calls by bucket.
    public private(set) var buckets = [UInt32](repeating: 0, count: 64 * 8)
    public private(set) var count = 0
    /// Nanoseconds of all calls that were counted.
    public private(set) var sum: UInt64 = 0

    public init() {}

    /// Counts that were kept elsewhere; nil where `buckets` has not one for each bucket.
    public init?(buckets: [UInt32], sum: UInt64) {
        guard buckets.count == self.buckets.count else { return nil }
        self.buckets = buckets
        self.sum = sum
        count = buckets.reduce(0) { $0 + Int($1) }
    }

    public mutating func add(nanoseconds: UInt64) {
        buckets[Self.bucket(of: nanoseconds)] += 1
        count += 1
        sum += nanoseconds
    }

    public mutating func add(_ other: Latencies) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        sum += other.sum
    }

    /// The upper bound in nanoseconds of the bucket that the quantile falls in; 0 where nothing was counted.
    public func quantile(_ share: Double) -> UInt64 {
        let rank = Int((Double(count) * share).rounded(.up))
        var seen = 0
        for (index, calls) in buckets.enumerated() where calls > 0 {
            seen += Int(calls)
            if seen >= rank { return Self.upperBound(of: index) }
        }
        return 0
    }

    private static func bucket(of value: UInt64) -> Int {
        if value < 8 { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount
        return (exponent - 2) * 8 + Int((value >> UInt64(exponent - 3)) & 7)
    }

    private static func upperBound(of bucket: Int) -> UInt64 {
        if bucket < 8 { return UInt64(bucket) }
        let exponent = UInt64(bucket / 8 + 2)
        return ((UInt64(8 + bucket % 8) + 1) << (exponent - 3)) - 1
    }
}
