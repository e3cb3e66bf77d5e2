internal import ArgumentParser
internal import HostCore

struct SegmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segments",
        abstract: "Who is in which ad segment of a store, and why.",
        discussion: """
            What is new in the store is folded first. "Now" is the time of the latest event, where --at does not name another. \
            A segment is never shown with fewer viewers than the store's minimum audience.
            """,
        subcommands: [
            List.self, Members.self, Explain.self, For.self, Update.self, Rebuild.self, Rules.self,
        ],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the segments and their audiences.")

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, _) = try options.segments()
            let (list, minimum) = try reporting { () throws(HostError) in
                (try segments.list(), segments.settings.minimumAudience)
            }
            try reporting(segments.close)
            if options.json { return Terminal.output(try JSONText.of(list.map { $0.object(minimum) })) }
            for line in list.lines(minimum: minimum) { Terminal.output(line) }
        }
    }

    struct Members: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "members",
            abstract: "Print the viewers of a segment's audience, one in a line.")

        @Argument(help: "The segment.")
        var name: String

        @Option(help: "Who is given them: it is recorded for each of the viewers, who may ask.")
        var recipient: String?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, _) = try options.segments()
            let members = try reporting { () throws(HostError) in
                try segments.members(of: name, for: recipient)
            }
            let minimum = segments.settings.minimumAudience
            try reporting(segments.close)
            if options.json { return Terminal.output(try JSONText.of(["segment": name, "members": members])) }
            if members.isEmpty {
                Terminal.message("host: '\(name)' has fewer than \(minimum) viewers, which is too few to show any")
            }
            for member in members { Terminal.output(member) }
        }
    }

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Say why a viewer is in a segment, or is not, and which events are behind it.")

        @Argument(help: "The segment.")
        var name: String

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "The time to ask about, such as 2026-03-01T20:00:00Z. (default: that of the latest event)")
        var at: TimeArgument?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, _) = try options.segments()
            let explanation = try reporting { () throws(HostError) in
                try segments.explain(name, viewer: viewer, at: at?.seconds)
            }
            try reporting(segments.close)
            if options.json { return Terminal.output(explanation.json) }
            for line in explanation.lines { Terminal.output(line) }
        }
    }

    struct For: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "for",
            abstract: "Print the segments that a viewer may be shown ads for now, with reasons and how long they hold.")

        @Argument(help: "Viewers: the subjects of their events; - reads them from standard input, one in a line.")
        var viewers: [String]

        @Option(help: "The time to ask about, such as 2026-03-01T20:00:00Z. (default: that of the latest event)")
        var at: TimeArgument?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, _) = try options.segments()
            for viewer in viewers {
                if viewer == "-" {
                    while let line = readLine() { try answer(line, segments) }
                } else {
                    try answer(viewer, segments)
                }
            }
            try reporting(segments.close)
        }

        private func answer(_ viewer: String, _ segments: Segments) throws {
            let answer = try reporting { () throws(HostError) in
                try segments.answer(for: viewer, at: at?.seconds)
            }
            if options.json { return Terminal.output(try JSONText.of(answer.object)) }
            for line in answer.lines { Terminal.output(line) }
        }
    }

    struct Update: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Fold what is new, and publish new editions of all audiences now.",
            discussion: "Other commands publish an edition where the last one is an hour old.")

        @Option(
            help:
                "The time for which members are asked, such as 2026-03-01T20:00:00Z. (default: that of the latest event)"
        )
        var at: TimeArgument?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, report) = try options.segments(isForced: true, at: at?.seconds)
            try reporting(segments.close)
            if options.json { return Terminal.output(try JSONText.of(report.object)) }
            Terminal.message(report.summary)
        }
    }

    struct Rebuild: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild",
            abstract: "Let segments begin anew and fold the whole log.",
            discussion: "A segment whose file, version, key or rules changed begins anew by itself.")

        @Argument(help: "Segments. (default: all)")
        var names: [String] = []

        @OptionGroup var options: FoldOptions

        func run() throws {
            let (segments, report) = try options.segments(rebuilding: names, isForced: true)
            try reporting(segments.close)
            if options.json { return Terminal.output(try JSONText.of(report.object)) }
            Terminal.message(report.summary)
        }
    }
}

extension FoldOptions {
    /// Opens the segments and brings them up to date, with a progress bar.
    fileprivate func segments(
        rebuilding: [String]? = nil, isForced: Bool = false, at time: Int64? = nil
    ) throws -> (Segments, FoldReport) {
        try reporting { () throws(HostError) in
            let segments = try Segments(
                store: store, plugins: try files(), keyFile: keyFile, jobs: workers, rebuilding: rebuilding)
            let bar = ProgressBar(isShown: !json)
            defer { bar.end() }
            let report = try segments.update(at: time, isForced: isForced) { done, total in
                bar.update(bytes: done, of: total, events: done)
            }
            for message in report.warnings { bar.message(message) }
            return (segments, report)
        }
    }
}
