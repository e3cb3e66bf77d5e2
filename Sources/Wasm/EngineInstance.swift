internal import CWasmtime
internal import Events
internal import Lua
internal import Plugins

/// A plugin to run in the engine.
public struct IsolatedPlugin: Sendable {
    /// What messages call it.
    public let file: String
    public let source: [UInt8]

    public init(file: String, source: [UInt8]) {
        self.file = file
        self.source = source
    }
}

/// One instance of `engine.wasm` with redactors.
final class EngineInstance {
    private let session: EngineSession
    private let feedLines, feedEdits, process, report: wasmtime_func_t
    private(set) var manifests: [Manifest] = []
    private var progress: UInt32 = 0

    /// Starts an instance and loads `plugins` in their order.
    init(_ wasm: WasmModule, _ plugins: [IsolatedPlugin], key: [UInt8], limits: LuaLimits) throws(WasmError) {
        session = try EngineSession(wasm, plugins: plugins.count, key: key, limits: limits)
        feedLines = try session.instance.function("vh_feed")
        feedEdits = try session.instance.function("vh_feed_edits")
        process = try session.instance.function("vh_process")
        report = try session.instance.function("vh_report")
        for plugin in plugins { try load(plugin, limits) }
        progress = try session.watchProgress()
    }

    private func load(_ plugin: IsolatedPlugin, _ limits: LuaLimits) throws(WasmError) {
        let isLoaded = try session.load(plugin, by: "vh_load", limits)
        var reader = try session.answer()
        if isLoaded == 0 { throw .plugin(file: plugin.file, message: try reader.text()) }
        let kind = try reader.text()
        guard kind == "redactor" else { throw .badAnswer("a plugin of kind '\(kind)'") }
        let (pluginName, version) = (try reader.text(), try reader.text())
        let reads = try reader.texts()
        manifests.append(Manifest(kind: .redactor, name: pluginName, version: version, reads: reads))
    }

    /// Hands lines over; those before are forgotten.
    func feed(_ lines: UnsafeRawBufferPointer) throws(WasmError) {
        let start = try session.place(lines)
        try session.instance.call(feedLines, [.init(start), .init(UInt32(lines.count))], returns: false)
    }

    /// Tells what earlier stages put into the lines, whose offsets count from `base`, and asks what these plugins do.
    func feedEdits(_ spans: ArraySlice<EditSpan>, from base: Int) throws(WasmError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * spans.count)
        for span in spans {
            for number in [span.start - UInt32(base), span.end - UInt32(base)] {
                withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        try session.withBlock(bytes) { start throws(WasmError) in
            try session.instance.call(feedEdits, [.init(start), .init(UInt32(bytes.count))], returns: false)
        }
    }

    /// The results of the next part of the lines, and whether more is left. They are good until the next call.
    func nextPart() throws(WasmError) -> (part: EnginePart, isMore: Bool) {
        let isMore = try session.instance.call(process, [.init(UInt32(0))], returns: true) != 0
        var reader = try session.answer()
        return (try EnginePart(&reader, plugins: manifests.count), isMore)
    }

    /// Where the engine was when it stopped.
    func lastProgress() throws(WasmError) -> RedactorChain.Progress {
        try session.instance.bytes(at: progress, count: UInt32(MemoryLayout<RedactorChain.Progress>.size))
            .load(as: RedactorChain.Progress.self)
    }

    /// What the plugins did in this instance.
    func usage() throws(WasmError) -> [PluginUsage] {
        try session.instance.call(report, returns: false)
        var reader = try session.answer()
        var list: [PluginUsage] = []
        for _ in 0..<(try reader.number()) {
            var usage = PluginUsage()
            usage.calls = Int(try reader.number())
            usage.memoryPeak = Int(try reader.number())
            let sum = try reader.longNumber()
            var buckets: [UInt32] = []
            for _ in 0..<(try reader.number()) { buckets.append(try reader.number()) }
            guard let latencies = Latencies(buckets: buckets, sum: sum) else { throw .badAnswer("a wrong report") }
            usage.latencies = latencies
            list.append(usage)
        }
        guard list.count == manifests.count else { throw .badAnswer("a report of other plugins") }
        return list
    }
}
