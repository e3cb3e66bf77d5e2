internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Wasm

struct RecommendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Titles that a viewer may like, by the recommenders in plugins/, or else by the model itself.",
        discussion: """
            What is new in the store counts at once; where it has no models yet, they are trained first. \
            Docs: docs/recommenders.md.
            """
    )

    @Argument(help: "The viewer, as events name it; - reads many from standard input, one a line.")
    var viewer: String

    @Option(name: .shortAndLong, help: "How many titles.")
    var number = 20

    @Flag(help: "Say why: the titles and the events behind each.")
    var why = false

    @Flag(help: "Record that they were shown, with the reasons: host privacy why tells the viewer later.")
    var record = false

    @Option(help: "The time that is taken for now, as RFC 3339. (default: that of the latest event)")
    var at: TimeArgument?

    @Flag(help: "Do without plugins: ask the model itself.")
    var noPlugins = false

    @Option(help: "Where plugins run: native, in this process; or wasm, all of them behind WebAssembly's walls.")
    var isolation = PluginHome.native

    @OptionGroup var options: FoldOptions

    func validate() throws {
        if !(1...1000).contains(number) { throw ValidationError("--number must be from 1 to 1000") }
    }

    func run() throws {
        let bar = ProgressBar(isShown: true)
        let recommendations = try reporting { () throws(HostError) in
            defer { bar.end() }
            return try Recommendations(
                store: options.store, plugins: noPlugins ? [] : try options.files(), keyFile: options.keyFile,
                isolation: isolation, jobs: options.workers
            ) { done, total in
                bar.update(bytes: done, of: total, events: done)
            } training: { data in
                bar.message("host: the store has no models yet: training them on \(data.summary)")
            }
        }
        if viewer == "-" {
            while let name = readLine() { try answer(name, recommendations) }
        } else {
            try answer(viewer, recommendations)
        }
        try reporting(recommendations.close)
    }

    private func answer(_ viewer: String, _ recommendations: Recommendations) throws {
        let lists = try reporting { () throws(HostError) in
            try recommendations.answer(for: viewer, count: number, at: at?.seconds)
        }
        if record {
            try reporting { () throws(HostError) in
                let time = at?.seconds ?? Int64(Date().timeIntervalSince1970)
                for list in lists { try recommendations.record(list, for: viewer, at: time) }
            }
        }
        if options.json {
            for list in lists { Terminal.output(list.json(for: viewer)) }
            return
        }
        for list in lists {
            for line in list.head(viewer) { Terminal.output(line) }
            for (place, title) in list.titles.enumerated() {
                Terminal.output(title.line(place + 1, after: place == 0 ? "" : list.titles[place - 1].row))
                if !why { continue }
                if let reason = title.reason { Terminal.output("      because \(reason)") }
                let events = try reporting { () throws(HostError) in
                    try recommendations.events(behind: title, for: viewer)
                }
                for event in events { Terminal.output("      " + String(decoding: event, as: UTF8.self)) }
            }
        }
    }
}

struct SimilarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar", abstract: "The titles most like one, by the viewers that they have in common.")

    @Argument(help: "The title's key or name.")
    var title: String

    @Option(name: .shortAndLong, help: "How many titles.")
    var number = 20

    @OptionGroup var options: FoldOptions

    func run() throws {
        let titles = try reporting { () throws(HostError) in
            let recommendations = try Recommendations(
                store: options.store, plugins: [], keyFile: options.keyFile, jobs: options.workers)
            defer { try? recommendations.close() }
            return try recommendations.similar(to: title, count: number)
        }
        if options.json { return titles.forEach { Terminal.output($0.json) } }
        for (place, title) in titles.enumerated() { Terminal.output(title.line(place + 1, after: "")) }
    }
}
