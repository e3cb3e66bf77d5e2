/// Numbers the bins of a ``QuantileSketch``: the upper bound of each is that of the one below times a constant factor, so that
/// one value in the bin is within the accuracy of all others there.
///
/// C libraries do not agree on the last digit of a logarithm. Here it is made of operations that IEEE 754 rounds in one way
/// only, so that all homes put a value into the same bin.
struct LogarithmicBins {
    let accuracy: Double
    /// Of the factor between two bounds.
    private let logarithm: Double
    private let scale: Double
    private let middle: Double

    init(accuracy: Double) {
        self.accuracy = accuracy
        logarithm = Self.logarithm(of: (1 + accuracy) / (1 - accuracy))
        scale = 1 / logarithm
        middle = Self.logarithm(of: 1 - accuracy)
    }

    /// The bin of a number, which is finite, and not below `Double.leastNormalMagnitude`.
    func index(of number: Double) -> Int {
        Int((Self.logarithm(of: number) * scale).rounded(.up))
    }

    /// The number that stands for all in a bin.
    func number(of index: Int) -> Double {
        Self.exponential(of: Double(index) * logarithm + middle)
    }

    private static let ln2 = 0.693_147_180_559_945_3
    /// The sum of these two is nearer to the logarithm of 2; products of the first with small integers are exact.
    private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
    private static let ln2Low = 1.908_214_929_270_587_7e-10

    /// Of a normal number above zero: m·2^e with m near 1, and 2·artanh((m - 1) / (m + 1)) as a series.
    private static func logarithm(of number: Double) -> Double {
        let bits = number.bitPattern
        var exponent = Double(Int(truncatingIfNeeded: bits >> 52) - 1023)
        var mantissa = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
        if mantissa > 1.414_213_562_373_095_1 {
            mantissa *= 0.5
            exponent += 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        let terms: InlineArray<10, Double> = [
            1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3,
        ]
        var series = 0.0
        for index in terms.indices { series = (series + terms[index]) * square }
        return exponent * ln2High + (exponent * ln2Low + 2 * ratio * (1 + series))
    }

    /// 2^n·e^r with r near 0, and e^r as a series. What is too small is 0, and what is too large infinite.
    private static func exponential(of number: Double) -> Double {
        let power = (number / ln2).rounded(.toNearestOrEven)
        guard power > -1100 else { return 0 }
        guard power < 1100 else { return .infinity }
        let rest = number - power * ln2High - power * ln2Low
        var series = 1.0
        var divisor = 13.0
        while divisor > 0 {
            series = 1 + series * rest / divisor
            divisor -= 1
        }
        return Double(sign: .plus, exponent: Int(power), significand: series)
    }
}
