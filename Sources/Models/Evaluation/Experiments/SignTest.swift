internal import Foundation

/// Whether one of two was preferred more often than chance would have it.
public struct SignTest: Sendable, Equatable {
    public let wins: Int
    public let losses: Int

    /// How often one was preferred, and how often the other; who prefers neither does not count.
    public init(wins: Int, losses: Int) {
        self.wins = wins
        self.losses = losses
    }

    /// How probable it is that so many more prefer one of both, where none is better (two-sided, exact).
    public var probability: Double {
        let (count, fewer) = (wins + losses, min(wins, losses))
        if count == 0 { return 1 }
        // Logarithms of how many ways there are, for the numbers themselves are soon too large.
        let scale = lgamma(Double(count) + 1) - Double(count) * log(2)
        var tail = 0.0
        for place in 0...fewer {
            tail += exp(scale - lgamma(Double(place) + 1) - lgamma(Double(count - place) + 1))
        }
        return min(1, 2 * tail)
    }
}
