internal import Foundation

/// The axis of a chart: from 0 to a round number, with lines at round numbers between them.
struct ChartScale {
    /// What the topmost line stands for; more than 0.
    let top: Double
    let lines: [Double]

    /// Where the steps of an axis can be numbers.
    private static let possible = 1e-300...1e300

    /// An axis that numbers up to `highest` fit under.
    init(highest: Double, unit: QualityReport.Unit) {
        let highest = highest > 0 ? min(max(highest, Self.possible.lowerBound), Self.possible.upperBound) : 1
        let base = Self.base(of: unit, highest)
        let step = Self.step(atLeast: highest / base / 4) * base
        let count = Int((highest / step).rounded(.up))
        lines = (0...max(1, count)).map { Double($0) * step }
        top = Double(max(1, count)) * step
    }

    /// Between 0 and 1; what is below 0 counts as 0.
    func share(of number: Double) -> Double {
        min(1, max(0, number / top))
    }

    /// Of what there are round numbers: whole minutes and hours too.
    private static func base(of unit: QualityReport.Unit, _ highest: Double) -> Double {
        guard unit == .seconds else { return 1 }
        return highest >= 7200 ? 3600 : highest >= 120 ? 60 : 1
    }

    /// 1, 2 or 5 times a power of ten.
    private static func step(atLeast rough: Double) -> Double {
        let power = pow(10, log10(rough).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? 10 * power
    }
}
