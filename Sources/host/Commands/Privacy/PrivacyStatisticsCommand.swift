internal import ArgumentParser
internal import Foundation
internal import HostCore

struct PrivacyStatisticsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Release statistics with noise, by which nobody can tell whether any one viewer is in them.",
        discussion: """
            Each release is charged to every viewer: first a budget is stated, with --budget, and what would exceed it is refused. \
            Only events of viewers who have not objected to the purpose quality count. docs/statistics.md says what is promised, \
            and what is not.
            """
    )

    enum Count: String, ExpressibleByArgument, CaseIterable {
        case viewers
        case events
    }

    @Option(help: "What events are told apart by: a field such as country, or type, genre, hour, day. Again for more.")
    var by: [String] = []

    @Option(
        help: "The groups that there are, where they are known beforehand, as values of the one --by. Again for more.")
    var value: [String] = []

    @Option(help: "Count viewers or events. (default: viewers)")
    var count: Count?

    @Option(help: "Sum up a field, such as seconds_watched.")
    var sum: String?

    @Option(help: "The mean over viewers of each one's mean of a field, such as startup_ms.")
    var mean: String?

    @Option(help: "How much a viewer counts for in a group at the most; more is cut off. Needed but for viewers.")
    var maxPerViewer: String?

    @Option(help: "In how many groups a viewer counts at the most; which ones is drawn by lot.")
    var groupsPerViewer = 1

    @Option(
        help:
            "How much of every viewer's privacy the release may cost, such as 0.5. With --budget: all releases together."
    )
    var epsilon: String?

    @Option(
        help: "The probability that it costs more, such as 1e-9: needed where groups are not known, and for gaussian.")
    var delta = "0"

    @Option(help: "The noise: laplace or gaussian.")
    var mechanism = "laplace"

    @Option(help: "Types of events that count, with commas between them. (default: all that have the fields)")
    var types: String?

    @Option(help: "Only events from this time on, such as 2026-03-01T00:00:00Z.")
    var since: TimeArgument?

    @Option(help: "Only events before this time.")
    var until: TimeArgument?

    @Option(help: "What the release is called in the ledger.")
    var name = "statistics"

    @Option(help: "The store.")
    var store = "viewers.sqlite"

    @Option(help: "How many workers. (default: one for each core)")
    var jobs: Int?

    @Flag(help: "Say what it would cost and how much noise there would be, and release nothing.")
    var dryRun = false

    @Flag(help: "Show the budget and what is spent of it; with --epsilon, state it.")
    var budget = false

    @Option(help: "With --budget: how losses are added up, addition or zcdp.")
    var accounting = "addition"

    @Flag(help: "Print CSV.")
    var csv = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if csv, json { throw ValidationError("--csv and --json exclude each other") }
        if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs must be from 1 to 64") }
        if [count != nil, sum != nil, mean != nil].filter({ $0 }).count > 1 {
            throw ValidationError("--count, --sum and --mean exclude each other: each is a release of its own")
        }
        if budget {
            if csv { throw ValidationError("--budget prints text or, with --json, JSON") }
            if dryRun || !by.isEmpty || count != nil || sum != nil || mean != nil {
                throw ValidationError("--budget is for itself: it shows or states the budget, and releases nothing")
            }
        } else if epsilon == nil {
            throw ValidationError(
                "--epsilon is missing: how much of every viewer's privacy may it cost? 0.1 to 1 are usual")
        }
    }

    func run() throws {
        if budget { return try runBudget() }
        let table = try reporting(release)
        if csv {
            FileHandle.standardOutput.write(Data(table.csv.utf8))
        } else if json {
            Terminal.output(table.json)
        } else {
            for line in table.lines { Terminal.output(line) }
        }
    }

    private func release() throws(HostError) -> StatisticsTable {
        let query = try StatisticsQuery(request)
        if dryRun { return try Statistics.preview(query, store: store) }
        let bar = ProgressBar(isShown: !json && !csv)
        defer { bar.end() }
        let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        return try Statistics.release(query, store: store, jobs: workers) { done, total in
            bar.update(bytes: done, of: total, events: done)
        }
    }

    private var request: StatisticsRequest {
        var request = StatisticsRequest()
        if count == .events { request.measure = .events }
        if let sum { request.measure = .sum(field: sum) }
        if let mean { request.measure = .mean(field: mean) }
        request.by = by.flatMap { $0.split(separator: ",").map { String($0) } }
        request.values = value
        request.types = types?.split(separator: ",").map { String($0) } ?? []
        request.since = since?.seconds
        request.until = until?.seconds
        request.groupsPerViewer = groupsPerViewer
        request.mostPerViewer = maxPerViewer
        request.epsilon = epsilon ?? ""
        request.delta = delta
        request.mechanism = mechanism
        request.name = name
        return request
    }

    private func runBudget() throws {
        let account = try reporting { () throws(HostError) -> PrivacyAccount in
            guard let epsilon else { return try PrivacyAccount.of(store: store) }
            return try PrivacyAccount.state(epsilon: epsilon, delta: delta, accounting: accounting, store: store)
        }
        if json { return Terminal.output(account.json) }
        for line in account.lines { Terminal.output(line) }
    }
}
