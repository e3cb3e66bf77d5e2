public import Models

extension ModelEvaluation {
    /// What tells which recipe is the best.
    public static let searchedMetric = Metric.ndcg(100)

    /// Tries a recipe and `count` more, with other parameters drawn at random, and takes the best for the viewers who are asked
    /// about. They must be others than those whom its result is then told of: `isTest` is false for them.
    public func search(_ recipe: ModelRecipe, count: Int, seed: UInt64) throws(HostError) -> FoundRecipe {
        var random = SeededNumbers(seed)
        var recipes = [recipe]
        for _ in 0..<count { recipes.append(recipe.drawn(using: &random)) }
        var best: FoundRecipe?
        var failure: HostError?
        for recipe in recipes {
            do throws(HostError) {
                let estimate = try evaluate(recipe).estimate(of: Self.searchedMetric)
                if estimate.mean > best?.estimate.mean ?? -1 {
                    best = FoundRecipe(recipe: recipe, estimate: estimate, tried: recipes.count)
                }
            } catch {
                // Some parameters have no solution.
                failure = error
            }
        }
        if let best { return best }
        throw failure ?? .usage("there is no recipe to try")
    }
}

/// The best of some recipes.
public struct FoundRecipe: Sendable {
    public let recipe: ModelRecipe
    /// How good it was for the viewers by whom it was chosen: too good, for it was chosen by them.
    public let estimate: Estimate
    public let tried: Int

    /// What was found, in a sentence.
    public var summary: String {
        """
        \(recipe.text) is the best of \(tried.grouped) for the validation viewers, with \
        \(ModelEvaluation.searchedMetric.name) \(estimate.shownText)
        """
    }
}
