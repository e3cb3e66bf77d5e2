internal import ArgumentParser
internal import Events
internal import Foundation
internal import HostCore

extension PrivacyCommand {
    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Erase a viewer, or some categories of a viewer's data.",
            discussion: """
                Without --category, everything goes: events, quarantine, states, memberships, the name and the key, so that copies \
                of the store cannot be read either. What is left is a mark, by which events that come later are refused. An \
                erasure that is cut off is finished when the store is next written to. Models that learned from the viewer are \
                trained anew.
                """)

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "A data category, such as user.contact: only such data go. Give it again for more.")
        var category: [CategoryArgument] = []

        @Flag(help: "Take the viewer out of files that host wrote as well, and remove access reports of the viewer.")
        var files = false

        @Flag(help: "Leave the training of models for later.")
        var laterModels = false

        @OptionGroup var options: RequestOptions

        func validate() throws {
            if files, !category.isEmpty {
                throw ValidationError("--files takes all of a viewer out: it does not go with --category")
            }
        }

        func run() throws {
            let report = try options.withRequests { requests throws(HostError) in
                category.isEmpty
                    ? try requests.erase(viewer) : try requests.erase(viewer, category.map { $0.category })
            }
            if options.json {
                Terminal.output(try JSONText.of(report.object))
            } else {
                for line in report.lines(withFiles: files) { Terminal.output(line) }
            }
            if files {
                try reporting { () throws(HostError) in try SubjectRequests.clean(filesOf: report) }
            }
            if report.hasStaleModels { try options.refreshModels(unless: laterModels) }
        }
    }

    struct Rectify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rectify",
            abstract: "Put a right value in the place of a wrong one in all events of a viewer.")

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Argument(help: "The field of the events' data, such as email.")
        var field: String

        @Argument(help: "The right value: text, or JSON for a field that holds no text.")
        var value: String

        @Option(help: "Only where the field has this value.")
        var was: String?

        @Flag(help: "Leave the training of models for later.")
        var laterModels = false

        @OptionGroup var options: RequestOptions

        func run() throws {
            let report = try options.withRequests { requests throws(HostError) in
                try requests.rectify(viewer, field: field, from: was, to: value)
            }
            if options.json {
                Terminal.output(try JSONText.of(report.object))
            } else {
                let waiting = report.quarantined > 0 ? ", and \(report.quarantined.grouped) in quarantine" : ""
                Terminal.output("\(report.changed.counted("event")) of \(viewer) put right\(waiting)")
            }
            if report.hasStaleModels { try options.refreshModels(unless: laterModels) }
        }
    }

    struct Readmit: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "readmit",
            abstract: "Let a viewer who was erased, and who has come back, in again.")

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @OptionGroup var options: RequestOptions

        func run() throws {
            try options.withRequests { requests throws(HostError) in try requests.readmit(viewer) }
            Terminal.output("events of \(viewer) are kept again from now on")
        }
    }

    struct RotateKeys: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-keys",
            abstract: "Put all viewers' keys under a new master key, and destroy the old one.",
            discussion: "Of copies of the keys that were made before, nothing can be opened any more with the new one.")

        @OptionGroup var options: RequestOptions

        func run() throws {
            let count = try options.withRequests { requests throws(HostError) in try requests.rotateKeys() }
            Terminal.output("\(count.counted("key")) under a new master key")
        }
    }
}

/// A data category on the command line.
struct CategoryArgument: ExpressibleByArgument {
    let category: DataCategory

    init?(argument: String) {
        guard let category = Array(argument.utf8).withUnsafeBytes({ DataCategory(key: $0) }) else { return nil }
        self.category = category
    }
}

extension ErasureReport {
    fileprivate func lines(withFiles: Bool) -> [String] {
        var lines = ["erased: " + names.joined(separator: ", ")]
        var parts = [events.counted("event")]
        if changed > 0 { parts.append("a part of \(changed.grouped) more") }
        if quarantined > 0 { parts.append("\(quarantined.grouped) in quarantine") }
        lines.append("  " + parts.joined(separator: ", "))
        if !recipients.isEmpty {
            lines.append("  tell those who were given data: " + recipients.joined(separator: ", "))
        }
        if !files.isEmpty {
            let heading =
                withFiles
                ? "files that the viewer is taken out of"
                : "files that may have data of the viewer, which --files takes out"
            lines.append("  \(heading): " + files.joined(separator: ", "))
        }
        return lines
    }

    fileprivate var object: [String: Any] {
        [
            "files": files, "names": names, "events": events, "changed": changed, "quarantined": quarantined,
            "recipients": recipients, "stale_models": hasStaleModels,
        ]
    }
}
