internal import Foundation
public import Lua
public import Plugins

/// What isolated plugins run in: wasmtime's library and the compiled `engine.wasm`.
public final class Isolation: Sendable {
    private let wasm: WasmModule

    /// Finds the library and the engine, and compiles the engine where that was not done before.
    public init() throws(WasmError) {
        let path = try Self.enginePath()
        wasm = try Self.module(path, try WasmtimeLibrary(), cache: ArtefactCache.defaultFolder)
    }

    /// Takes the engine at `path`, and a folder for what it is compiled to.
    public init(engine path: String, library: WasmtimeLibrary, cache: String?) throws(WasmError) {
        wasm = try Self.module(path, library, cache: cache)
    }

    private static func module(
        _ path: String, _ library: WasmtimeLibrary, cache: String?
    ) throws(WasmError) -> WasmModule {
        guard let bytes = FileManager.default.contents(atPath: path).map({ Array($0) }) else {
            throw .system(operation: "read", path: path, code: errno)
        }
        return try WasmModule(path: path, bytes: bytes, try WasmRuntime(library, for: .engine), cache: cache)
    }

    /// `VIEWERHOST_ENGINE` names the engine; else it is beside the program or in `.build-wasm/`.
    public static func enginePath() throws(WasmError) -> String {
        if let path = ProcessInfo.processInfo.environment["VIEWERHOST_ENGINE"], !path.isEmpty { return path }
        guard let path = ProgramFiles.find(["engine.wasm", ".build-wasm/engine.wasm"]) else { throw .noEngine }
        return path
    }

    /// The file of the engine.
    public var engine: String {
        wasm.path
    }

    /// What kind of plugin it is: it is run in an instance that is then thrown away.
    public func kind(of plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits) throws(WasmError) -> String {
        let session = try EngineSession(wasm, plugins: 1, key: key, limits: limits)
        let isPlugin = try session.load(plugin, by: "vh_kind", limits)
        var reader = try session.answer()
        let text = try reader.text()
        if isPlugin == 0 { throw .plugin(file: plugin.file, message: text) }
        return text
    }

    /// Loads plugins into an instance of their own; `key` is that behind `host.hash`.
    public func chain(_ plugins: [IsolatedPlugin], key: [UInt8], limits: LuaLimits) throws(WasmError) -> IsolatedChain {
        try IsolatedChain(wasm, plugins, key: key, limits: limits)
    }

    /// Loads a plugin that folds into an instance of its own; nil where it is of a kind that does not. `titles` are behind
    /// `host.title`.
    public func fold(
        _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits, titles: TitleTable? = nil
    ) throws(WasmError) -> IsolatedFold? {
        try IsolatedFold(wasm, plugin, key: key, limits: limits, titles)
    }

    /// Loads a plugin that recommends into an instance of its own.
    public func recommender(
        _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits
    ) throws(WasmError) -> IsolatedRecommender {
        try IsolatedRecommender(wasm, plugin, key: key, limits: limits)
    }
}
