/// What is told of a group of events.
public enum Measure: Equatable, Sendable {
    /// How many viewers have an event in it.
    case viewers
    /// How many events there are. More than `most` of one viewer's count as `most`.
    case events(most: Int)
    /// The sum of a number that events have. Each viewer's sum counts from 0 to the bound.
    case sum(Bound)
    /// The mean over viewers of each one's mean of a number, which counts from 0 to the bound.
    case mean(Bound)

    /// The most that one viewer may count for in a group, and how finely that is counted.
    public struct Bound: Equatable, Sendable {
        static let most = 1_000_000_000
        /// A bound is cut into that many steps at the least.
        private static let leastSteps = 1000
        private static let mostPlaces = 9

        /// The bound, in steps.
        public let steps: Int
        /// A step is `10^-places`.
        public let places: Int

        /// Reads a decimal number such as `36000` or `5`, from a millionth to a billion. Its digits from the fourth on may be
        /// cut off, where they stand behind the point.
        public init(_ text: String) throws(PrivacyError) {
            guard let units = DecimalText.units(of: text, places: Self.mostPlaces) else { throw .most }
            var (steps, places) = (units, Self.mostPlaces)
            while places > 0, steps / 10 >= Self.leastSteps { (steps, places) = (steps / 10, places - 1) }
            guard steps >= Self.leastSteps, steps <= Self.most else { throw .most }
            self.steps = steps
            self.places = places
        }

        /// A number as whole steps, from 0 to the bound; what is no number counts as 0.
        func steps(of number: Double) -> Int {
            let steps = number * stepsOfOne
            if !(steps > 0) { return 0 }
            return steps >= Double(self.steps) ? self.steps : Int(steps.rounded())
        }

        /// What so many steps stand for.
        func number(of steps: Double) -> Double {
            steps / stepsOfOne
        }

        private var stepsOfOne: Double {
            (0..<places).reduce(1.0) { power, _ in power * 10 }
        }
    }

    /// How far one viewer can move the total of a group.
    var change: Int {
        switch self {
        case .viewers: 1
        case .events(let most): most
        case .sum(let bound): bound.steps
        case .mean(let bound): bound.steps - Self.middle(bound)
        }
    }

    /// What a viewer with `count` events in a group, whose numbers have this sum, counts for.
    func contribution(count: Int, sum: Double) -> Int {
        switch self {
        case .viewers: 1
        case .events(let most): min(count, most)
        case .sum(let bound): bound.steps(of: sum)
        // Distances from the middle are half as large as distances from 0, and so is the noise.
        case .mean(let bound): bound.steps(of: sum / Double(count)) - Self.middle(bound)
        }
    }

    /// What a total with noise says, where a mean also needs the number of viewers with noise.
    @usableFromInline
    func number(total: Int, viewers: Int?) -> Double {
        switch self {
        case .viewers, .events: return Double(total)
        case .sum(let bound): return bound.number(of: Double(total))
        case .mean(let bound):
            let mean = Double(Self.middle(bound)) + Double(total) / Double(max(1, viewers ?? 1))
            return bound.number(of: min(max(mean, 0), Double(bound.steps)))
        }
    }

    private static func middle(_ bound: Bound) -> Int {
        bound.steps / 2
    }
}
