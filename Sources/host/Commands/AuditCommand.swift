internal import ArgumentParser
internal import Foundation
internal import HostCore

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit log of a store: what was done with viewers' data, by whom and when.",
        discussion:
            "Viewers are named by a mark, which is left of them when they are erased and tells nobody who it is.",
        subcommands: [List.self, Verify.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the log.")

        @Option(help: "Only what concerns this viewer.")
        var viewer: String?

        @OptionGroup var options: AuditOptions

        func run() throws {
            let entries = try reporting { () throws(HostError) in
                try AuditTrail(store: options.store).entries(of: viewer)
            }
            for entry in entries {
                if options.json {
                    Terminal.output(entry.json)
                } else {
                    Terminal.output(
                        "\(entry.sequence)  \(entry.time.timeText)  \(entry.actor)  \(entry.action)  \(entry.detail)")
                }
            }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Check that no entry was changed, taken out, put in between or taken off the end.",
            discussion: "Ends with 1 where one was.")

        @OptionGroup var options: AuditOptions

        func run() throws {
            let (count, problem) = try reporting { () throws(HostError) in
                try AuditTrail(store: options.store).verify()
            }
            if options.json {
                Terminal.output(try JSONText.of(["entries": count, "problem": problem ?? NSNull() as Any]))
            } else {
                Terminal.output(
                    problem ?? "the audit log is as it was written: \(count == 1 ? "1 entry" : "\(count) entries")")
            }
            if problem != nil { throw ExitCode(1) }
        }
    }
}

struct AuditOptions: ParsableArguments {
    @Option(help: "The store.")
    var store = "viewers.sqlite"

    @Flag(help: "Print JSON.")
    var json = false
}
