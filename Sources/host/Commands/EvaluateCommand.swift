internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Models

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "How good recommendations and redactors are.",
        discussion: "Recommendations are judged by a store's own viewers. Docs: docs/evaluation.md, docs/redaction.md.",
        subcommands: [
            Compare.self, Logged.self, Outcome.self, Assign.self, Interleave.self, Redaction.self,
        ],
        defaultSubcommand: Compare.self
    )
}

extension EvaluateCommand {
    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "models",
            abstract: "How well models find what viewers watched.",
            discussion: """
                A part of what viewers took up is hidden, models are trained on the rest, and asked for what is hidden.
                """
        )

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        @Option(
            name: .customLong("model"),
            help: "A model, such as ease or ials:rank=128. Give it again for more. (default: all with their defaults)",
            transform: RecipeArgument.init)
        var models: [RecipeArgument] = []

        @Option(
            name: .customLong("protocol"), help: "What is hidden: strong (a fifth of held-out viewers' titles) or last."
        )
        var setup: SetupArgument = SetupArgument(setup: .strong)

        @Option(help: "Titles that a viewer took up less strongly do not count.")
        var minimumWeight: Double = 1

        @Option(help: "Viewers with fewer titles do not count.")
        var minimumTitles = 5

        @Option(help: "Another seed draws other viewers.")
        var seed: UInt64 = 98_765

        @Option(help: "Write the split into this folder as CSV, for other programs.")
        var saveSplit: String?

        @Option(help: "Try so many more of each model, with parameters drawn at random, and take the best of each.")
        var search: Int?

        @Flag(help: "Print one page with tables and charts, which loads nothing.")
        var html = false

        @Flag(help: "Print JSON.")
        var json = false

        @Option(help: "How many workers. (default: one for each core)")
        var jobs: Int?

        func validate() throws {
            if let search {
                if !(1...10_000).contains(search) { throw ValidationError("--search must be from 1 to 10000") }
                if setup.setup != .strong {
                    throw ValidationError("--search needs --protocol strong, which holds back viewers to choose by")
                }
            }
            if html, json { throw ValidationError("--html and --json exclude each other") }
        }

        func run() throws {
            let bar = ProgressBar(isShown: true)
            let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
            let text = try reporting { () throws(HostError) in
                defer { bar.end() }
                let data = try TrainingData(store: store, jobs: workers) { done, total in
                    bar.update(bytes: done, of: total, events: done)
                }
                var filter = EvaluationSplit.Filter()
                filter.minimumWeight = Float(minimumWeight)
                filter.minimumTitles = minimumTitles
                let evaluation = try ModelEvaluation(data, setup.setup, filter, seed: seed, jobs: workers)
                var recipes = RecipeArgument.recipes(models)
                if let saveSplit { try evaluation.save(to: saveSplit) }
                if let search {
                    let validation = try ModelEvaluation(
                        data, setup.setup, filter, seed: seed, isTest: false, jobs: workers)
                    for index in recipes.indices {
                        let found = try validation.search(recipes[index], count: search, seed: seed)
                        bar.message("host: \(found.summary)")
                        recipes[index] = found.recipe
                    }
                }
                let results = try evaluation.run(recipes)
                if html { return evaluation.html(of: results) }
                if !json { return evaluation.table(of: results) }
                return results.map { (try? JSONText.of($0.fields)).map { $0 + "\n" } ?? "" }.joined()
            }
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }
}

/// A model on the command line.
struct RecipeArgument {
    let recipe: ModelRecipe

    /// Those that were given, or one of each kind.
    static func recipes(_ given: [RecipeArgument]) -> [ModelRecipe] {
        given.isEmpty ? ModelRecipe.Kind.allCases.map { ModelRecipe($0) } : given.map { $0.recipe }
    }

    /// Says what is wrong with it, and what would be right.
    init(_ argument: String) throws {
        do throws(ModelError) {
            recipe = try ModelRecipe(parsing: argument)
        } catch {
            throw ValidationError(error.message)
        }
    }
}

struct SetupArgument: ExpressibleByArgument {
    let setup: ModelEvaluation.Setup

    init(setup: ModelEvaluation.Setup) {
        self.setup = setup
    }

    init?(argument: String) {
        guard let setup = ModelEvaluation.Setup(rawValue: argument) else { return nil }
        self.setup = setup
    }

    var defaultValueDescription: String { setup.rawValue }
}

extension EvaluatedModel {
    /// For JSON.
    fileprivate var fields: [String: Any] {
        let bootstrap = Bootstrap()
        var metrics: [String: Any] = [:]
        for (metric, values) in evaluation.values {
            metrics[metric.name] = bootstrap.estimate(values).object
        }
        var fields: [String: Any] = [
            "model": recipe.text, "training_seconds": seconds, "metrics": metrics, "coverage": evaluation.coverage,
            "novelty_bits": evaluation.novelty, "milliseconds_per_viewer": evaluation.secondsPerViewer * 1000,
        ]
        fields["diversity"] = evaluation.diversity
        fields["miscalibration"] = evaluation.miscalibration
        return fields
    }
}

extension Estimate {
    /// For JSON.
    var object: [String: Double] { ["mean": mean, "low": low, "high": high] }
}
