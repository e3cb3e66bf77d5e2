/// Quantiles of any number of values, within a relative accuracy: DDSketch (Masson, Rim and Lee 2019, "DDSketch: a fast and
/// fully-mergeable quantile sketch with relative-error guarantees").
///
///     var sketch = QuantileSketch()
///     for milliseconds in measured { try sketch.add(milliseconds) }
///     sketch.quantile(0.95)
///
/// A quantile is within `accuracy` times the value that it stands for, whatever the values are, as long as they span no more than
/// 2048 bins: a factor of 6·10^17 with the default accuracy, of 60 with 0.001. Where they span more, those that are nearest
/// to zero share a bin, above zero and below by themselves: a quantile among them is too far from zero, but no further than
/// the largest value divided by that factor. Values nearer to zero than 2.3·10^-308 count as zero.
///
/// Merged sketches are those of all values, bin by bin. Only the sum, a `Double`, may differ in its last digits with the order
/// of the values; sums of integers up to 2^53 do not.
public struct QuantileSketch: Sketch {
    public static let accuracies = 0.001...0.1
    public static let defaultAccuracy = 0.01

    /// How many values there were.
    public private(set) var count: Int64 = 0
    /// Their sum, which ends at the largest finite number.
    public private(set) var sum = 0.0
    private var least = Double.infinity
    private var greatest = -Double.infinity
    private let bins: LogarithmicBins
    private var zeros: Int64 = 0
    private var positive = BinCounts()
    /// By how far from zero the values are.
    private var negative = BinCounts()

    /// `accuracy` is brought into ``accuracies``.
    public init(accuracy: Double = defaultAccuracy) {
        bins = LogarithmicBins(
            accuracy: Swift.min(Swift.max(accuracy, Self.accuracies.lowerBound), Self.accuracies.upperBound))
    }

    public var accuracy: Double {
        bins.accuracy
    }

    /// The lowest value, exactly; nil where there is none.
    public var min: Double? {
        count == 0 ? nil : least
    }

    /// The highest value, exactly; nil where there is none.
    public var max: Double? {
        count == 0 ? nil : greatest
    }

    public var memory: Int {
        MemoryLayout<Self>.size + positive.memory + negative.memory
    }

    /// Counts `value` so many times.
    public mutating func add(_ value: Double, count added: Int64 = 1) throws(SketchError) {
        guard value.isFinite else { throw .notFinite }
        guard added > 0 else { throw .countOutOfRange }
        guard added <= Int64.max - count else { throw .tooMany }
        // Without the sign of -0.
        let value = value + 0
        if value >= .leastNormalMagnitude {
            positive.add(added, to: bins.index(of: value))
        } else if value <= -.leastNormalMagnitude {
            negative.add(added, to: bins.index(of: -value))
        } else {
            zeros += added
        }
        count += added
        sum = Self.finite(sum + Self.finite(value * Double(added)))
        least = Swift.min(least, value)
        greatest = Swift.max(greatest, value)
    }

    /// The value below which lies that part of the values, from 0 (the lowest) to 1 (the highest); nil where there is none.
    public func quantile(_ part: Double) -> Double? {
        guard count > 0, part >= 0, part <= 1 else { return nil }
        let last = count - 1
        // A Double may be more than the integer that it was.
        let rank = Swift.min(Int64(exactly: (part * Double(last)).rounded(.down)) ?? last, last)
        if rank == 0 { return least }
        if rank == last { return greatest }
        return Swift.min(Swift.max(value(ofRank: rank), least), greatest)
    }

    public mutating func merge(_ other: QuantileSketch) throws(SketchError) {
        guard accuracy == other.accuracy else { throw .unlike }
        guard other.count <= Int64.max - count else { throw .tooMany }
        positive.merge(other.positive)
        negative.merge(other.negative)
        zeros += other.zeros
        count += other.count
        sum = Self.finite(sum + other.sum)
        least = Swift.min(least, other.least)
        greatest = Swift.max(greatest, other.greatest)
    }

    private func value(ofRank rank: Int64) -> Double {
        if rank < negative.total { return -bins.number(of: negative.bin(ofRank: negative.total - 1 - rank)) }
        let rank = rank - negative.total - zeros
        return rank < 0 ? 0 : bins.number(of: positive.bin(ofRank: rank))
    }

    private static func finite(_ sum: Double) -> Double {
        Swift.min(Swift.max(sum, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }

    // MARK: Bytes

    /// Of an empty sketch with the default accuracy, 5 bytes; of ten values, some 50; of many, 2 or 3 for each bin.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(SketchKind.quantiles.rawValue)
        if accuracy == Self.defaultAccuracy {
            bytes.append(0)
        } else {
            bytes.append(1)
            bytes.append(double: accuracy)
        }
        bytes.append(number: UInt64(zeros))
        negative.encode(into: &bytes)
        positive.encode(into: &bytes)
        if count == 0 { return }
        bytes.append(double: sum)
        bytes.append(double: least)
        bytes.append(double: greatest)
    }

    public init?(decoding bytes: UnsafeRawBufferPointer) {
        var reader = SketchReader(bytes)
        guard reader.byte() == SketchKind.quantiles.rawValue, let isOther = reader.byte(), isOther <= 1 else {
            return nil
        }
        var accuracy = Self.defaultAccuracy
        if isOther == 1 {
            guard let other = reader.double(), other != accuracy, Self.accuracies.contains(other) else { return nil }
            accuracy = other
        }
        self.init(accuracy: accuracy)
        guard let number = reader.number(), let zeros = Int64(exactly: number),
            let negative = BinCounts(from: &reader), let positive = BinCounts(from: &reader),
            negative.total <= Int64.max - zeros, positive.total <= Int64.max - zeros - negative.total
        else { return nil }
        self.zeros = zeros
        self.negative = negative
        self.positive = positive
        count = zeros + negative.total + positive.total
        if count > 0 {
            guard let sum = reader.double(), let least = reader.double(), let greatest = reader.double(),
                least <= greatest, positive.highest == bin(of: greatest), negative.highest == bin(of: -least)
            else { return nil }
            self.sum = sum
            self.least = least
            self.greatest = greatest
        }
        guard reader.left == 0 else { return nil }
    }

    private func bin(of value: Double) -> Int? {
        value >= .leastNormalMagnitude ? bins.index(of: value) : nil
    }
}
