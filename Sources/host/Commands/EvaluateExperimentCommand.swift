internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Models

extension EvaluateCommand {
    struct Outcome: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "experiment",
            abstract: "How often the recommendations of an experiment's variants were followed.",
            discussion: """
                The events recommendation.shown must name the experiment and the variant in `experiment` and `variant`. A \
                recommendation was followed where recommendation.chosen names its title within a day.
                """
        )

        @Argument(help: "The experiment.")
        var name: String

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        @Flag(help: "Viewers saw two variants in one list, of which each title is one variant's.")
        var interleaved = false

        @Option(help: "The variant that the others are compared with. (default: the first by name)")
        var control: String?

        @Option(
            name: .customLong("variant"),
            help: "A variant as it was planned, or one with its weight, such as control=9. (default: all alike)")
        var planned: [VariantArgument] = []

        @Flag(help: "Print JSON.")
        var json = false

        @Option(help: "How many workers. (default: one for each core)")
        var jobs: Int?

        func validate() throws {
            if interleaved, !planned.isEmpty {
                throw ValidationError("--variant plans how viewers are split: with --interleaved, each sees both")
            }
            if Set(planned.map { $0.name }).count < planned.count {
                throw ValidationError("--variant names each variant once")
            }
        }

        func run() throws {
            let bar = ProgressBar(isShown: true)
            let report = try reporting { () throws(HostError) in
                defer { bar.end() }
                return try ExperimentReport(
                    store: store, experiment: name, interleaved ? .interleaved : .split, control: control,
                    planned: Dictionary(uniqueKeysWithValues: planned.map { ($0.name, $0.weight) }),
                    jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount
                ) { done, total in
                    bar.update(bytes: done, of: total, events: done)
                }
            }
            if json { return Terminal.output(try JSONText.of(report.object)) }
            FileHandle.standardOutput.write(Data(report.table.utf8))
        }
    }

    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign",
            abstract: "Say which variant of an experiment a viewer gets: always the same, by a hash.")

        @Argument(help: "The experiment.")
        var name: String

        @Argument(help: "The viewer, as events name it; - reads many from standard input, one a line.")
        var viewer: String

        @Option(
            name: .customLong("variant"),
            help: "A variant, or one with its weight, such as control=9. Give it again for each.")
        var variants: [VariantArgument]

        func run() throws {
            let experiment = try reporting { () throws(HostError) in
                do throws(EvaluationError) {
                    return try Experiment(name, variants: variants.map { ($0.name, $0.weight) })
                } catch {
                    throw .usage(error.message)
                }
            }
            if viewer != "-" { return Terminal.output(experiment.variant(of: viewer)) }
            while let viewer = readLine() { Terminal.output(experiment.variant(of: viewer)) }
        }
    }

    struct Interleave: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "interleave",
            abstract: "Put two lists of titles into one, by team-draft interleaving.",
            discussion: "Prints a line for each title: the file that it is from, a tab, and the title."
        )

        @Argument(help: "A file with a title in each line, best first.")
        var first: String

        @Argument(help: "Another one.")
        var second: String

        @Option(name: .shortAndLong, help: "How many titles.")
        var number = 20

        @Option(help: "The same seed throws the same coins. (default: another one each time)")
        var seed: UInt64?

        func run() throws {
            var random = SeededNumbers(seed ?? .random(in: .min ... .max))
            let list = TeamDraft.list(
                try Self.lines(of: first), try Self.lines(of: second), count: number, using: &random)
            for entry in list { Terminal.output("\(entry.team == .first ? first : second)\t\(entry.title)") }
        }

        private static func lines(of path: String) throws -> [String] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(message: "cannot read \(path): there is no such file", code: 74)
            }
            return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map { String($0) }
        }
    }
}

/// A variant on the command line: `control`, or `control=9`.
struct VariantArgument: ExpressibleByArgument {
    let name: String
    let weight: Double

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, let weight = parts.count > 1 ? Double(parts[1]) : 1 else {
            return nil
        }
        self.name = String(name)
        self.weight = weight
    }
}

extension ExperimentReport {
    /// For JSON.
    fileprivate var object: [String: Any] {
        var object: [String: Any] = [
            "experiment": name, "mixed_viewers": mixedViewers, "variants": variants.map { $0.object },
        ]
        object["sign_test_p"] = preference?.probability
        object["sample_ratio"] = sampleRatio?.object
        return object
    }
}

extension ExperimentReport.Variant {
    fileprivate var object: [String: Any] {
        var object: [String: Any] = [
            "variant": name, "viewers": viewers, "shown": shown, "chosen": chosen, "rate": rate.object,
        ]
        object["difference"] = difference?.object
        object["preferred_by"] = preferredBy
        return object
    }
}

extension SampleRatioTest {
    /// For JSON; the shares are in the order of the variants.
    fileprivate var object: [String: Any] {
        ["p": probability, "mismatch": isMismatch, "planned_shares": shares]
    }
}
