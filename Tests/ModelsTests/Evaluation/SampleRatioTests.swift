import Models
import TestSupport
import Testing

@Suite("Sample ratio mismatch")
struct SampleRatioTests {
    @Test(
        "probabilities are those of the chi-square distribution",
        arguments: [
            // The example of Fabijan et al. 2019, and values by closed forms for 1 to 4 degrees of freedom.
            ([821_588, 815_482], [1, 1], 1.821792872619e-06), ([50, 50], [1, 1], 1),
            ([90, 110], [1, 1], 0.157299207050), ([900, 101], [9, 1], 0.924457061096),
            ([0, 12], [1, 1], 0.000532005505),
            ([10, 20, 30], [1, 1, 1], 0.006737946999), ([25, 25, 25, 40], [1, 1, 1, 1], 0.118131508349),
            ([3, 1, 0, 1, 5], [2, 2, 2, 2, 2], 0.091578194444),
        ] as [([Int], [Double], Double)])
    func tabulated(counts: [Int], weights: [Double], probability: Double) {
        let test = SampleRatioTest(counts, weights: weights)
        #expect(abs(test.probability - probability) <= 1e-9 * max(1, probability) && test.probability <= 1)
        #expect(abs(test.probability / probability - 1) < 1e-6)
        #expect(test.isMismatch == (probability < 0.001))
    }

    @Test("who has no viewers, or one variant, has no mismatch; who lost all of one has")
    func ends() {
        #expect(SampleRatioTest([0, 0], weights: [1, 1]).probability == 1)
        #expect(SampleRatioTest([7], weights: [2]).probability == 1)
        #expect(SampleRatioTest([1_000_000_000, 0], weights: [1, 1]).probability == 0)
        #expect(SampleRatioTest([1000, 0], weights: [1, 3]).isMismatch)
    }

    @Test("viewers assigned as planned give all probabilities alike", arguments: [[1, 1], [9, 1], [5, 3, 2]])
    func uniform(weights: [Double]) throws {
        var random = SplitMix(state: 3)
        let probabilities = (0..<2000).map { _ in
            let counts = Self.counts(of: 1000, weights, &random)
            return SampleRatioTest(counts, weights: weights).probability
        }
        for limit in [0.05, 0.25, 0.5, 0.75] {
            let share = Double(probabilities.count { $0 < limit }) / 2000
            // Five standard deviations, and what comes of counts being whole.
            #expect(abs(share - limit) < 5 * (limit * (1 - limit) / 2000).squareRoot() + 0.02)
        }
        #expect(probabilities.count { $0 < SampleRatioTest.threshold } <= 10)
    }

    @Test("one in ten of a variant's viewers lost is a mismatch, however the assignment fell", arguments: 0..<20)
    func lost(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var counts = Self.counts(of: 40_000, [1, 1], &random)
        counts[seed % 2] = counts[seed % 2] * 9 / 10
        #expect(SampleRatioTest(counts, weights: [1, 1]).isMismatch)
    }

    @Test("variants that viewers get by hash are split as planned")
    func hashed() throws {
        let experiment = try Experiment("rows", variants: [("a", 1), ("b", 4)])
        let variants = (0..<20_000).map { experiment.variant(of: "viewer-\($0)") }
        let count = variants.count { $0 == "a" }
        #expect(!SampleRatioTest([count, 20_000 - count], weights: [1, 4]).isMismatch)
        #expect(SampleRatioTest([count, 20_000 - count], weights: [1, 3]).isMismatch)
    }

    private static func counts(of viewers: Int, _ weights: [Double], _ random: inout SplitMix) -> [Int] {
        var counts = weights.map { _ in 0 }
        let total = weights.reduce(0, +)
        for _ in 0..<viewers {
            var place = Double.random(in: 0..<total, using: &random)
            let variant = weights.indices.first { variant in
                place -= weights[variant]
                return place < 0
            }
            counts[variant ?? weights.count - 1] += 1
        }
        return counts
    }
}
