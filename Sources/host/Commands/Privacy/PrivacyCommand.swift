internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Models

struct PrivacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "Do what viewers may ask for: show, correct, erase, and prove it.",
        discussion: """
            Viewers are named as events name their subject. What is kept of a viewer is sealed with the viewer's key, which is in \
            ~/.config/viewerhost/keys, or in the folder that VIEWERHOST_KEYS names: keep copies of it apart from copies of the \
            store. Each request goes into the audit log: see host audit.
            """,
        subcommands: [
            Erase.self, Verify.self, Consent.self, Why.self, Rectify.self, Retain.self, Register.self, Readmit.self,
            RotateKeys.self, PrivacyStatisticsCommand.self,
        ]
    )
}

/// What the commands for viewers' requests have in common.
struct RequestOptions: ParsableArguments {
    @Option(help: "The store.")
    var store = "viewers.sqlite"

    @Option(help: "Who does it, for the audit log. (default: the process's user)")
    var actor: String?

    @Flag(help: "Print JSON.")
    var json = false

    /// Opens the store, lets `body` do its work, and closes it.
    func withRequests<T>(
        at time: TimeArgument? = nil, _ body: (SubjectRequests) throws(HostError) -> T
    ) throws -> T {
        try reporting { () throws(HostError) in
            let requests = try SubjectRequests(store: store, actor: actor, at: time?.seconds)
            let result = try body(requests)
            try requests.close()
            return result
        }
    }

    /// Trains models anew that have learned from what is not there any more.
    func refreshModels(unless isLater: Bool) throws {
        if isLater { return Terminal.message("host: models are stale: train them anew with `host models train`") }
        try reporting { () throws(HostError) in
            try ModelShelf(store: store).refresh(
                store: store, jobs: ProcessInfo.processInfo.activeProcessorCount
            ) { Terminal.message("host: training \($0.text) anew") }
        }
    }
}
