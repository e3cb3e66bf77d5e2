import HostCore
import Models
import Testing

@Suite("The search for recipes")
struct ModelSearchTests {
    /// A hundred viewers who each like one of four kinds of titles.
    private func evaluation(isTest: Bool) throws -> ModelEvaluation {
        let store = try TestStore()
        try store.addRatings(viewers: 100, titles: 40) { viewer, title in
            title % 4 == viewer % 4 && (title * 7 + viewer * 5) % 11 > 2
        }
        return try ModelEvaluation(
            TrainingData(store: store.path), .strong, EvaluationSplit.Filter(), seed: 3, isTest: isTest, jobs: 1)
    }

    @Test("finds a recipe that is at least as good for the validation viewers, and the same again")
    func search() throws {
        let validation = try evaluation(isTest: false)
        let start = try ModelRecipe(parsing: "ease:regularization=1000000")
        let found = try validation.search(ModelRecipe(.ease), count: 8, seed: 4)
        let again = try validation.search(ModelRecipe(.ease), count: 8, seed: 4)
        #expect(found.recipe == again.recipe && found.tried == 9)
        let fixed = try validation.search(start, count: 3, seed: 4)
        #expect(fixed.recipe == start)
        let ndcg = ModelEvaluation.searchedMetric
        let value = Bootstrap().estimate(try validation.run([found.recipe])[0].evaluation.values[ndcg] ?? []).mean
        let first = Bootstrap().estimate(try validation.run([ModelRecipe(.ease)])[0].evaluation.values[ndcg] ?? []).mean
        #expect(value == found.estimate.mean && value >= first)
    }

    @Test("draws only what the recipe leaves open, within its range", arguments: 0..<20)
    func drawing(seed: Int) throws {
        var random = SeededNumbers(UInt64(seed))
        let recipe = try ModelRecipe(parsing: "ials:rank=16").drawn(using: &random)
        let values = Dictionary(uniqueKeysWithValues: recipe.changes.map { ($0.name, $0.value) })
        #expect(values["rank"] == 16 && Set(values.keys) == ["rank", "unobserved", "regularization"])
        #expect(
            (0.003...3).contains(values["unobserved"] ?? 0) && (0.0003...0.3).contains(values["regularization"] ?? 0))
        #expect(try ModelRecipe(parsing: recipe.text) == recipe)
    }
}
