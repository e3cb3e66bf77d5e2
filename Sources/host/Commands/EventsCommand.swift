internal import ArgumentParser
internal import HostCore

struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Print every event type with its fields and their data categories, as Markdown."
    )

    @Flag(help: "Print JSON, with the data categories in the order of their numbers.")
    var json = false

    func run() throws {
        if json { return Terminal.output(try JSONText.of(EventTable.objects)) }
        print(EventTable.markdown, terminator: "")
    }
}
