internal import CWasmtime
internal import Lua

/// One instance of `engine.wasm`: started, and spoken to in blocks and results, as `docs/engine-abi.md` says.
final class EngineSession {
    /// The version of the interface that this speaks.
    static let abiVersion: UInt32 = 2

    let instance: WasmInstance
    private let blockNew, blockFree, results, resultsLength: wasmtime_func_t
    /// A block for what is handed over again and again, which grows with it.
    private var block: (start: UInt32, size: UInt32) = (0, 0)

    /// Where its questions are answered.
    private let desk: QuestionDesk?

    /// Starts an instance for some plugins, which takes `extraMemory` bytes beside theirs. Without a `desk`, no question is answered.
    init(
        _ wasm: WasmModule, plugins: Int, key: [UInt8], limits: LuaLimits, extraMemory: Int = 0,
        desk: QuestionDesk? = nil
    ) throws(WasmError) {
        self.desk = desk
        // Lua's own limits come first: they are the same at home and abroad, and say where the plugin was. Its counted
        // bytes lie in the C library's blocks, which are larger.
        let memory = min(4 << 30, plugins * limits.memory * 2 + (64 << 20) + extraMemory)
        let patience = limits.nanoseconds == 0 ? 0 : limits.nanoseconds + limits.nanoseconds / 2 + 100_000_000
        instance = try WasmInstance(
            wasm, memoryLimit: memory, nanoseconds: patience,
            data: desk.map { Unmanaged.passUnretained($0).toOpaque() })
        desk?.open(instance.memory)
        try instance.call(try instance.function("_initialize"), returns: false)
        let version = try instance.call(try instance.function("vh_abi_version"), returns: true)
        guard version == Self.abiVersion else {
            throw .wrongVersion(path: wasm.path, found: version, wanted: Self.abiVersion)
        }
        blockNew = try instance.function("vh_block_new")
        blockFree = try instance.function("vh_block_free")
        results = try instance.function("vh_results")
        resultsLength = try instance.function("vh_results_length")
        let setKey = try instance.function("vh_set_key")
        try withBlock(key) { start throws(WasmError) in
            try instance.call(setKey, [.init(start), .init(UInt32(key.count))], returns: false)
        }
    }

    /// Loads a plugin by the exported function of that name; what it returns.
    func load(_ plugin: IsolatedPlugin, by function: String, _ limits: LuaLimits) throws(WasmError) -> UInt32 {
        let load = try instance.function(function)
        let name = Array(plugin.file.utf8)
        var result: UInt32 = 0
        try withBlock(plugin.source) { source throws(WasmError) in
            try withBlock(name) { start throws(WasmError) in
                do throws(WasmError) {
                    result = try instance.call(
                        load,
                        [
                            .init(source), .init(UInt32(plugin.source.count)), .init(start), .init(UInt32(name.count)),
                            .init(UInt32(clamping: limits.memory)), .init(limits.steps), .init(limits.nanoseconds),
                        ], returns: true)
                } catch {
                    throw .plugin(file: plugin.file, message: error.message)
                }
            }
        }
        return result
    }

    /// Watches the count of calls of plugins from now on, and says where it is.
    func watchProgress() throws(WasmError) -> UInt32 {
        let progress = try instance.call(try instance.function("vh_progress"), returns: true)
        try instance.watchProgress(at: progress)
        return progress
    }

    /// Calls `body` with the place of a block that has these bytes.
    func withBlock(_ bytes: [UInt8], _ body: (UInt32) throws(WasmError) -> Void) throws(WasmError) {
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

    /// The place of a block that has these bytes until this is called again.
    func place(_ bytes: UnsafeRawBufferPointer) throws(WasmError) -> UInt32 {
        let count = UInt32(bytes.count)
        if count > block.size {
            try instance.call(blockFree, [.init(block.start)], returns: false)
            block = (0, 0)
            block = (try newBlock(count), count)
        }
        try instance.bytes(at: block.start, count: count).copyMemory(from: bytes)
        return block.start
    }

    /// The results of the last call, which are good until the next.
    func answer() throws(WasmError) -> AnswerReader {
        let start = try instance.call(results, returns: true)
        let length = try instance.call(resultsLength, returns: true)
        return AnswerReader(UnsafeRawBufferPointer(try instance.bytes(at: start, count: length)))
    }
}
