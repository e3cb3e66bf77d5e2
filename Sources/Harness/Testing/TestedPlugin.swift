internal import Events
internal import Foundation
internal import Lua
internal import Plugins
internal import Wasm

/// A plugin's file, to be loaded anew for each test.
final class TestedPlugin {
    /// Where it runs.
    let home: PluginHome

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
            home = try loader.load([source]).homes[0]
        } catch {
            throw Stop(error)
        }
        do throws(LuaError) {
            lines = measuresCoverage && home == .native ? try Self.recorder(source) : nil
        } catch {
            throw Stop(error, source.path)
        }
    }

    private static func recorder(_ source: PluginSource) throws(LuaError) -> LineRecorder {
        try source.bytes.span.withUnsafeBytes { bytes throws(LuaError) in try LineRecorder(bytes, name: source.path) }
    }

    var coverage: Coverage? {
        lines.map { Coverage(lines: $0.lines.count, missed: $0.missed) }
    }

    func load() throws(Stop) -> RunningPlugin {
        do throws(WasmError) {
            return RunningPlugin(try loader.load([source], lines: lines).chains[0])
        } catch {
            throw Stop(error)
        }
    }
}

/// A plugin that is loaded, and sees one event at a time, in a chain of its own as in a run.
final class RunningPlugin {
    enum Outcome {
        /// The event's text as it is then.
        case passed([UInt8])
        case dropped
        case failed(PluginFailure)
    }

    private let chain: any EventChain
    private let batch = EventBatch()

    init(_ chain: any EventChain) {
        self.chain = chain
    }

    /// What the plugin logged for the last event.
    var log: String {
        String(decoding: batch.log.flatMap { $0.text }, as: UTF8.self)
    }

    /// Leads an event through the plugin; `text` must have been found to be one.
    func redact(_ text: UnsafeRawBufferPointer) -> Outcome {
        batch.removeLines()
        // An event is a line, and what is a line feed in its text can only stand between values.
        for byte in text { batch.bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte) }
        chain.process(batch, skipping: false, noting: nil)
        if let failure = batch.failures.first { return .failed(failure) }
        guard let event = batch.events.first else {
            return .failed(PluginFailure(plugin: "", code: "wrong_result", message: "the plugin answered nothing"))
        }
        if event.outcome == .dropped { return .dropped }
        return .passed(Array(UnsafeBufferPointer(start: batch.output.base, count: max(0, batch.output.count - 1))))
    }
}
