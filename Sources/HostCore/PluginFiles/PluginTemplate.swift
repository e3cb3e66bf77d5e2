internal import Foundation

/// A plugin and its tests to start from; both work as they are.
public struct PluginTemplate: Sendable {
    public let plugin: String
    public let tests: String

    /// A redactor; `name` has letters, digits, `-` and `_` alone.
    public static func redactor(_ name: String) -> PluginTemplate {
        PluginTemplate(
            plugin: """
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

                """,
            tests: """
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

    /// Writes `NAME.lua` and `NAME_test.lua`, over nothing that exists; gives their paths.
    public func write(_ name: String, folder: String) throws(HostError) -> (plugin: String, tests: String) {
        let paths = (plugin: "\(folder)/\(name).lua", tests: "\(folder)/\(name)_test.lua")
        for path in [paths.plugin, paths.tests] where FileManager.default.fileExists(atPath: path) {
            throw .system(operation: "write", path: path, code: EEXIST)
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (path, text) in [(paths.plugin, plugin), (paths.tests, tests)] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            }
        } catch {
            throw .usage("cannot write to \(folder): \(error.localizedDescription)")
        }
        return paths
    }
}
