internal import Glibc

/// How long calls took: counts in buckets that are an eighth of a power of two wide, so that a quantile is off by at most
/// 12.5 %.
struct Latencies: Sendable {
    private var buckets = [UInt32](repeating: 0, count: 64 * 8)
    private(set) var count = 0
    private(set) var sum: UInt64 = 0

    mutating func add(nanoseconds: UInt64) {
        buckets[Self.bucket(of: nanoseconds)] += 1
        count += 1
        sum += nanoseconds
    }

    mutating func add(_ other: Latencies) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        sum += other.sum
    }

    /// The upper bound in nanoseconds of the bucket that the quantile falls in; 0 where nothing was counted.
    func quantile(_ share: Double) -> UInt64 {
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

/// Nanoseconds of a clock that only runs forward.
func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
