internal import ArgumentParser
internal import HostCore

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at all that a run needs, and say what to do where something is missing.",
        discussion: "Ends with 1 where something is wrong. Mends nothing by itself."
    )

    @Option(help: "A store to look at.")
    var store: String?

    @Option(help: "The file of the key behind host.hash. (default: ~/.config/viewerhost/key)")
    var key: String?

    @Option(help: "The folder of the plugins.")
    var plugins = "plugins"

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let doctor = Doctor(keyFile: key ?? KeyFile.defaultPath, pluginFolder: plugins, store: store)
        let findings = doctor.findings()
        let isWell = findings.allSatisfy { $0.state != .fault }
        if json {
            let list = findings.map { ["subject": $0.subject, "state": $0.state.rawValue, "text": $0.text] }
            Terminal.output(try JSONText.of(["ok": isWell, "findings": list]))
        } else {
            for finding in findings { Terminal.output(Self.line(finding)) }
        }
        if !isWell { throw ExitCode(1) }
    }

    private static func line(_ finding: Doctor.Finding) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        return padded(finding.state.rawValue, 7) + padded(finding.subject, 10) + finding.text
    }
}
