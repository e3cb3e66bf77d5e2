internal import ArgumentParser
internal import Foundation
internal import HostCore
internal import Plugins

struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Check, list and make plugins.",
        subcommands: [Check.self, List.self, New.self]
    )

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Load plugins as a run would, and say what they are.")

        @Argument(help: "Plugin files.")
        var files: [String]

        func run() throws {
            var failed = false
            for file in files {
                do throws(HostError) {
                    let manifest = try PluginFile(file, folder: "plugins").manifest()
                    print("\(file): \(manifest.name) \(manifest.version), reads \(manifest.readsText)")
                } catch {
                    Terminal.message(error.message)
                    failed = true
                }
            }
            if failed { throw ExitCode(1) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the plugins in a folder.")

        @Argument(help: "The folder.")
        var folder = "plugins"

        func run() throws {
            do throws(HostError) {
                for file in try PluginFile.all(in: folder) {
                    let manifest = try file.manifest()
                    print("\(file.path)\t\(manifest.kind)\t\(manifest.name) \(manifest.version)\t\(manifest.readsText)")
                }
            } catch {
                throw CommandFailure(message: error.message, code: error.exitCode)
            }
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a plugin that works, to start from.")

        @Argument(help: "The plugin's name: letters, digits, '-' and '_'.")
        var name: String

        @Option(help: "The folder that it goes to.")
        var folder = "plugins"

        func validate() throws {
            let isPlain = name.utf8.allSatisfy { byte in
                let letter = byte | 0x20
                return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
            }
            if name.isEmpty || !isPlain { throw ValidationError("'\(name)' is no name: use letters, digits, - and _") }
        }

        func run() throws {
            let path = "\(folder)/\(name).lua"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data(Self.template(name).utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            } catch {
                throw CommandFailure(message: "cannot write \(path): is there one already?", code: 74)
            }
            print("\(path): try it with `host run events.ndjson --plugin \(path)`")
        }

        private static func template(_ name: String) -> String {
            """
            ---@type Redactor
            return {
              kind = "redactor",
              name = "\(name)",
              version = "1.0.0",
              -- What the plugin sees: Fideslang data categories, or single fields as "data.nickname".
              reads = { "user.device.ip_address" },

              -- Returns the event, or nil to drop it. An error sends it to quarantine.
              redact = function(event)
                event.data.ip = mask.ip(event.data.ip)
                return event
              end,
            }

            """
        }
    }
}

extension Manifest {
    fileprivate var readsText: String {
        reads.isEmpty ? "nothing" : reads.joined(separator: ", ")
    }
}
