internal import ArgumentParser
internal import HostCore

struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Print every event type with its fields and their data categories, as Markdown."
    )

    func run() {
        print(EventTable.markdown, terminator: "")
    }
}
