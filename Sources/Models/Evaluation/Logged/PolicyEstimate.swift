/// What a policy would have brought, by what became of recommendations that another one made by chance: each counts more where
/// the policy would have made it more often (Swaminathan and Joachims 2015, "The Self-Normalized Estimator for Counterfactual
/// Learning").
public struct PolicyEstimate: Sendable, Equatable {
    /// A recommendation that was shown.
    public struct Trial: Sendable {
        /// Of one viewer's, all have the same.
        public let viewer: Int
        /// How probable it was; above 0.
        public let propensity: Double
        /// How probable it is under the policy.
        public let target: Double
        /// What it brought: 1 where it was followed.
        public let reward: Double

        public init(viewer: Int, propensity: Double, target: Double, reward: Double) {
            self.viewer = viewer
            self.propensity = propensity
            self.target = target
            self.reward = reward
        }
    }

    /// What the recommendations brought that were shown, each.
    public let logged: Estimate
    /// What the policy's would have brought: inverse propensity scoring. Right on average where no weight is clipped.
    public let inversePropensity: Estimate
    /// The same, divided by the mean weight: less scattered, and right on average for many trials.
    public let selfNormalised: Estimate
    /// Near 1 where the propensities are right, and everything that the policy does was done; 0 where it never was.
    public let meanWeight: Estimate
    /// How many trials of the policy's own would tell as much (Kish 1965).
    public let effectiveSampleSize: Double
    public let trials: Int
    public let viewers: Int
    /// Trials that weigh less than they should.
    public let clipped: Int

    /// Weights are at most `clip`: that makes estimates less scattered, and too low.
    public init(_ trials: [Trial], clip: Double = 100, _ bootstrap: Bootstrap = Bootstrap()) {
        var sums: [Int: Sums] = [:]
        var (sum, squares, clipped) = (0.0, 0.0, 0)
        for trial in trials {
            let whole = trial.target / trial.propensity
            let weight = min(whole, clip)
            if whole > clip { clipped += 1 }
            sum += weight
            squares += weight * weight
            sums[trial.viewer, default: Sums()].add(trial.reward, weight)
        }
        // In the viewers' order, so that the same is drawn each time.
        let viewers = sums.sorted { $0.key < $1.key }.map { $0.value }
        logged = bootstrap.ratio(viewers.map { ($0.rewards, $0.count) })
        inversePropensity = bootstrap.ratio(viewers.map { ($0.weightedRewards, $0.count) })
        selfNormalised = bootstrap.ratio(viewers.map { ($0.weightedRewards, $0.weights) })
        meanWeight = bootstrap.ratio(viewers.map { ($0.weights, $0.count) })
        effectiveSampleSize = squares > 0 ? sum * sum / squares : 0
        self.trials = trials.count
        self.viewers = viewers.count
        self.clipped = clipped
    }

    /// One viewer's.
    private struct Sums {
        var count = 0.0
        var weights = 0.0
        var rewards = 0.0
        var weightedRewards = 0.0

        mutating func add(_ reward: Double, _ weight: Double) {
            count += 1
            weights += weight
            rewards += reward
            weightedRewards += weight * reward
        }
    }
}
