internal import Archives
internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Wasm

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Lead events through redactor plugins.",
        discussion: """
            Each SOURCE is a file of CloudEvents 1.0, one JSON object per line ("-" is standard input), or an archive, as a \
            folder or a .zip: Netflix's personal data, Netflix's history (Title,Date), or MovieLens. What it is, is told by \
            what is in it. Without --plugin and --untrusted, every plugin in plugins/ runs, in the order of the file names, and then every one in \
            plugins/untrusted/. A plugin is a Lua file or a WebAssembly module. Events that a plugin fails on are kept in the quarantine file and never passed on. Isolated plugins \
            run in engine.wasm, with the same results: all with --isolation wasm, and always those that are not trusted or whose \
            manifest asks for it. `make isolation` builds and installs what they need.
            """
    )

    @Argument(help: ArgumentHelp("NDJSON files, archives, or - for standard input.", valueName: "source"))
    var sources: [String] = []

    @Option(
        name: .customLong("plugin"), help: "A plugin: a path, or a file's name in plugins/. Give it again for more.")
    var plugins: [String] = []

    @Option(
        name: .customLong("untrusted"),
        help: "A plugin from elsewhere, which is always isolated; those run last. Give it again for more.")
    var untrusted: [String] = []

    @Flag(help: "Pass events on without any plugin.")
    var noPlugins = false

    @Option(
        help: "A store that keeps the events, each once, and those that a plugin failed on; made where there is none.")
    var store: String?

    @Flag(help: "Lead the events in the store's quarantine through the plugins again.")
    var replay = false

    @Option(help: "Where the events go: a file, or - for standard output. (default: -, or nowhere with --store)")
    var output: String?

    @Option(help: "Where events go that a plugin failed on, without --store; lines are added at its end.")
    var quarantine = "quarantine.ndjson"

    @Option(help: "The file of the key behind host.hash; made where there is none. (default: ~/.config/viewerhost/key)")
    var key: String?

    @Option(help: "The order of the dates in a Netflix history, where they do not tell: dmy, mdy or ymd.")
    var dateOrder: String?

    @Option(help: "Where plugins run: native, in this process; or wasm, all of them behind WebAssembly's walls.")
    var isolation = PluginHome.native

    @Option(help: "How many workers. (default: one for each core)")
    var jobs: Int?

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "Print neither progress nor summary.")
    var quiet = false

    func validate() throws {
        if replay, store == nil { throw ValidationError("--replay needs --store: it reads the store's quarantine") }
        if sources.isEmpty, !replay { throw ValidationError("name at least one source, or - for standard input") }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be from 1 to 256") }
        if let dateOrder, DateOrder(rawValue: dateOrder) == nil {
            throw ValidationError("--date-order must be dmy, mdy or ymd")
        }
        if noPlugins, !plugins.isEmpty { throw ValidationError("--plugin and --no-plugins exclude each other") }
        if noPlugins, !untrusted.isEmpty { throw ValidationError("--untrusted and --no-plugins exclude each other") }
    }

    func run() throws {
        var exitCode: Int32 = 0
        do throws(HostError) {
            var options = RunOptions(
                sources: sources,
                plugins: try chosenPlugins(),
                output: output ?? (store == nil ? "-" : nil),
                quarantine: quarantine,
                keyFile: key ?? KeyFile.defaultPath,
                jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount
            )
            options.store = store
            options.replays = replay
            options.isolation = isolation
            options.dateOrder = dateOrder.flatMap { DateOrder(rawValue: $0) }
            let bar = ProgressBar(isShown: !quiet && !json)
            let observer = RunObserver(progress: bar.update, message: bar.message)
            let report = try start(options, observer, bar)
            if json {
                Terminal.message(report.json)
            } else if !quiet {
                for message in report.folded?.warnings ?? [] { Terminal.message(message) }
                Terminal.message(report.summary(quarantine: store.map { "the quarantine of \($0)" } ?? quarantine))
            }
            exitCode = report.exitCode
        } catch {
            throw CommandFailure(message: error.message, code: error.exitCode)
        }
        if exitCode != 0 { throw ExitCode(exitCode) }
    }

    private func start(_ options: RunOptions, _ observer: RunObserver, _ bar: ProgressBar) throws(HostError)
        -> RunReport
    {
        let signals = StopSignals()
        let run = try Run(options)
        signals.watch { run.stop() }
        do throws(HostError) {
            defer { bar.end() }
            return try run.start(observer)
        } catch .interrupted(let message) {
            Terminal.message("host: \(message)")
            signals.raise()
            throw .interrupted(message)
        }
    }

    private func chosenPlugins() throws(HostError) -> [PluginFile] {
        if noPlugins { return [] }
        if plugins.isEmpty, untrusted.isEmpty {
            let found = try PluginFile.all(in: "plugins")
            guard !found.isEmpty else {
                throw .usage("there is no plugin in plugins/: name one with --plugin, or say --no-plugins")
            }
            return found
        }
        var files: [PluginFile] = []
        for plugin in plugins { files.append(try PluginFile(plugin, folder: "plugins")) }
        for plugin in untrusted { files.append(try PluginFile(plugin, folder: "plugins", isUntrusted: true)) }
        return files
    }
}
