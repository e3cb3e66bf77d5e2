import Models
import TestSupport
import Testing

@Suite("What models make of odd data")
struct EdgeTests {
    static let recipes = [
        "popularity", "neighbours", "neighbours:shrinkage=3", "ease:regularization=2",
        "sparse-ease:regularization=2,neighbours=3",
        "ials:rank=5,iterations=3",
    ]

    /// Viewers and titles of all the sizes at which something ends.
    private static let made: [(name: String, interactions: Interactions)] = [
        ("one entry", rows([[(0, 1)]], titles: 1)),
        ("one viewer", rows([[(0, 1), (2, 0.5), (1, 3)]], titles: 4)),
        ("one title", rows([[(0, 1)], [], [(0, 2)], [(0, 1)]], titles: 1)),
        ("empty rows", rows([[], [], [(1, 1)], []], titles: 3)),
        ("equal weights", rows((0..<9).map { viewer in (0...viewer % 5).map { ($0, 1) } }, titles: 6)),
        ("rows alike", rows((0..<9).map { _ in (0..<6).map { ($0, 1) } }, titles: 6)),
        ("tiny weights", rows((0..<9).map { viewer in (0...viewer % 5).map { ($0, 1e-38) } }, titles: 6)),
        ("huge weights", rows((0..<9).map { viewer in (0...viewer % 5).map { ($0, 1e38) } }, titles: 6)),
        ("both", rows((0..<9).map { viewer in (0...viewer % 5).map { ($0, $0 == 2 ? 1e38 : 1e-38) } }, titles: 6)),
    ]

    @Test("all that a model says is finite", arguments: recipes)
    func finite(text: String) throws {
        for (name, interactions) in Self.made {
            let model: TrainedModel
            do throws(ModelError) {
                model = try ModelRecipe(parsing: text).train(interactions, now: 100, jobs: 2)
            } catch {
                // A regularisation can be too small for huge weights.
                #expect(error == .notPositiveDefinite(regularization: 2), "\(name)")
                continue
            }
            for taste: [(title: Int, weight: Float)] in [
                [], [(0, 1)], [(0, .greatestFiniteMagnitude)], [(0, .infinity)], [(0, .nan)], [(0, -1)],
                (0..<interactions.titleCount).map { ($0, 1e38) },
            ] {
                #expect(model.scores(for: taste).allSatisfy { $0.isFinite }, "\(name), \(taste)")
                for title in 0..<interactions.titleCount {
                    let parts = model.contributions(to: title, from: taste)
                    #expect(parts.allSatisfy { $0.isFinite }, "\(name), \(taste)")
                }
            }
            for title in 0..<interactions.titleCount {
                let similar = model.similar(to: title, count: 10)
                #expect(similar.allSatisfy { $0.title != title && $0.score > 0 && $0.score.isFinite }, "\(name)")
            }
        }
    }

    @Test("titles that a model does not know, and weights that are none, add nothing", arguments: recipes)
    func unknown(text: String) throws {
        var random = SplitMix(state: 4)
        let data = RandomInteractions(&random, viewers: 40, titles: 12)
        let model = try ModelRecipe(parsing: text).train(data.interactions, now: 0, jobs: 1)
        let scores = model.scores(for: [(3, 1), (7, 0.5)])
        let odd: [(title: Int, weight: Float)] = [(12, 1), (3, 1), (4_000_000_000, 2), (5, .nan), (7, 0.5), (6, -3)]
        #expect(model.scores(for: odd) == scores)
        for title in 0..<12 {
            let parts = model.contributions(to: title, from: odd)
            #expect(parts[0] == 0 && parts[2] == 0 && parts[3] == 0 && parts[5] == 0)
        }
    }

    @Test("titles that nobody took up are no better than any other")
    func untouched() throws {
        for text in Self.recipes {
            let model = try ModelRecipe(parsing: text).train(
                rows([[(0, 1), (1, 1)], [(0, 1), (1, 1)], [(1, 1), (2, 1)]], titles: 5), now: 0, jobs: 1)
            let scores = model.scores(for: [(0, 1)])
            #expect(abs(scores[3]) < 1e-6 && abs(scores[4]) < 1e-6, "\(text)")
            #expect(scores[1] > 0.01, "\(text)")
            #expect(model.similar(to: 3, count: 5).isEmpty, "\(text)")
        }
    }

    @Test("more titles than a matrix can have are an error, and not a crash")
    func tooManyTitles() {
        var interactions = Interactions(titleCount: 200_000)
        interactions.append(title: 1, weight: 1, time: 0)
        interactions.endRow()
        #expect(throws: ModelError.tooManyTitles(200_000, most: EaseModel.mostTitles)) { try EaseModel(interactions) }
    }
}

private func rows(_ rows: [[(Int, Float)]], titles: Int) -> Interactions {
    var interactions = Interactions(titleCount: titles)
    for row in rows {
        for (title, weight) in row { interactions.append(title: title, weight: weight, time: 0) }
        interactions.endRow()
    }
    return interactions
}
