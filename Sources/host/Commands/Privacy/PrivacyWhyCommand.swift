internal import ArgumentParser
internal import Foundation
internal import HostCore

extension PrivacyCommand {
    struct Why: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "why",
            abstract:
                "Say what was shown to a viewer and why, in which segments the viewer is, and who was given data.",
            discussion: """
                What was recommended is known where it was recorded (host recommend --record, or the service's own events \
                recommendation.shown and ad.shown), and who was given an audience where that was said (host segments members \
                --recipient).
                """)

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "Only about this title, by its key or name.")
        var title: String?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let entries = try reporting { () throws(HostError) in
                let requests = try SubjectRequests(store: options.store)
                let entries = try requests.lineage(of: viewer, title: title)
                try requests.close()
                return entries
            }
            let segments = title == nil ? try memberships() : []
            if options.json {
                let object: [String: Any] = [
                    "viewer": viewer, "lineage": entries.map { $0.object }, "segments": segments.map { $0.object },
                ]
                return Terminal.output(try JSONText.of(object))
            }
            for entry in entries {
                Terminal.output("\(entry.time.timeText)  \(entry.text)")
                for event in entry.events { Terminal.output("    event \(event)") }
            }
            for segment in segments {
                Terminal.output("in the segment \(segment.name) \(segment.version): \(segment.reason)")
            }
            if entries.isEmpty, segments.isEmpty { Terminal.output("nothing is recorded") }
        }

        /// The segments that the viewer is in, or that keep ads away.
        private func memberships() throws -> [ViewerAnswer.Segment] {
            try reporting { () throws(HostError) in
                let segments = try Segments(
                    store: options.store, plugins: try options.files(), keyFile: options.keyFile, jobs: options.workers)
                let answer = try segments.answer(for: viewer)
                try segments.close()
                return answer.segments + answer.exclusions
            }
        }
    }
}

extension LineageEntry {
    fileprivate var object: [String: Any] {
        ["time": time.timeText, "text": text, "events": events]
    }
}

extension ViewerAnswer.Segment {
    fileprivate var object: [String: Any] {
        ["name": name, "version": version, "reason": reason, "taxonomy": taxonomy ?? NSNull() as Any]
    }
}
