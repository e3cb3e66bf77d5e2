internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Wasm

extension EvaluateCommand {
    struct Redaction: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "redaction",
            abstract: "How much of what is personal redactors find in texts, and how much else they take.",
            discussion: """
                Each line of a CORPUS is a JSON object: a text, and where in it personal values stand. It is led through the \
                plugins as a run would do it. Docs: docs/redaction.md.
                """
        )

        @Argument(help: "NDJSON files of labelled texts.")
        var corpora: [String]

        @Option(
            name: .customLong("plugin"),
            help: "A plugin: a path, or a file's name in plugins/. Give it again for more. (default: redact.lua)")
        var plugins: [String] = []

        @Option(help: "Where plugins run: native, in this process; or wasm, all of them behind WebAssembly's walls.")
        var isolation = PluginHome.native

        @Option(
            help: "The file of the key behind host.hash; made where there is none. (default: ~/.config/viewerhost/key)")
        var key: String?

        @Flag(help: "Print what was missed and what was taken wrongly, instead of scores.")
        var mistakes = false

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            if mistakes, json { throw ValidationError("--mistakes and --json exclude each other") }
        }

        func run() throws {
            let evaluation = try reporting { () throws(HostError) in
                var files: [PluginFile] = []
                for plugin in plugins.isEmpty ? ["redact.lua"] : plugins {
                    files.append(try PluginFile(plugin, folder: "plugins"))
                }
                return try RedactionEvaluation(
                    corpora: corpora, plugins: files, keyFile: key ?? KeyFile.defaultPath, isolation: isolation)
            }
            if json { return Terminal.output(try JSONText.of(evaluation.object)) }
            let text = mistakes ? evaluation.mistakeList : evaluation.table
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }
}

extension RedactionEvaluation {
    /// For JSON.
    fileprivate var object: [String: Any] {
        all.object.merging([
            "groups": groups.mapValues { $0.object }, "languages": languages.mapValues { $0.object },
        ]) { first, _ in first }
    }
}

extension RedactionScores {
    fileprivate var object: [String: Any] {
        ["texts": texts, "kinds": kinds.mapValues { $0.object }]
    }
}

extension RedactionScores.Kind {
    fileprivate var object: [String: Any] {
        var object: [String: Any] = [
            "recall": recall.object, "bytes": bytes.object, "precision": precision.object,
            "forms": forms.mapValues { $0.object },
        ]
        object["f2"] = f2
        return object
    }
}

extension Proportion {
    fileprivate var object: [String: Any] {
        var object: [String: Any] = ["count": count, "total": total]
        object["share"] = value
        object["low"] = interval?.lowerBound
        object["high"] = interval?.upperBound
        return object
    }
}
