internal import ArgumentParser
internal import Foundation
internal import HostCore

struct QualityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "What the quality plugins of a store found: how well the service works, and where it does not.",
        discussion: "What is new in the store is folded first."
    )

    @OptionGroup var options: FoldOptions

    @Flag(help: "Print one page with tables and charts, which loads nothing.")
    var html = false

    @Flag(help: "Print CSV: a line for each number.")
    var csv = false

    @Option(help: "How many rows of a table are shown, with --html 200.")
    var rows: Int?

    @Flag(help: "Fold the whole log anew.")
    var rebuild = false

    func validate() throws {
        if [html, csv, options.json].filter({ $0 }).count > 1 {
            throw ValidationError("--html, --csv and --json exclude each other")
        }
        if let rows, rows < 1 { throw ValidationError("--rows must be 1 or more") }
    }

    func run() throws {
        let bar = ProgressBar(isShown: true)
        let (reports, folded) = try reporting { () throws(HostError) in
            defer { bar.end() }
            return try QualityReports.read(
                store: options.store, plugins: try options.files(), keyFile: options.keyFile, jobs: options.workers,
                rebuilding: rebuild
            ) { done, total in bar.update(bytes: done, of: total, events: done) }
        }
        for message in folded.warnings { Terminal.message(message) }
        FileHandle.standardOutput.write(Data(text(of: reports).utf8))
    }

    private func text(of reports: [QualityReport]) -> String {
        if html { return QualityReport.html(reports, rows: rows ?? 200) }
        if csv { return QualityReport.csv(reports) }
        if options.json { return QualityReport.json(reports) }
        return QualityReport.terminal(reports, rows: rows ?? 10)
    }
}
