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

/// One instance of `engine.wasm`, spoken to as `docs/engine-abi.md` says.
final class EngineInstance {
    /// The version of the interface that this speaks.
    static let abiVersion: UInt32 = 1

    private let instance: WasmInstance
    private let blockNew, blockFree, results, resultsLength, feedLines, feedEdits, process, report: wasmtime_func_t
    private(set) var manifests: [Manifest] = []
    private var progress: UInt32 = 0
    /// A block for lines, which grows with them.
    private var block: (start: UInt32, size: UInt32) = (0, 0)

    /// Starts an instance and loads `plugins` in their order.
    init(_ wasm: WasmModule, _ plugins: [IsolatedPlugin], key: [UInt8], limits: LuaLimits) throws(WasmError) {
        // Lua's own limits come first: they are the same at home and abroad, and say where the plugin was. Its counted
        // bytes lie in the C library's blocks, which are larger.
        let memory = min(4 << 30, plugins.count * limits.memory * 2 + (64 << 20))
        let patience = limits.nanoseconds == 0 ? 0 : limits.nanoseconds + limits.nanoseconds / 2 + 100_000_000
        instance = try WasmInstance(wasm, memoryLimit: memory, nanoseconds: patience)
        try instance.call(try instance.function("_initialize"), returns: false)
        let version = try instance.call(try instance.function("vh_abi_version"), returns: true)
        guard version == Self.abiVersion else {
            throw .wrongVersion(path: wasm.path, found: version, wanted: Self.abiVersion)
        }
        blockNew = try instance.function("vh_block_new")
        blockFree = try instance.function("vh_block_free")
        results = try instance.function("vh_results")
        resultsLength = try instance.function("vh_results_length")
        feedLines = try instance.function("vh_feed")
        feedEdits = try instance.function("vh_feed_edits")
        process = try instance.function("vh_process")
        report = try instance.function("vh_report")
        let setKey = try instance.function("vh_set_key")
        try withBlock(key) { start throws(WasmError) in
            try instance.call(setKey, [.init(start), .init(UInt32(key.count))], returns: false)
        }
        let load = try instance.function("vh_load")
        for plugin in plugins { try self.load(plugin, load, limits) }
        progress = try instance.call(try instance.function("vh_progress"), returns: true)
        try instance.watchProgress(at: progress)
    }

    private func load(_ plugin: IsolatedPlugin, _ function: wasmtime_func_t, _ limits: LuaLimits) throws(WasmError) {
        let name = Array(plugin.file.utf8)
        var isLoaded: UInt32 = 0
        try withBlock(plugin.source) { source throws(WasmError) in
            try withBlock(name) { start throws(WasmError) in
                do throws(WasmError) {
                    isLoaded = try instance.call(
                        function,
                        [
                            .init(source), .init(UInt32(plugin.source.count)), .init(start), .init(UInt32(name.count)),
                            .init(UInt32(clamping: limits.memory)), .init(limits.steps), .init(limits.nanoseconds),
                        ], returns: true)
                } catch {
                    throw .plugin(file: plugin.file, message: error.message)
                }
            }
        }
        var reader = try answer()
        if isLoaded == 0 { throw .plugin(file: plugin.file, message: try reader.text()) }
        let kind = try reader.text()
        guard kind == "redactor" else { throw .badAnswer("a plugin of kind '\(kind)'") }
        let (pluginName, version) = (try reader.text(), try reader.text())
        var reads: [String] = []
        for _ in 0..<(try reader.number()) { reads.append(try reader.text()) }
        manifests.append(Manifest(kind: .redactor, name: pluginName, version: version, reads: reads))
    }

    private func withBlock(_ bytes: [UInt8], _ body: (UInt32) throws(WasmError) -> Void) throws(WasmError) {
        let start = try newBlock(UInt32(bytes.count))
        try instance.bytes(at: start, count: UInt32(bytes.count)).copyBytes(from: bytes)
        try body(start)
        try instance.call(blockFree, [.init(start)], returns: false)
    }

    private func newBlock(_ size: UInt32) throws(WasmError) -> UInt32 {
        let start = try instance.call(blockNew, [.init(max(size, 1))], returns: true)
        if start == 0 { throw .trap("it has no memory for \(size) bytes") }
        return start
    }

    /// Hands lines over; those before are forgotten.
    func feed(_ lines: UnsafeRawBufferPointer) throws(WasmError) {
        let count = UInt32(lines.count)
        if count > block.size {
            try instance.call(blockFree, [.init(block.start)], returns: false)
            block = (0, 0)
            block = (try newBlock(count), count)
        }
        try instance.bytes(at: block.start, count: count).copyMemory(from: lines)
        try instance.call(feedLines, [.init(block.start), .init(count)], returns: false)
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
        try withBlock(bytes) { start throws(WasmError) in
            try instance.call(feedEdits, [.init(start), .init(UInt32(bytes.count))], returns: false)
        }
    }

    /// The results of the next part of the lines, and whether more is left. They are good until the next call.
    func nextPart() throws(WasmError) -> (part: EnginePart, isMore: Bool) {
        let isMore = try instance.call(process, [.init(UInt32(0))], returns: true) != 0
        var reader = try answer()
        return (try EnginePart(&reader, plugins: manifests.count), isMore)
    }

    /// Where the engine was when it stopped.
    func lastProgress() throws(WasmError) -> RedactorChain.Progress {
        try instance.bytes(at: progress, count: UInt32(MemoryLayout<RedactorChain.Progress>.size))
            .load(as: RedactorChain.Progress.self)
    }

    /// What the plugins did in this instance.
    func usage() throws(WasmError) -> [PluginUsage] {
        try instance.call(report, returns: false)
        var reader = try answer()
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

    private func answer() throws(WasmError) -> AnswerReader {
        let start = try instance.call(results, returns: true)
        let length = try instance.call(resultsLength, returns: true)
        return AnswerReader(UnsafeRawBufferPointer(try instance.bytes(at: start, count: length)))
    }
}
