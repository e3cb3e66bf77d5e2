internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Plugins
internal import Wasm

struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Check, list and make plugins.",
        subcommands: [Check.self, List.self, New.self, PrintAnnotations.self]
    )

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Load plugins as a run would, and say what they are. Ends with 1 where one cannot be loaded.")

        @Argument(help: "Plugin files.")
        var files: [String]

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            try report(on: files, json: json) { path, plugin in
                "\(path): \(plugin.manifest.name) \(plugin.manifest.version), \(plugin.homeText), reads \(plugin.readsText)"
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the plugins in a folder. Ends with 1 where one cannot be loaded.")

        @Argument(help: "The folder.")
        var folder = "plugins"

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw CommandFailure(
                    message: "there is no folder \(folder): `host plugin new NAME` makes it", code: 74)
            }
            try report(on: PluginFile.paths(in: folder), json: json) { path, plugin in
                let manifest = plugin.manifest
                return [
                    path, "\(manifest.kind.name)", "\(manifest.name) \(manifest.version)", plugin.homeText,
                    plugin.readsText,
                ].joined(separator: "\t")
            }
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Write a plugin and its tests, which both work, to start from.",
            discussion: """
                In Lua, the plugin is NAME.lua. In C and Swift, a redactor is NAME.wasm, a WebAssembly module, which the program \
                NAME/build makes of what is beside it.
                """)

        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case redactor
            case segment
            case quality
            case recommender
        }

        @Argument(help: "The plugin's name: letters, digits, '-' and '_'.")
        var name: String

        @Option(help: "What the plugin does: redactor, segment, quality or recommender.")
        var kind = Kind.redactor

        @Option(help: "What it is written in: lua, c or swift.")
        var language = Language.lua

        enum Language: String, ExpressibleByArgument, CaseIterable {
            case lua
            case c
            case swift

            fileprivate var template: PluginTemplate.Language {
                switch self {
                case .lua: .lua
                case .c: .c
                case .swift: .swift
                }
            }
        }

        @Option(help: "The folder that it goes to.")
        var folder = "plugins"

        func validate() throws {
            let isPlain = name.utf8.allSatisfy { byte in
                let letter = byte | 0x20
                return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
            }
            if name.isEmpty || !isPlain { throw ValidationError("'\(name)' is no name: use letters, digits, - and _") }
            if kind != .redactor, language != .lua {
                throw ValidationError("a \(kind.rawValue) plugin is written in Lua: leave out --language")
            }
            if name.hasSuffix("_test") { throw ValidationError("'\(name)' is a name of tests: leave out _test") }
        }

        func run() throws {
            do throws(HostError) {
                let template =
                    switch kind {
                    case .redactor: PluginTemplate.redactor(name, in: language.template)
                    case .segment: PluginTemplate.segment(name)
                    case .quality: PluginTemplate.quality(name)
                    case .recommender: PluginTemplate.recommender(name)
                    }
                for line in try template.write(to: folder) { print(line) }
            } catch {
                throw CommandFailure(message: error.message, code: error.exitCode)
            }
        }
    }

    struct PrintAnnotations: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "annotations",
            abstract: "Print what editors need to complete plugins and tests: a file of annotations for LuaLS.")

        func run() {
            print(Annotations.text, terminator: "")
        }
    }
}

/// Loads each plugin and prints a line for it, or JSON for all; the broken ones keep none from being looked at.
private func report(on paths: [String], json: Bool, _ line: (String, PluginDescription) -> String) throws {
    var objects: [[String: Any]] = []
    var isSound = true
    for (path, result) in PluginFile.descriptions(of: paths, folder: "plugins") {
        switch result {
        case .success(let plugin):
            objects.append([
                "file": path, "kind": "\(plugin.manifest.kind.name)", "name": plugin.manifest.name,
                "version": plugin.manifest.version, "reads": plugin.manifest.reads, "isolation": plugin.home.rawValue,
            ])
            if !json { Terminal.output(line(path, plugin)) }
        case .failure(let error):
            objects.append(["file": path, "error": error.message])
            if !json { Terminal.message("host: \(error.message)") }
            isSound = false
        }
    }
    if json { Terminal.output(try JSONText.of(objects)) }
    if !isSound { throw ExitCode(1) }
}

extension PluginDescription {
    fileprivate var readsText: String {
        manifest.reads.isEmpty ? "nothing" : manifest.reads.joined(separator: ", ")
    }

    fileprivate var homeText: String {
        home == .wasm ? "isolated" : "native"
    }
}
