import Models
import TestSupport
import Testing

@Suite("Experiments")
struct ExperimentTests {
    @Test("a viewer gets the same variant each time, and variants get viewers by their weights")
    func shares() throws {
        let experiment = try Experiment("rows", variants: [("a", 1), ("b", 3)])
        let variants = (0..<20_000).map { experiment.variant(of: "viewer-\($0)") }
        #expect((4700...5300).contains(variants.count { $0 == "a" }))
        let again = try Experiment("rows", variants: [("a", 1), ("b", 3)])
        #expect(variants == (0..<20_000).map { again.variant(of: "viewer-\($0)") })
    }

    @Test("what a viewer gets in one experiment says nothing of another")
    func independence() throws {
        let (one, other) = (
            try Experiment("one", variants: [("a", 1), ("b", 1)]),
            try Experiment("two", variants: [("a", 1), ("b", 1)])
        )
        let same = (0..<20_000).count { one.variant(of: "viewer-\($0)") == other.variant(of: "viewer-\($0)") }
        #expect((9700...10300).contains(same))
    }

    @Test("an experiment needs two names and weights above 0")
    func refused() {
        for variants in [[("a", 1.0)], [("a", 1), ("a", 1)], [("a", 1), ("", 1)], [("a", 1), ("b", 0)]] {
            #expect(throws: EvaluationError.self) { try Experiment("rows", variants: variants) }
        }
        #expect(throws: EvaluationError.self) { try Experiment("rows", variants: [("a", 1), ("b", .infinity)]) }
    }

    @Test("two rankings take turns to choose, and nothing comes twice", arguments: 0..<50)
    func interleaving(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let (first, second) = ((0..<20).shuffled(using: &random), (5..<25).shuffled(using: &random))
        let list = TeamDraft.list(first, second, count: 12, using: &random)
        #expect(list.count == 12 && Set(list.map { $0.title }).count == 12)
        for pair in 0..<6 { #expect(list[2 * pair].team != list[2 * pair + 1].team) }
        for (place, entry) in list.enumerated() {
            let before = Set(list.prefix(place).map { $0.title })
            #expect((entry.team == .first ? first : second).first { !before.contains($0) } == entry.title)
        }
    }

    @Test("neither ranking is favoured: each chooses first as often")
    func fairness() {
        var random = SplitMix(state: 9)
        let firsts = (0..<4000).count { _ in
            TeamDraft.list([1, 2], [1, 2], count: 2, using: &random)[0].team == .first
        }
        #expect((1850...2150).contains(firsts))
        #expect(TeamDraft.list([1], [Int](), count: 5, using: &random).isEmpty)
    }

    @Test(
        "the sign test is as it is tabulated",
        arguments: [(0, 0, 1.0), (5, 5, 1), (1, 9, 0.021484375), (0, 10, 0.001953125), (400, 600, 2.73e-10)])
    func signs(wins: Int, losses: Int, probability: Double) {
        let test = SignTest(wins: wins, losses: losses)
        #expect(abs(test.probability - probability) <= 1e-2 * probability)
        #expect(test.probability == SignTest(wins: losses, losses: wins).probability)
    }
}
