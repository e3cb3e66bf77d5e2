internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Models

struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "The models behind recommendations: train them, list them.",
        subcommands: [Train.self, List.self]
    )

    struct Train: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "train",
            abstract: "Train all models of a store anew. Each takes the old one's place when it is done.")

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        @Option(
            help: """
                What scores titles for viewers, such as ease:regularization=200 or ials:rank=128. (default: ease, beyond \
                20,000 titles ials)
                """,
            transform: RecipeArgument.init)
        var picks: RecipeArgument?

        @Option(help: "How many workers. (default: one for each core)")
        var jobs: Int?

        func run() throws {
            let bar = ProgressBar(isShown: true)
            let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
            try reporting { () throws(HostError) in
                defer { bar.end() }
                let data = try TrainingData(store: store, jobs: workers) { done, total in
                    bar.update(bytes: done, of: total, events: done)
                }
                bar.message("host: training on \(data.summary)")
                let trained = try ModelShelf(store: store).train(data, picks: picks?.recipe, jobs: workers)
                for model in trained {
                    Terminal.output("\(model.recipe.text): \(String(format: "%.2f", model.seconds)) s")
                }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the models of a store, each of which is checked from beginning to end.")

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        func run() throws {
            let shelf = ModelShelf(store: store)
            for role in ModelShelf.Role.allCases {
                let model = try reporting { () throws(HostError) in try shelf.open(role) }
                Terminal.output(
                    "\(role.rawValue): \(model.recipe.text), \(model.titles.count.counted("title")), "
                        + "knows events up to \(model.time.timeText)")
            }
        }
    }
}

extension TrainingData {
    /// What it has, in words.
    var summary: String {
        "\(interactions.viewerCount.counted("viewer")) who took up \(interactions.count.counted("title"))"
    }
}
