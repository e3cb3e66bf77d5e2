internal import Foundation
public import Models

/// How well models do on a store's own viewers.
///
/// ```swift
/// let data = try TrainingData(store: "viewers.sqlite")
/// let evaluation = try ModelEvaluation(data, .strong, EvaluationSplit.Filter(), seed: 1, jobs: 2)
/// let models = try evaluation.run([ModelRecipe(.ease)])
/// ```
public struct ModelEvaluation {
    /// How what is to be found is hidden.
    public enum Setup: String, CaseIterable, Sendable {
        /// Viewers are held out whole, and a fifth of what each took up is hidden (strong generalisation).
        case strong
        /// The last fifth of what each viewer took up is hidden.
        case last
    }

    public let setup: Setup
    public let split: EvaluationSplit
    private let genres: [[Int]]
    private let now: Int64
    private let jobs: Int

    /// Splits what is known.
    public init(
        _ data: TrainingData, _ setup: Setup, _ filter: EvaluationSplit.Filter, seed: UInt64, isTest: Bool = true,
        jobs: Int
    ) throws(HostError) {
        do throws(EvaluationError) {
            split =
                switch setup {
                case .strong: try EvaluationSplit.strong(data.interactions, filter, isTest: isTest, seed: seed)
                case .last: try EvaluationSplit.last(data.interactions, filter)
                }
        } catch {
            throw .data(error.message)
        }
        self.setup = setup
        genres = data.catalogue.titles.map { $0.genres }
        now = data.time
        self.jobs = jobs
    }

    /// Trains models on what is left, and asks them for what is hidden.
    public func run(_ recipes: [ModelRecipe]) throws(HostError) -> [EvaluatedModel] {
        var results: [EvaluatedModel] = []
        for recipe in recipes { results.append(try evaluate(recipe)) }
        return results
    }

    func evaluate(_ recipe: ModelRecipe) throws(HostError) -> EvaluatedModel {
        let clock = ContinuousClock()
        let started = clock.now
        let model = try HostError.translating { () throws(ModelError) in
            try recipe.train(split.training, now: now, jobs: jobs)
        }
        let seconds = started.duration(to: clock.now) / .seconds(1)
        let evaluation = Evaluation(model, split, genres: genres, jobs: jobs)
        return EvaluatedModel(recipe: recipe, seconds: seconds, evaluation: evaluation)
    }
}

/// A model, and how it did.
public struct EvaluatedModel: Sendable {
    public let recipe: ModelRecipe
    /// Seconds that the training took.
    public let seconds: Double
    public let evaluation: Evaluation
}

extension HostError {
    /// Does something with models.
    static func translating<T>(_ body: () throws(ModelError) -> T) throws(HostError) -> T {
        do throws(ModelError) {
            return try body()
        } catch {
            throw error == .noInteractions ? .data(error.message) : .usage(error.message)
        }
    }
}
