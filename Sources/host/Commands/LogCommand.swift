internal import ArgumentParser
internal import Foundation
internal import HostCore

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print the events that a store keeps, one JSON object per line, in the order in which they came."
    )

    @Argument(help: "A viewer: the subject of the events. (default: all)")
    var viewer: String?

    @Option(help: "The store.")
    var store = "viewers.sqlite"

    func run() throws {
        let output = FileHandle.standardOutput
        try reporting { () throws(HostError) in
            let log = try StoredLog(store: store)
            try log.forEach(of: viewer) { lines in output.write(lines) }
            let lost = viewer == nil ? try log.lostViewers() : 0
            if lost > 0 {
                Terminal.message(
                    "\(lost.counted("viewer")) left out: the keys are lost (`host doctor --store \(store)`)")
            }
        }
    }
}
