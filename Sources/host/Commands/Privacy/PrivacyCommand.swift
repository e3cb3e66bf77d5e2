internal import ArgumentParser

struct PrivacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "What a store may tell, and to whom.",
        subcommands: [PrivacyStatisticsCommand.self]
    )
}
