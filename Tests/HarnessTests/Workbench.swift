import Foundation
import Harness
import PluginTesting

/// A folder with one plugin and its tests.
final class Workbench {
    let folder: String

    /// A plugin that masks addresses, and does what a title tells it to.
    static let plugin = """
        return { kind = "redactor", name = "p", version = "1", reads = { "user" },
          redact = function(event)
            local data = event.data
            if data.title == "drop" then return nil end
            if data.title == "boom" then error("bad title") end
            if data.title == "loop" then while true do end end
            if data.ip then data.ip = mask.ip(data.ip) end
            host.log("saw " .. tostring(data.title))
            return event
          end }
        """

    init(plugin: String? = plugin, tests: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.path + "/harness-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let plugin { try write(plugin, to: "p.lua") }
        if let tests { try write(tests, to: "p_test.lua") }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: folder + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Runs what lies in the folder.
    func run(_ adjust: (inout HarnessOptions) -> Void = { _ in }) throws -> FileResult {
        var options = HarnessOptions(paths: [folder])
        adjust(&options)
        let results = try PluginTests(options).run { _ in }
        return results[0]
    }
}

/// Runs one test with this body and gives its failure without the folder in it; nil where it passed.
func failure(_ body: String, plugin: String = Workbench.plugin) throws -> String? {
    let bench = try Workbench(plugin: plugin, tests: "it('t', function()\n\(body)\nend)")
    let result = try bench.run()
    if let error = result.error { return error }
    guard case .failed(let message) = result.tests[0].outcome else { return nil }
    return message.replacingOccurrences(of: bench.folder + "/", with: "").replacing(#/\.\.\.\S*p_test/#, with: "p_test")
}
