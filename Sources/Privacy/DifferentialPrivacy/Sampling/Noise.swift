/// Noise that is added to a number.
public enum Noise: Equatable, Sendable {
    case laplace(DiscreteLaplace)
    case gaussian(DiscreteGaussian)

    @inlinable
    public func draw(using generator: inout some RandomNumberGenerator) -> Int {
        switch self {
        case .laplace(let noise): noise.draw(using: &generator)
        case .gaussian(let noise): noise.draw(using: &generator)
        }
    }

    public var standardDeviation: Double {
        switch self {
        case .laplace(let noise): noise.standardDeviation
        case .gaussian(let noise): noise.standardDeviation
        }
    }

    /// How far from 0 the noise lies at the most, in 95 of 100 draws.
    public var halfWidth95: Int {
        switch self {
        case .laplace(let noise): noise.halfWidth(0.95)
        case .gaussian(let noise): noise.halfWidth(0.95)
        }
    }

    /// A number from 1 on that the noise reaches with a probability of at most `probability`.
    func quantile(above probability: Double) -> Int {
        switch self {
        case .laplace(let noise): noise.quantile(above: probability)
        case .gaussian(let noise): noise.quantile(above: probability)
        }
    }
}

enum Search {
    /// The least number from 0 on for which `isEnough` holds, as it does for all that follow.
    static func least(_ isEnough: (Int) -> Bool) -> Int {
        if isEnough(0) { return 0 }
        var (low, high) = (0, 1)
        while !isEnough(high) { (low, high) = (high, high * 2) }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
