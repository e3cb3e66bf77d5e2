import Models
import TestSupport
import Testing

@Suite("What a policy would have brought")
struct PolicyEstimateTests {
    /// A world of four titles, each followed with a chance of its own, and a policy that showed them with other chances.
    private static let chances = [0.05, 0.1, 0.3, 0.6]
    private static let propensities = [0.55, 0.25, 0.15, 0.05]

    private func trials(
        _ random: inout SplitMix, count: Int, target: [Double], propensities: [Double] = propensities
    ) -> [PolicyEstimate.Trial] {
        (0..<count).map { number in
            let drawn = Double.random(in: 0..<1, using: &random)
            var (title, sum) = (0, Self.propensities[0])
            while title < 3, drawn >= sum {
                title += 1
                sum += Self.propensities[title]
            }
            let isChosen = Double.random(in: 0..<1, using: &random) < Self.chances[title]
            return PolicyEstimate.Trial(
                viewer: number / 5, propensity: propensities[title], target: target[title], reward: isChosen ? 1 : 0)
        }
    }

    @Test(
        "is found from what another policy did, about as exactly as the intervals say",
        arguments: [[0.25, 0.25, 0.25, 0.25], [0, 0, 0.5, 0.5], [0.7, 0.3, 0, 0]])
    func truth(target: [Double]) {
        let truth = zip(target, Self.chances).reduce(0) { $0 + $1.0 * $1.1 }
        var random = SplitMix(state: 3)
        var bootstrap = Bootstrap()
        bootstrap.resamples = 200
        var (held, heldNormalised, sum) = (0, 0, 0.0)
        for _ in 0..<100 {
            let estimate = PolicyEstimate(trials(&random, count: 1000, target: target), clip: .infinity, bootstrap)
            if estimate.inversePropensity.low <= truth, truth <= estimate.inversePropensity.high { held += 1 }
            if estimate.selfNormalised.low <= truth, truth <= estimate.selfNormalised.high { heldNormalised += 1 }
            sum += estimate.inversePropensity.mean
        }
        #expect(held >= 86 && heldNormalised >= 86, "\(held) and \(heldNormalised) of 100")
        #expect(abs(sum / 100 - truth) < 0.01)
    }

    @Test("of the logging policy itself is what was logged, and every trial counts whole")
    func same() {
        var random = SplitMix(state: 4)
        let estimate = PolicyEstimate(trials(&random, count: 500, target: Self.propensities))
        #expect(estimate.selfNormalised == estimate.logged && estimate.inversePropensity == estimate.logged)
        #expect(isNear(estimate.effectiveSampleSize, 500, 1e-9) && isNear(estimate.meanWeight.mean, 1, 1e-9))
        #expect(estimate.viewers == 100 && estimate.trials == 500 && estimate.clipped == 0)
    }

    @Test("by hand: weights 2, 0 and 4, clipped at 3")
    func byHand() {
        let trials = [(0.5, 1.0, 1.0), (0.5, 0, 1), (0.25, 1, 0)].enumerated().map { number, trial in
            PolicyEstimate.Trial(viewer: number, propensity: trial.0, target: trial.1, reward: trial.2)
        }
        let estimate = PolicyEstimate(trials, clip: 3)
        #expect(
            isNear(estimate.inversePropensity.mean, 2 / 3, 1e-12) && isNear(estimate.selfNormalised.mean, 0.4, 1e-12))
        #expect(isNear(estimate.effectiveSampleSize, 25 / 13, 1e-12) && estimate.clipped == 1)
    }

    @Test("wrong propensities show in the mean weight, and a policy that was never followed has no value")
    func wrong() {
        var random = SplitMix(state: 5)
        let uniform = [Double](repeating: 0.25, count: 4)
        let wrong = PolicyEstimate(trials(&random, count: 2000, target: uniform, propensities: [0.1, 0.1, 0.4, 0.4]))
        #expect(wrong.meanWeight.low > 1.2)
        let never = PolicyEstimate(trials(&random, count: 50, target: [0, 0, 0, 0]))
        #expect(never.selfNormalised.mean == 0 && never.effectiveSampleSize == 0 && never.meanWeight.high == 0)
    }

    @Test("intervals take a viewer's trials together: the same ones ten times over do not make it surer")
    func viewers() {
        var random = SplitMix(state: 6)
        let once = trials(&random, count: 300, target: Self.propensities)
        let often = once.flatMap { trial in [PolicyEstimate.Trial](repeating: trial, count: 10) }
        let (one, ten) = (PolicyEstimate(once).logged, PolicyEstimate(often).logged)
        #expect(isNear(one.mean, ten.mean, 1e-9) && isNear(one.low, ten.low, 1e-9) && isNear(one.high, ten.high, 1e-9))
    }
}
