extension ReleasePlan {
    /// How far a released number is from the one without noise at the most, in 95 of 100 cases; for a mean nearly so, where the
    /// noise is small beside the number of viewers. What was cut off by bounds is not in it. Nil where there is no such number.
    public func halfWidth(of number: Double, viewers: Int?) -> Double? {
        guard let totalNoise else { return nil }
        let total = Double(totalNoise.halfWidth95)
        switch measure {
        case .viewers: return nil
        case .events: return total
        case .sum(let bound): return bound.number(of: total)
        case .mean(let bound):
            // A quotient's relative errors add up in squares; the total is counted from the middle.
            let count = Double(max(1, viewers ?? 1))
            let distance = number - bound.number(of: Double(bound.steps / 2))
            let (ofTotal, ofCount) = (
                bound.number(of: total) / count, distance * Double(viewersNoise?.halfWidth95 ?? 0) / count
            )
            return min((ofTotal * ofTotal + ofCount * ofCount).squareRoot(), bound.number(of: Double(bound.steps)))
        }
    }

    /// The standard deviation of the noise of the measure's total, in the measure's own unit; nil where only viewers are counted.
    public var totalDeviation: Double? {
        guard let totalNoise else { return nil }
        return switch measure {
        case .viewers, .events: totalNoise.standardDeviation
        case .sum(let bound), .mean(let bound): bound.number(of: totalNoise.standardDeviation)
        }
    }
}
