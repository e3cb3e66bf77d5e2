internal import Lua
public import Plugins

/// A plugin that folds, in an instance of `engine.wasm` of its own: what ``LuaFold`` does, behind WebAssembly's walls.
///
/// Where a step stops the engine, it fails with the code `trap` or `time_limit`, and a fresh instance goes on. Used from one
/// thread at a time.
public final class IsolatedFold: Fold {
    /// Bytes that are handed over at once, about.
    static let partBytes = 8 << 20

    private let wasm: WasmModule
    private let plugin: IsolatedPlugin
    private let key: [UInt8]
    private let limits: LuaLimits
    private let titles: TitleTable?
    /// Nil after it was stopped.
    private var engine: EngineFold?

    /// Nil where the plugin is of a kind that does not fold.
    init?(
        _ wasm: WasmModule, _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits, _ titles: TitleTable?
    ) throws(WasmError) {
        self.wasm = wasm
        self.plugin = plugin
        self.key = key
        self.limits = limits
        self.titles = titles
        titles?.keepsTexts = true
        guard let engine = try EngineFold(wasm, plugin, key: key, limits: limits, titles) else { return nil }
        self.engine = engine
        super.init(engine.manifest, observes: engine.observes)
    }

    public override func fold(_ request: FoldRequest) -> FoldAnswer {
        var progress = FoldProgress(request)
        while !progress.isDone {
            let (part, values) = progress.nextPart(bytes: Self.partBytes)
            do throws(WasmError) {
                progress.add(try runningEngine().fold(part), values)
            } catch {
                engine = nil
                foldOneByOne(&progress, steps: part.steps.count)
            }
        }
        return progress.answer
    }

    /// Does steps again in a fresh instance, to find the one that stops it. What the stopped one says of where it was cannot be
    /// trusted: its memory may be overwritten.
    private func foldOneByOne(_ progress: inout FoldProgress, steps: Int) {
        for _ in 0..<steps {
            let (part, values) = progress.nextPart(bytes: 0)
            do throws(WasmError) {
                progress.add(try runningEngine().fold(part), values)
            } catch {
                engine = nil
                progress.fail(failure(error))
            }
        }
    }

    public override func membership(
        of state: UnsafeRawBufferPointer, now: Int64
    ) throws(PluginFailure) -> Membership {
        try asking { engine throws(WasmError) in try engine.membership(of: state, now: now) }
    }

    public override func report(of state: UnsafeRawBufferPointer) throws(PluginFailure) -> [Double?] {
        try asking { engine throws(WasmError) in try engine.report(of: state) }
    }

    private func asking<R>(
        _ body: (EngineFold) throws(WasmError) -> Result<R, PluginFailure>
    ) throws(PluginFailure) -> R {
        let result: Result<R, PluginFailure>
        do throws(WasmError) {
            result = try body(try runningEngine())
        } catch {
            engine = nil
            throw failure(error)
        }
        return try result.get()
    }

    private func failure(_ error: WasmError) -> PluginFailure {
        let code = if case .late = error { "time_limit" } else { "trap" }
        return PluginFailure(plugin: manifest.name, code: code, message: error.message)
    }

    private func runningEngine() throws(WasmError) -> EngineFold {
        if let engine { return engine }
        guard let fresh = try EngineFold(wasm, plugin, key: key, limits: limits, titles) else {
            throw .badAnswer("a plugin of another kind than before")
        }
        engine = fresh
        return fresh
    }
}
