internal import ArgumentParser
internal import Glibc

/// The command line's root.
@main
struct HostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host",
        abstract: "Run plugins, in Lua or WebAssembly, over a stream of viewer events.",
        discussion: """
            Data goes to standard output, messages go to standard error.
            Exit codes: 0 done, 1 a check failed, 2 usage, 65 bad input data, 70 a plugin failed, 74 input/output. ^C and \
            SIGTERM end a run in good order, by the signal.
            """,
        subcommands: [
            RunCommand.self, TestCommand.self, PluginCommand.self, SegmentsCommand.self, QualityCommand.self,
            RecommendCommand.self, SimilarCommand.self, ModelsCommand.self, EvaluateCommand.self, PrivacyCommand.self,
            AuditCommand.self, LogCommand.self, EventsCommand.self, DoctorCommand.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as CommandFailure {
            Terminal.message("host: \(error.message)")
            Glibc.exit(error.code)
        } catch {
            guard Self.exitCode(for: error) == .validationFailure else { Self.exit(withError: error) }
            Terminal.message(Self.fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}

/// Ends the process with a line on standard error.
struct CommandFailure: Error {
    let message: String
    let code: Int32
}
