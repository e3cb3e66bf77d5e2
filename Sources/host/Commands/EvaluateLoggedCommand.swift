internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Models

extension EvaluateCommand {
    struct Logged: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "logged",
            abstract: "What other models' recommendations would have brought, by those that were shown by chance.",
            discussion: """
                Every recommendation.shown event must say in `propensity` how probable the title was in its place. Models are \
                trained on what came before --since, and asked about what was shown from then on.
                """
        )

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        @Option(
            name: .customLong("model"),
            help: "A model, such as ease or ials:rank=128. Give it again for more. (default: all with their defaults)",
            transform: RecipeArgument.init)
        var models: [RecipeArgument] = []

        @Option(help: "A model's policy shows one of so many first titles, each as often.")
        var length = 10

        @Option(help: "The largest weight of a recommendation.")
        var clip = 100.0

        @Option(
            help: """
                When the models' past ends, as RFC 3339. (default: when half of the recommendations were shown)
                """)
        var since: TimeArgument?

        @Option(help: "Take only recommendations that this one made.")
        var recommender: String?

        @Flag(help: "Print JSON.")
        var json = false

        @Option(help: "How many workers. (default: one for each core)")
        var jobs: Int?

        func validate() throws {
            if !(1...1000).contains(length) { throw ValidationError("--length must be from 1 to 1000") }
            if !(clip > 0) { throw ValidationError("--clip must be more than 0") }
        }

        func run() throws {
            var options = PolicyEvaluation.Options()
            options.length = length
            options.clip = clip
            options.since = since?.seconds
            options.recommender = recommender
            options.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
            let bar = ProgressBar(isShown: true)
            let (evaluation, policies) = try reporting { () throws(HostError) in
                defer { bar.end() }
                let evaluation = try PolicyEvaluation(store: store, options) { done, total in
                    bar.update(bytes: done, of: total, events: done)
                }
                return (evaluation, try evaluation.run(RecipeArgument.recipes(models)))
            }
            if json {
                for policy in policies { Terminal.output(try JSONText.of(policy.object)) }
            } else {
                FileHandle.standardOutput.write(Data(evaluation.table(of: policies).utf8))
            }
        }
    }
}

extension EvaluatedPolicy {
    /// For JSON.
    fileprivate var object: [String: Any] {
        [
            "model": recipe.text, "recommendations": estimate.trials, "viewers": estimate.viewers,
            "logged": estimate.logged.object, "self_normalised": estimate.selfNormalised.object,
            "inverse_propensity": estimate.inversePropensity.object, "mean_weight": estimate.meanWeight.object,
            "effective_sample_size": estimate.effectiveSampleSize, "clipped": estimate.clipped,
        ]
    }
}
