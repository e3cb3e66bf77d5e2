import Models
import TestSupport
import Testing

@Suite("Evaluation")
struct EvaluationTests {
    private static let cases: [(Metric, [Int], Int, Double)] = [
        (.recall(3), [0, 2, 5], 4, 0.6666666666666666), (.recall(3), [0, 2, 5], 2, 1), (.recall(5), [], 0, 0),
        (.hiddenShare(3), [0, 2, 5], 4, 0.5), (.precision(4), [0, 3], 9, 0.5), (.hitRate(3), [3], 1, 0),
        (.hitRate(4), [3], 1, 1), (.reciprocalRank(10), [3, 4], 5, 0.25),
        (.averagePrecision(5), [0, 2], 3, 0.5555555555555556), (.ndcg(3), [0, 2], 2, 0.9197207891481876),
        (.ndcg(10), [], 3, 0),
    ]

    @Test("metrics are what their definitions give", arguments: cases)
    func definitions(metric: Metric, hits: [Int], hidden: Int, value: Double) {
        #expect(isNear(metric.value(hits: hits, hidden: hidden), value, 1e-12))
    }

    @Test("of held-out viewers a fifth is hidden, and nobody of them is trained with", arguments: 0..<8)
    func strong(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let data = RandomInteractions(&random, viewers: 100, titles: 60, isBinary: true)
        let split = try EvaluationSplit.strong(data.interactions, seed: UInt64(seed))
        #expect(split.training.viewerCount == 60 && split.known.viewerCount == 20)
        let trained = (0..<60).map { viewer in split.training.withRow(viewer) { Set($0.titles.map { Int($0) }) } }
        for viewer in 0..<split.known.viewerCount {
            let known = split.known.withRow(viewer) { Set($0.titles.map { Int($0) }) }
            let hidden = split.hidden.withRow(viewer) { Set($0.titles.map { Int($0) }) }
            #expect(known.isDisjoint(with: hidden) && hidden.count == (known.count + hidden.count) / 5)
            let whole = known.union(hidden)
            #expect(data.rows.contains { Set($0.map { $0.title }) == whole } && !trained.contains(whole))
        }
        let again = try EvaluationSplit.strong(data.interactions, seed: UInt64(seed))
        #expect(split.known.count == again.known.count && split.hidden.count == again.hidden.count)
        let validation = try EvaluationSplit.strong(data.interactions, isTest: false, seed: UInt64(seed))
        #expect(validation.known.withRow(0) { Array($0.titles) } != split.known.withRow(0) { Array($0.titles) })
    }

    @Test("the last of each viewer are hidden, those at one time from the row's end")
    func last() throws {
        var interactions = Interactions(titleCount: 10)
        for (title, time) in [(0, 5), (1, 9), (2, 1), (3, 9), (4, 2)] {
            interactions.append(title: title, weight: 1, time: Int64(time))
        }
        interactions.endRow()
        interactions.append(title: 9, weight: 0.5, time: 1)
        interactions.endRow()
        let split = try EvaluationSplit.last(interactions, share: 0.4)
        #expect(split.known.viewerCount == 1)
        #expect(split.known.withRow(0) { Array($0.titles) } == [2, 4, 0])
        #expect(split.hidden.withRow(0) { Array($0.titles) } == [1, 3])
    }

    @Test("too few viewers, or nothing that could be hidden, are said to be so")
    func tooFew() throws {
        #expect(throws: EvaluationError.tooFewViewers(found: 0, needed: 5)) {
            try EvaluationSplit.strong(Interactions(titleCount: 3))
        }
        var interactions = Interactions(titleCount: 1)
        interactions.append(title: 0, weight: 1, time: 0)
        interactions.endRow()
        var filter = EvaluationSplit.Filter()
        filter.minimumTitles = 1
        #expect(throws: EvaluationError.nothingHidden) { try EvaluationSplit.last(interactions, filter) }
    }

    @Test("an evaluation is the same by one worker and by three, and knows what each list has")
    func evaluation() throws {
        var random = SplitMix(state: 4)
        let data = RandomInteractions(&random, viewers: 200, titles: 80, isBinary: true)
        let split = try EvaluationSplit.strong(data.interactions)
        let model = try EaseModel(split.training)
        let genres = (0..<80).map { [$0 % 3] }
        let one = Evaluation(model, split, genres: genres, jobs: 1)
        let three = Evaluation(model, split, genres: genres, jobs: 3)
        #expect(one.values == three.values && one.coverage == three.coverage)
        let diversity = try #require(one.diversity)
        #expect(diversity > 0 && diversity < 1 && one.miscalibration ?? -1 >= 0)
    }

    @Test("intervals hold the true mean about as often as they say")
    func coverage() {
        var random = SplitMix(state: 12)
        var held = 0
        for trial in 0..<300 {
            var bootstrap = Bootstrap()
            bootstrap.resamples = 300
            bootstrap.seed = UInt64(trial)
            let estimate = bootstrap.estimate((0..<60).map { _ in Double.random(in: 0..<1, using: &random) })
            if estimate.low <= 0.5, estimate.high >= 0.5 { held += 1 }
        }
        #expect((273...298).contains(held), "\(held) of 300")
    }
}
