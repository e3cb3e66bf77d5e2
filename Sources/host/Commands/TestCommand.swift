internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Wasm

struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests of plugins.",
        discussion: """
            The tests of plugin.lua, or of plugin.wasm, are in plugin_test.lua beside it. Each PATH is a plugin, a test file, or a folder that is \
            searched for test files. Ends with 1 where a test failed or none was found.
            """
    )

    @Argument(help: "Plugins, test files or folders.")
    var paths: [String] = ["plugins"]

    @Option(help: "Run only tests whose full name has this in it.")
    var filter: String?

    @Flag(help: "Write snapshots anew, and remove those that no test asks for.")
    var update = false

    @Flag(help: "Let a test fail whose snapshot is missing, instead of writing it.")
    var ci = false

    @Option(help: "Where plugins run: native; or wasm, all of them behind WebAssembly's walls.")
    var isolation = PluginHome.native

    @Flag(help: "Tell which lines of the plugins ran that are native.")
    var coverage = false

    @Option(help: "Lead so many made-up events through each plugin as well.")
    var fuzz: Int?

    @Option(help: "Where the made-up events begin: the same seed gives the same events. (default: another in each run)")
    var seed: UInt64?

    @Flag(help: "Run the tests again whenever a file beside them changes.")
    var watch = false

    @Flag(help: "Print the results as TAP 14.")
    var tap = false

    @Option(help: "A file that the results are written to, in JUnit's XML.")
    var junit: String?

    func validate() throws {
        if let fuzz, fuzz < 1 { throw ValidationError("--fuzz must be 1 or more") }
        if coverage, isolation == .wasm {
            throw ValidationError("--coverage is measured of plugins that run natively: leave out --isolation wasm")
        }
        if seed != nil, fuzz == nil { throw ValidationError("--seed is for --fuzz") }
    }

    func run() throws {
        if !watch {
            if try !testOnce() { throw ExitCode(1) }
            return
        }
        while true {
            let seen = try translating { () throws(HarnessError) in try PluginTests(options).state() }
            do {
                _ = try testOnce()
            } catch let failure as CommandFailure {
                Terminal.message("host: \(failure.message)")
            }
            Terminal.message("waiting for a change; Ctrl-C ends")
            repeat { Thread.sleep(forTimeInterval: 0.3) } while (try? PluginTests(options).state()) == seen
        }
    }

    /// Whether all tests passed.
    private func testOnce() throws -> Bool {
        let tests = try translating { () throws(HarnessError) in try PluginTests(options) }
        let results = try translating { () throws(HarnessError) in
            try tests.run { if !tap { Terminal.output(HarnessReport.text($0)) } }
        }
        if tap { Terminal.output(HarnessReport.tap(results)) }
        if let junit {
            do {
                try Data(HarnessReport.junit(results).utf8).write(to: URL(fileURLWithPath: junit), options: .atomic)
            } catch {
                throw CommandFailure(message: "cannot write \(junit): \(error.localizedDescription)", code: 74)
            }
        }
        Terminal.message(HarnessReport.summary(results, untested: tests.untested))
        return results.allSatisfy { $0.failures == 0 }
    }

    private func translating<T>(_ body: () throws(HarnessError) -> T) throws(CommandFailure) -> T {
        do throws(HarnessError) {
            return try body()
        } catch {
            throw CommandFailure(message: error.message, code: error.exitCode)
        }
    }

    private var options: HarnessOptions {
        var options = HarnessOptions(paths: paths)
        options.filter = filter
        options.updatesSnapshots = update
        options.isCI = ci
        options.isolation = isolation
        options.measuresCoverage = coverage
        options.fuzzCount = fuzz ?? 0
        options.seed = seed ?? UInt64.random(in: 0..<1_000_000)
        return options
    }
}
