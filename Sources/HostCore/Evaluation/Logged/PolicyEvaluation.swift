internal import Events
internal import Foundation
public import Models

/// What recommendations of other models would have brought, by what became of those that were shown by chance.
///
/// ```swift
/// let evaluation = try PolicyEvaluation(store: "viewers.sqlite", PolicyEvaluation.Options())
/// let policies = try evaluation.run([ModelRecipe(.ease)])
/// ```
///
/// Models learn from what viewers took up before ``since`` alone, and are asked about recommendations that were shown from then on.
/// A model's policy shows one of its first titles for the viewer, each as often.
public struct PolicyEvaluation {
    public struct Options: Sendable {
        /// How many of a model's first titles its policy shows.
        public var length = 10
        /// The largest weight of a recommendation.
        public var clip = 100.0
        /// In seconds since 1970; nil for the time at which half of the recommendations were shown.
        public var since: Int64?
        /// Only what this recommender made.
        public var recommender: String?
        public var jobs = 1

        public init() {}
    }

    public let since: Int64
    let past: Interactions
    /// The recommendations, by the viewers' rows in ``past``; nil for those who took up nothing.
    let viewers: [(row: Int?, shown: [ShownRecommendation])]
    private let catalogue: TitleCatalogue
    private let options: Options

    /// Reads the store, which must be there. `progress` is told how many events are done, and of how many.
    public init(
        store path: String, _ options: Options, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) {
        let histories = try Histories(store: path, jobs: options.jobs)
        try histories.update(progress)
        let log = try RecommendationLog(histories)
        let made = log.filter { options.recommender == nil || $0.recommender == options.recommender }
        let times = made.flatMap { $0.shown.map { $0.event.time } }.sorted()
        if times.isEmpty { throw Self.nothingShown(by: options.recommender) }
        let since = options.since ?? times[times.count / 2]
        let asked = made.map { viewer, shown in (viewer: viewer, shown: shown.filter { $0.event.time >= since }) }
            .filter { !$0.shown.isEmpty }
        try Self.checkPropensities(of: asked.flatMap { $0.shown }, since)
        let rows = try Self.past(histories, before: since)
        try histories.close()
        if rows.interactions.count == 0 {
            throw .data("nothing was taken up before \(since.timeText), so no model can learn: name a later --since")
        }
        let places = Dictionary(uniqueKeysWithValues: rows.viewers.enumerated().map { ($1, $0) })
        viewers = asked.map { (places[$0.viewer], $0.shown) }
        past = rows.interactions
        catalogue = rows.catalogue
        self.since = since
        self.options = options
    }

    /// Trains models on the past, and says what they would have brought.
    public func run(_ recipes: [ModelRecipe]) throws(HostError) -> [EvaluatedPolicy] {
        var policies: [EvaluatedPolicy] = []
        for recipe in recipes {
            let model = try HostError.translating { () throws(ModelError) in
                try recipe.train(past, now: since, jobs: options.jobs)
            }
            policies.append(
                EvaluatedPolicy(recipe: recipe, estimate: PolicyEstimate(trials(of: model), clip: options.clip)))
        }
        return policies
    }

    private func trials(of model: TrainedModel) -> [PolicyEstimate.Trial] {
        var scores = [Float](repeating: 0, count: model.titleCount)
        return viewers.enumerated().flatMap { number, viewer in
            let list = first(of: model, for: viewer.row, &scores)
            return viewer.shown.map { shown in
                let isListed = catalogue.number(of: shown.event.title).map { list.contains($0) } ?? false
                return PolicyEstimate.Trial(
                    viewer: number, propensity: shown.event.propensity ?? 0,
                    target: isListed ? 1 / Double(list.count) : 0, reward: shown.isChosen ? 1 : 0)
            }
        }
    }

    /// The first titles for a viewer, without those that the viewer took up.
    private func first(of model: TrainedModel, for row: Int?, _ scores: inout [Float]) -> Set<Int> {
        func first(_ taste: TasteView) -> Set<Int> {
            let known = Set(taste.titles.map { Int($0) })
            return scores.withUnsafeMutableBufferPointer { scores in
                model.score(taste, into: scores)
                return Set(TopTitles.of(scores, count: options.length) { !known.contains($0) }.map { $0.title })
            }
        }
        if let row { return past.withRow(row, first) }
        let nothing = TasteView(
            titles: UnsafeBufferPointer(start: nil, count: 0), weights: UnsafeBufferPointer(start: nil, count: 0),
            times: UnsafeBufferPointer(start: nil, count: 0))
        return first(nothing)
    }

    /// What viewers took up before a time, as it was known then: what they did later with the same titles changes nothing.
    private static func past(_ histories: Histories, before time: Int64) throws(HostError) -> InteractionRows {
        var viewers: [Int64: ViewerHistory] = [:]
        try histories.forEachEvent(where: { $0.typeIndex != nil }) { viewer, fields, eventTime in
            if eventTime < time { viewers[viewer, default: ViewerHistory()].add(fields, at: eventTime, reference: 0) }
        }
        var rows = InteractionRows(histories.catalogue)
        for (viewer, history) in viewers.sorted(by: { $0.key < $1.key }) { rows.add(history, of: viewer) }
        return rows
    }

    private static func nothingShown(by recommender: String?) -> HostError {
        .data(
            """
            the store has no recommendation that was shown\(recommender.map { " by '\($0)'" } ?? "") and may be used: send \
            recommendation.shown events, see docs/evaluation.md
            """)
    }

    private static func checkPropensities(of shown: [ShownRecommendation], _ since: Int64) throws(HostError) {
        if shown.isEmpty {
            throw .data("no recommendation was shown from \(since.timeText) on: name an earlier --since")
        }
        let missing = shown.count { $0.event.propensity == nil }
        if missing == 0 { return }
        throw .data(
            """
            \(missing.grouped) of \(shown.count.counted("recommendation")) that were shown from \(since.timeText) on have no \
            propensity above 0 and up to 1, and without it nobody can say what other models would have brought: send it with \
            each, or take only what a recommender made that does (--recommender NAME)
            """)
    }
}

/// A model, and what its recommendations would have brought.
public struct EvaluatedPolicy: Sendable {
    public let recipe: ModelRecipe
    public let estimate: PolicyEstimate
}
