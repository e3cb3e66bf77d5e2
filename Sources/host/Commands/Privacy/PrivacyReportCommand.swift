internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Privacy

extension PrivacyCommand {
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "Make the report of all that is held of a viewer (GDPR Art. 15 and 20).",
            discussion: """
                It has a page for people, JSON, the events as they are stored, tables, and checksums. Nothing is folded for it: \
                segments are shown as far as they have come. With --json, report.json goes to standard output, and no files are \
                written. Docs: docs/access-report.md.
                """)

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "Where the report goes: a zip where the name ends so, else a new folder.")
        var output = "access-report.zip"

        @Option(help: "The retention schedule; without one, data are kept without limit.")
        var schedule: String?

        @OptionGroup var plugins: PluginOptions

        @OptionGroup var options: RequestOptions

        func run() throws {
            let summary = try options.withRequests { requests throws(HostError) in
                let report = try requests.accessReport(of: viewer, try reportOptions())
                if options.json {
                    try report.writeJSON { bytes throws(HostError) in try Self.print(bytes) }
                } else {
                    try report.write(to: output)
                }
                return report.summary
            }
            if !options.json { Terminal.message("\(output): what is held of \(summary.viewer): \(summary.text)") }
        }

        private static func print(_ bytes: UnsafeRawBufferPointer) throws(HostError) {
            do {
                try FileHandle.standardOutput.write(contentsOf: Data(bytes))
            } catch {
                throw .system(operation: "write to", path: "standard output", code: errno)
            }
        }

        private func reportOptions() throws(HostError) -> AccessReportOptions {
            var options = AccessReportOptions(plugins: try plugins.files(), keyFile: plugins.keyFile)
            if let schedule {
                let schedule = try RetentionSchedule(path: schedule)
                options.retention = { category, time in schedule.end(of: category, from: time) }
            }
            return options
        }
    }
}

extension AccessReport.Summary {
    /// What people read.
    fileprivate var text: String {
        var parts = [events.counted("event")]
        if subjects > 1 { parts.append("of \(subjects) subjects") }
        parts.append("\(memberships.counted("segment"))")
        if quarantined > 0 { parts.append("\(quarantined.grouped) in quarantine") }
        return parts.joined(separator: ", ")
    }
}
