internal import ArgumentParser
internal import Events
internal import Foundation
internal import HostCore
internal import Plugins
internal import Privacy

extension PrivacyCommand {
    struct Retain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retain",
            abstract: "Show what a retention schedule would remove; with --apply, remove it.",
            discussion: """
                A schedule is a JSON file: {"default": null, "categories": {"user.device.ip_address": 30}}. Numbers are days from the \
                event's time on; a category goes by the nearest one that it lies within. Fields whose time is over are taken out \
                of their events, and events go of which nothing else of the viewer is left.
                """)

        @Option(help: "The schedule.")
        var schedule = "retention.json"

        @Flag(help: "Remove what is over.")
        var apply = false

        @Option(help: "The time to apply it for, such as 2026-03-01T20:00:00Z. (default: now)")
        var at: TimeArgument?

        @Flag(help: "Leave the training of models for later.")
        var laterModels = false

        @OptionGroup var options: RequestOptions

        func run() throws {
            let report = try options.withRequests(at: at) { requests throws(HostError) in
                try requests.retain(try RetentionSchedule(path: schedule), isDryRun: !apply)
            }
            if options.json {
                Terminal.output(try JSONText.of(report.object))
            } else {
                for line in report.lines(isDone: apply) { Terminal.output(line) }
            }
            if report.hasStaleModels { try options.refreshModels(unless: laterModels) }
        }
    }

    struct Register: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "register",
            abstract: "Print the record of processing activities (GDPR Art. 30).",
            discussion: """
                It is made of the event schema, the plugins' manifests, what the host does by itself, the gate's rules, the \
                retention schedule and the audiences that were given to somebody. Advertisers whom events name are in the access \
                reports of viewers.
                """)

        @Option(help: "The retention schedule; without one, data are kept without limit.")
        var schedule: String?

        @OptionGroup var options: FoldOptions

        func run() throws {
            let register = try reporting { () throws(HostError) in
                try ProcessingRegister(
                    store: options.store, plugins: try options.files(),
                    schedule: try schedule.map { (path) throws(HostError) in try RetentionSchedule(path: path) }
                        ?? RetentionSchedule())
            }
            if options.json { return Terminal.output(try JSONText.of(register.object)) }
            for line in register.lines { Terminal.output(line) }
        }
    }
}

extension RetentionReport {
    fileprivate func lines(isDone: Bool) -> [String] {
        var lines = fields.map { "\($0.count.grouped) \($0.count == 1 ? "field" : "fields") of \($0.category.key)" }
        let events = "\(removed.counted("event")), and a part of \(changed.grouped) more"
        lines.append(isDone ? "removed \(events)" : "would remove \(events): `--apply` does it")
        if viewers > 0 { lines.append("of \(viewers.counted("viewer")) nothing is left") }
        return lines
    }

    fileprivate var object: [String: Any] {
        [
            "fields": Dictionary(uniqueKeysWithValues: fields.map { ("\($0.category.key)", $0.count) }),
            "changed": changed, "removed": removed, "viewers": viewers, "stale_models": hasStaleModels,
        ]
    }
}

extension ProcessingRegister {
    fileprivate var lines: [String] {
        activities.flatMap { activity in
            var lines = ["\(activity.purpose.name)", "  rests on  \(activity.article.text)"]
            for operation in activity.operations { lines.append("  by        the host: \(operation)") }
            for plugin in activity.plugins {
                lines.append("  by        \(plugin.name) \(plugin.version) (\(plugin.kind))")
            }
            for recipient in activity.recipients { lines.append("  given to  \(recipient)") }
            for (category, days) in activity.data {
                lines.append(
                    "  uses      \(category.key), kept \(days.map { "for \($0.counted("day"))" } ?? "without limit")")
            }
            return lines
        }
    }

    fileprivate var object: [String: Any] {
        [
            "activities": activities.map { activity -> [String: Any] in
                [
                    "purpose": "\(activity.purpose.name)", "basis": "\(activity.basis.name)",
                    "article": activity.article.text, "operations": activity.operations,
                    "recipients": activity.recipients,
                    "plugins": activity.plugins.map { ["name": $0.name, "version": $0.version, "kind": $0.kind] },
                    "data": activity.data.map {
                        ["category": "\($0.category.key)", "days": $0.days ?? NSNull() as Any] as [String: Any]
                    },
                ]
            }
        ]
    }
}
