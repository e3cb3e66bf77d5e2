internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Plugins

extension PrivacyCommand {
    struct Consent: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "consent",
            abstract: "Show what a viewer allows and has decided before, or record a decision.",
            discussion: "A decision becomes an event of the log, consent.changed, and counts at once for every plugin.")

        @Argument(help: "The viewer: the subject of the events.")
        var viewer: String

        @Option(help: "Allow a purpose: personalization, advertising, quality or service. Give it again for more.")
        var grant: [Purpose] = []

        @Option(help: "Forbid a purpose. Give it again for more.")
        var withdraw: [Purpose] = []

        @Option(help: "The time of the decision, such as 2026-03-01T20:00:00Z. (default: now)")
        var at: TimeArgument?

        @OptionGroup var options: RequestOptions

        func validate() throws {
            if let both = grant.first(where: { withdraw.contains($0) }) {
                throw ValidationError("'\(both.name)' cannot be granted and withdrawn at once")
            }
        }

        func run() throws {
            let (purposes, history) = try options.withRequests(at: at) { requests throws(HostError) in
                for purpose in grant { try requests.decide(viewer, purpose, isGranted: true) }
                for purpose in withdraw { try requests.decide(viewer, purpose, isGranted: false) }
                return try requests.consent(of: viewer)
            }
            if options.json {
                let object: [String: Any] = [
                    "viewer": viewer, "purposes": purposes.map { $0.object }, "history": history.map { $0.object },
                ]
                return Terminal.output(try JSONText.of(object))
            }
            for purpose in purposes { Terminal.output(purpose.line) }
            if !history.isEmpty { Terminal.output("decided") }
            for change in history { Terminal.output("  " + change.line) }
        }
    }
}

extension PurposeConsent {
    fileprivate var line: String {
        var line = "\(purpose.name)".padding(toLength: 17, withPad: " ", startingAt: 0) + (isAllowed ? "on " : "off")
        line += "  " + reason.text(purpose: "\(purpose.name)")
        if isAllowed, let since { line += ", for events from \(since.timeText) on" }
        return line
    }

    fileprivate var object: [String: Any] {
        [
            "purpose": "\(purpose.name)", "basis": "\(basis.name)", "allowed": isAllowed, "child": isChild,
            "decided_by": decision.map { $0.decider == .viewer ? "viewer" : "global_privacy_control" }
                ?? NSNull() as Any,
            "decided_at": decision?.time.timeText ?? NSNull() as Any, "since": since?.timeText ?? NSNull() as Any,
        ]
    }
}

extension ConsentChange {
    fileprivate var line: String {
        var line = "\(time.timeText)  \(purpose ?? "Global Privacy Control")  \(isGranted ? "allowed" : "forbidden")"
        if isUndated { line += isGranted ? ", which does not count: it has no time" : ", from when it came" }
        return line + "  (\(source) \(id))"
    }

    fileprivate var object: [String: Any] {
        [
            "time": time.timeText, "undated": isUndated, "purpose": purpose ?? NSNull() as Any, "granted": isGranted,
            "source": source, "id": id,
        ]
    }
}
