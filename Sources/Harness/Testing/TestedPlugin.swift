internal import Foundation
internal import Lua
internal import PluginTesting
internal import Plugins
internal import Wasm

/// A plugin's file, to be loaded anew for each test.
final class TestedPlugin {
    /// Where it runs.
    let home: PluginHome
    /// What it does.
    private let kind: Manifest.Kind

    private let source: PluginSource
    private let loader: PluginLoader
    private let lines: LineRecorder?

    /// Reads the file and loads it once. Coverage is measured where the plugin runs natively.
    init(_ subject: Subject, _ loader: PluginLoader, measuresCoverage: Bool) throws(Stop) {
        guard let bytes = FileManager.default.contents(atPath: subject.plugin).map({ Array($0) }) else {
            throw Stop(.missingPlugin(tests: subject.tests ?? subject.plugin, plugin: subject.plugin))
        }
        source = PluginSource(path: subject.plugin, bytes: bytes)
        self.loader = loader
        do throws(WasmError) {
            let loaded = try loader.load([source])
            home = loaded.homes[0]
            kind = loaded.manifests[0].kind
        } catch {
            throw Stop(error)
        }
        do throws(LuaError) {
            lines = measuresCoverage && home == .native ? try Self.recorder(source) : nil
        } catch {
            throw Stop(error.message, in: source.path)
        }
    }

    private static func recorder(_ source: PluginSource) throws(LuaError) -> LineRecorder {
        try source.bytes.span.withUnsafeBytes { bytes throws(LuaError) in try LineRecorder(bytes, name: source.path) }
    }

    var coverage: Coverage? {
        lines.map { Coverage(lines: $0.lines.count, missed: $0.missed) }
    }

    func load() throws(Stop) -> PluginUnderTest {
        do throws(WasmError) {
            switch kind {
            case .redactor:
                let chain = try loader.load([source], lines: lines).chains[0]
                return .redactor(RunningPlugin { chain.process($0, skipping: false, noting: nil) })
            case .recommender:
                return .recommender(RunningRecommender(try loader.load([source], lines: lines).recommenders[0][0]))
            case .segment, .quality, .history: return .fold(try loadFold())
            }
        } catch {
            throw Stop(error)
        }
    }

    /// With a catalogue of titles of its own.
    private func loadFold() throws(WasmError) -> RunningFold {
        let titles = TitleTable()
        let loaded = try PluginLoader(home: home, key: TestFile.key, titles: titles).load([source], lines: lines)
        return RunningFold(loaded.folds[0][0], titles)
    }
}
