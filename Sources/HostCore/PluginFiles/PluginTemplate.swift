internal import Foundation

/// A plugin and its tests to start from; both work as they are.
public struct PluginTemplate: Sendable {
    /// What a plugin is written in.
    public enum Language: Sendable {
        case lua
        case c
        case swift
    }

    /// A file of the template, by its path in the folder of plugins.
    struct File: Sendable {
        let path: String
        let isProgram: Bool
        let text: String

        init(_ path: String, isProgram: Bool = false, _ text: String) {
            self.path = path
            self.isProgram = isProgram
            self.text = text
        }
    }

    private let name: String
    private let language: Language
    private let files: [File]
    /// The command that runs it, up to the plugin's path.
    private let use: String

    /// A redactor; `name` has letters, digits, `-` and `_` alone.
    public static func redactor(_ name: String, in language: Language) -> PluginTemplate {
        let files =
            switch language {
            case .lua: filesInLua(name)
            case .c: filesInC(name)
            case .swift: filesInSwift(name)
            }
        return PluginTemplate(
            name: name, language: language, files: files + [tests(name)], use: "host run events.ndjson --plugin")
    }

    /// A segment in Lua; `name` as above.
    public static func segment(_ name: String) -> PluginTemplate {
        PluginTemplate(
            name: name, language: .lua, files: segmentFiles(name), use: "host segments --store viewers.sqlite --plugin")
    }

    /// A quality plugin in Lua; `name` as above.
    public static func quality(_ name: String) -> PluginTemplate {
        PluginTemplate(
            name: name, language: .lua, files: qualityFiles(name), use: "host quality --store viewers.sqlite --plugin")
    }

    /// A recommender in Lua; `name` as above.
    public static func recommender(_ name: String) -> PluginTemplate {
        PluginTemplate(
            name: name, language: .lua, files: recommenderFiles(name),
            use: "host recommend VIEWER --store viewers.sqlite --plugin")
    }

    private static func filesInLua(_ name: String) -> [File] {
        [
            File(
                "\(name).lua",
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
                    local data = event.data
                    if data and data.ip then data.ip = mask.ip(data.ip) end
                    return event
                  end,
                }

                """)
        ]
    }

    private static func tests(_ name: String) -> File {
        File(
            "\(name)_test.lua",
            """
            describe("\(name)", function()
              it("takes the last part off an address", function()
                local event = redact(build.session_started{ ip = "192.0.2.33" })
                expect(event.data.ip).to_be("192.0.2.0")
              end)

              it("leaves all else as it was", function()
                local event = build.session_started{ ip = json.null }
                expect(redact(event)).to_equal(event)
              end)

              it("takes an event without data", function()
                local event = parse('{"specversion":"1.0","id":"1","source":"test","type":"session.started"}')
                expect(redact(event)).to_equal(event)
              end)
            end)

            """)
    }

    /// Writes the files, over nothing that exists; gives lines that say what is to be done with them.
    public func write(to folder: String) throws(HostError) -> [String] {
        for file in files {
            let path = "\(folder)/\(file.path)"
            if FileManager.default.fileExists(atPath: path) {
                throw .system(operation: "write", path: path, code: EEXIST)
            }
        }
        do {
            for file in files { try write(file, to: URL(fileURLWithPath: folder)) }
        } catch {
            throw .usage("cannot write to \(folder): \(error.localizedDescription)")
        }
        let start = "\(folder)/\(name)"
        let plugin = language == .lua ? start + ".lua" : start + ".wasm"
        var lines = [
            "\(plugin): run it with `\(use) \(plugin)`",
            "\(start)_test.lua: run it with `host test \(plugin)`",
        ]
        if language != .lua {
            lines.insert("\(start)/\(files[0].path.split(separator: "/")[1]): build it with `\(start)/build`", at: 0)
        }
        return lines
    }

    private func write(_ file: File, to folder: URL) throws {
        let url = folder.appending(path: file.path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
        if file.isProgram {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
        }
    }
}
