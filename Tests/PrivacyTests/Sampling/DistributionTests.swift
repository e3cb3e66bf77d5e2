import Foundation
import Privacy
import TestSupport
import Testing

/// The probabilities of `-reach ... reach`, the ends of which stand for all beyond them.
private func probabilities(reach: Int, weight: (Double) -> Double) -> [Double] {
    let far = reach * 40
    let all = (-far...far).reduce(0.0) { $0 + weight(Double($1)) }
    var cells = (-reach...reach).map { weight(Double($0)) / all }
    let tail = (reach + 1...far).reduce(0.0) { $0 + weight(Double($1)) } / all
    cells[0] += tail
    cells[cells.count - 1] += tail
    return cells
}

private func tally(_ draws: Int, reach: Int, _ draw: () -> Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 2 * reach + 1)
    for _ in 0..<draws { counts[min(max(draw(), -reach), reach) + reach] += 1 }
    return counts
}

private let draws = 100_000

@Suite("Noise")
struct DistributionTests {
    @Test(
        "of Laplace's kind has the discrete distribution's closed form",
        arguments: [(1, "2"), (1, "0.3"), (7, "3"), (20, "1"), (3, "0.029"), (1_000_003, "20000")])
    func laplace(_ sensitivity: Int, _ text: String) throws {
        let epsilon = try #require(Epsilon(text))
        let noise = DiscreteLaplace(sensitivity: sensitivity, epsilon: epsilon)
        let scale = Double(sensitivity) / epsilon.value
        let reach = Int(scale * 6) + 3
        var generator = SplitMix(state: 1)
        let counts = tally(draws, reach: reach) { noise.draw(using: &generator) }
        let test = ChiSquare(counts, probabilities(reach: reach) { exp(-abs($0) / scale) })
        #expect(test.isPlausible, "\(test)")
    }

    @Test(
        "of Gauss's kind has the discrete distribution's closed form",
        arguments: [(1, 1, "2"), (1, 1, "0.5"), (1, 3, "0.19"), (10, 1, "1.5"), (4, 5, "0.1"), (1000, 7, "31.7")])
    func gaussian(_ change: Int, _ groups: Int, _ text: String) throws {
        let rho = try #require(Rho(text))
        let noise = DiscreteGaussian(change: change, groups: groups, rho: rho)
        let variance = Double(change * change * groups) / (2 * rho.value)
        let reach = Int(variance.squareRoot() * 3) + 3
        var generator = SplitMix(state: 2)
        let counts = tally(draws, reach: reach) { noise.draw(using: &generator) }
        let test = ChiSquare(counts, probabilities(reach: reach) { exp(-$0 * $0 / (2 * variance)) })
        #expect(test.isPlausible, "\(test)")
    }

    @Test("is told from noise that is a twentieth too small by the same test")
    func power() throws {
        var generator = SplitMix(state: 3)
        let laplace = DiscreteLaplace(sensitivity: 95, epsilon: Epsilon(units: 10_000_000))
        let counts = tally(draws, reach: 60) { laplace.draw(using: &generator) }
        #expect(!ChiSquare(counts, probabilities(reach: 60) { exp(-abs($0) / 10) }).isPlausible)
        let gaussian = DiscreteGaussian(change: 95, groups: 1, rho: Rho(units: 50_000_000_000))
        let others = tally(draws, reach: 60) { gaussian.draw(using: &generator) }
        #expect(!ChiSquare(others, probabilities(reach: 60) { exp(-$0 * $0 / 200) }).isPlausible)
    }

    @Test("is as wide as it says", arguments: [1, 5, 40, 3000])
    func width(_ change: Int) {
        let noises: [Noise] = [
            .laplace(DiscreteLaplace(sensitivity: change, epsilon: Epsilon(units: 700_000))),
            .gaussian(DiscreteGaussian(change: change, groups: 3, rho: Rho(units: 300_000_000))),
        ]
        for noise in noises {
            var generator = SplitMix(state: 4)
            var (squares, inside) = (0.0, 0)
            for _ in 0..<20_000 {
                let number = noise.draw(using: &generator)
                squares += Double(number) * Double(number)
                if abs(number) <= noise.halfWidth95 { inside += 1 }
            }
            let deviation = (squares / 20_000).squareRoot()
            #expect(abs(deviation / noise.standardDeviation - 1) < 0.04)
            // Whole numbers that are few may hold more than 95 of 100.
            #expect(inside > 18_850 && (change < 40 || inside < 19_150), "\(noise): \(inside)")
        }
    }

    @Test("is drawn from the system's generator as from any other")
    func systemGenerator() {
        let noise = DiscreteLaplace(sensitivity: 10, epsilon: Epsilon(units: 1_000_000))
        var generator = SystemRandomNumberGenerator()
        let counts = tally(draws, reach: 60) { noise.draw(using: &generator) }
        #expect(ChiSquare(counts, probabilities(reach: 60) { exp(-abs($0) / 10) }).isPlausible)
    }

    @Test("of any size that a release may ask for can be drawn")
    func extremes() {
        var generator = SplitMix(state: 5)
        let wide = DiscreteLaplace(sensitivity: 1_000_000, epsilon: Epsilon(units: 1))
        let narrow = DiscreteLaplace(sensitivity: 1, epsilon: Epsilon(units: 20_000_000))
        let huge = DiscreteGaussian(change: 1_000_000_000, groups: 1000, rho: Rho(units: 1_000_000))
        for _ in 0..<1000 {
            #expect(abs(wide.draw(using: &generator)) < 100_000_000_000_000)
            #expect(abs(narrow.draw(using: &generator)) < 10)
            #expect(abs(huge.draw(using: &generator)) < 100_000_000_000_000)
        }
    }
}
