import Models
import TestSupport
import Testing

@Suite("Neighbours and popularity")
struct NeighbourTests {
    @Test("neighbours and scores are those of all pairs", arguments: 0..<12)
    func allPairs(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let titles = Int.random(in: 2...50, using: &random)
        let data = RandomInteractions(&random, viewers: Int.random(in: 1...60, using: &random), titles: titles)
        guard data.interactions.count > 0 else { return }
        let (measure, kept) = (NeighbourModel.Measure.allCases[seed % 2], [3, 100][seed / 2 % 2])
        let shrinkage: Float = seed % 3 == 0 ? 0 : 2
        let model = try NeighbourModel(
            data.interactions, measure: measure, count: kept, shrinkage: shrinkage, jobs: 1 + seed % 2)
        let dense = data.dense
        func product(_ one: Int, _ other: Int) -> Double { dense.reduce(0) { $0 + $1[one] * $1[other] } }
        for title in 0..<titles {
            let near = (0..<titles).filter { $0 != title && product(title, $0) > 0 }.map { other in
                let divisor = (product(title, title) * product(other, other)).squareRoot() + Double(shrinkage)
                return product(title, other) / (measure == .cosine ? divisor : 1)
            }.sorted(by: >)
            let found = model.similar(to: title, count: titles)
            #expect(found.count == min(kept, near.count))
            for (one, other) in zip(found, near) { #expect(isNear(Double(one.score), other)) }
        }
        let taste = data.rows.first { !$0.isEmpty } ?? []
        let scores = model.scores(for: taste)
        for title in 0..<titles {
            #expect(isNear(Double(model.contributions(to: title, from: taste).reduce(0, +)), Double(scores[title])))
        }
    }

    @Test("of a viewer with too many titles, the latest count")
    func longRows() throws {
        let most = NeighbourModel.mostEntries
        var (long, latest) = (Interactions(titleCount: most + 2), Interactions(titleCount: most + 2))
        for title in 0..<most + 2 { long.append(title: title, weight: 1, time: Int64(title * 7 % (most + 2))) }
        long.endRow()
        long.append(title: 3, weight: 1, time: 0)
        long.append(title: 5, weight: 1, time: 1)
        long.endRow()
        for title in (0..<most + 2) where title * 7 % (most + 2) >= 2 {
            latest.append(title: title, weight: 1, time: 0)
        }
        latest.endRow()
        latest.append(title: 3, weight: 1, time: 0)
        latest.append(title: 5, weight: 1, time: 1)
        latest.endRow()
        let models = try [long, latest].map { try NeighbourModel($0, count: 10, jobs: 2) }
        for title in stride(from: 0, to: most + 2, by: 97) {
            #expect(models[0].similar(to: title, count: 10) == models[1].similar(to: title, count: 10))
        }
    }

    @Test("what was taken up a half-life ago counts half")
    func decay() throws {
        var interactions = Interactions(titleCount: 3)
        interactions.append(title: 0, weight: 1, time: 1_000_000)
        interactions.append(title: 1, weight: 1, time: 1_000_000 - 7 * 86400)
        interactions.endRow()
        let model = try PopularityModel(interactions, now: 1_000_000, halfLifeDays: 7)
        #expect(model.scores(for: []) == [1, 0.5, 0])
        #expect(throws: ModelError.self) { try PopularityModel(interactions, now: 0, halfLifeDays: 0) }
    }

    @Test("the best of many scores are those of sorting them all", arguments: 0..<30)
    func best(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var scores = (0..<Int.random(in: 0...300, using: &random)).map { _ in
            Float(Int.random(in: -5...20, using: &random))
        }
        let count = Int.random(in: 0...40, using: &random)
        let wanted = scores.indices.filter { $0 % 7 != 3 }.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(
            count)
        let found = scores.withUnsafeMutableBufferPointer { scores in TopTitles.of(scores, count: count) { $0 % 7 != 3 }
        }
        #expect(found.map { $0.title } == Array(wanted))
    }

    @Test(
        "recipes are read, and wrong ones say what would be right",
        arguments: [
            ("ease", "ease"), ("ials:rank=8,seed=3", "ials:rank=8,seed=3"),
            ("ease:regularization=0.5", "ease:regularization=0.5"),
            ("svd", nil), ("ease:rank=3", nil), ("ease:regularization=x", nil), ("ease:", nil), ("ials:rank", nil),
        ])
    func recipes(text: String, read: String?) {
        let recipe = try? ModelRecipe(parsing: text)
        #expect(recipe?.text == read)
    }
}
