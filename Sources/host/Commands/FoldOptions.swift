internal import ArgumentParser
internal import Foundation
internal import HostCore

/// What the commands for segments and quality have in common.
struct FoldOptions: ParsableArguments {
    @Option(help: "The store.")
    var store = "viewers.sqlite"

    @OptionGroup var plugins: PluginOptions

    @Option(help: "How many workers. (default: one for each core)")
    var jobs: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs must be from 1 to 64") }
    }

    func files() throws(HostError) -> [PluginFile] { try plugins.files() }

    var keyFile: String { plugins.keyFile }

    var workers: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// Which plugins a command takes, and with what key.
struct PluginOptions: ParsableArguments {
    @Option(
        name: .customLong("plugin"),
        help: "A plugin: a path, or a file's name in plugins/. Give it again for more. (default: all in plugins/)")
    var plugins: [String] = []

    @Option(help: "The file of the key behind host.hash. (default: ~/.config/viewerhost/key)")
    var key: String?

    func files() throws(HostError) -> [PluginFile] {
        if plugins.isEmpty { return try PluginFile.all(in: "plugins") }
        var files: [PluginFile] = []
        for plugin in plugins { files.append(try PluginFile(plugin, folder: "plugins")) }
        return files
    }

    var keyFile: String { key ?? KeyFile.defaultPath }
}

/// Does a command's work, and turns what goes wrong into the process's end.
func reporting<T>(_ body: () throws(HostError) -> T) throws -> T {
    do throws(HostError) {
        return try body()
    } catch {
        throw CommandFailure(message: error.message, code: error.exitCode)
    }
}

/// A time on the command line.
struct TimeArgument: ExpressibleByArgument {
    let seconds: Int64

    init?(argument: String) {
        guard let seconds = Int64(rfc3339: argument) else { return nil }
        self.seconds = seconds
    }
}
