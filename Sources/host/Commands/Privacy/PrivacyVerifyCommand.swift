internal import ArgumentParser
internal import Foundation
internal import HostCore

extension PrivacyCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Search every byte of a store's files for what is left of a viewer who was erased.",
            discussion: """
                Looks for the viewer's name, the number that the store had for it and, with --events, all that is in the events of \
                an access report that was made before, other names of the viewer's included, in the ways in which it may be \
                written: as it is, in JSON, in a URL, in UTF-16, in base64 and in hex digits. Ends with 1 where anything is left, and \
                with an error where something cannot be looked at. What is packed, as a zip, is not looked into.
                """)

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "The viewer's events as they were, one JSON object per line.")
        var events: String?

        @Option(help: "Another file, or a folder, to search as well. Give it again for more.")
        var also: [String] = []

        @OptionGroup var options: RequestOptions

        func run() throws {
            let report = try options.withRequests { requests throws(HostError) in
                try requests.verify(viewer, events: events, also: also)
            }
            if options.json {
                Terminal.output(try JSONText.of(report.object))
            } else {
                for line in report.lines { Terminal.output(line) }
            }
            if !report.isClean { throw ExitCode(1) }
        }
    }
}

extension TraceReport {
    private static let shown = 20

    fileprivate var lines: [String] {
        var lines: [String] = []
        if let erasedAt {
            lines.append("\(viewer) was erased at \(erasedAt.timeText)")
        } else {
            lines.append("\(viewer) was not erased" + (isKnown ? "" : ", and the store has nothing of them"))
        }
        if hasStaleModels { lines.append("models wait to be trained anew: `host models train`") }
        var looked = "looked for \(values.counted("value")) in \(files.count.counted("file")), \(bytes.grouped) bytes"
        if shortValues + sharedValues > 0 {
            looked +=
                "; left out \(shortValues.grouped) that are too short, \(sharedValues.grouped) spellings that are no viewer's"
        }
        lines.append(looked)
        for trace in traces.prefix(Self.shown) { lines.append("found: \(trace.file):\(trace.offset): \(trace.name)") }
        if traces.count > Self.shown { lines.append("and \((traces.count - Self.shown).grouped) more") }
        lines.append(isClean ? "nothing is left" : "not clean")
        return lines
    }

    fileprivate var object: [String: Any] {
        [
            "viewer": viewer, "erased_at": erasedAt?.timeText ?? NSNull() as Any, "known": isKnown,
            "stale_models": hasStaleModels, "files": files, "bytes": bytes, "seconds": seconds, "values": values,
            "short_values": shortValues, "shared_values": sharedValues, "clean": isClean,
            "traces": traces.map { ["file": $0.file, "offset": $0.offset, "name": $0.name] as [String: Any] },
        ]
    }
}
