internal import Lua
public import Plugins

/// A plugin that recommends, in an instance of `engine.wasm` of its own: what ``LuaRecommender`` does, behind WebAssembly's walls.
/// The host answers its questions, and leaves nothing else in it than what its manifest names of the viewer.
///
/// Where a call stops the engine, it fails with the code `trap` or `time_limit`, and the next one has a fresh instance. Used from one
/// thread at a time.
public final class IsolatedRecommender: Recommender {
    private let wasm: WasmModule
    private let plugin: IsolatedPlugin
    private let key: [UInt8]
    private let limits: LuaLimits
    private let grants: Grants
    private var logged: [UInt8] = []
    /// Nil after it was stopped.
    private var engine: EngineRecommender?

    init(_ wasm: WasmModule, _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits) throws(WasmError) {
        self.wasm = wasm
        self.plugin = plugin
        self.key = key
        self.limits = limits
        let engine = try EngineRecommender(wasm, plugin, key: key, limits: limits)
        do throws(ManifestError) {
            grants = try Grants(engine.manifest.reads, for: engine.manifest.purpose)
        } catch {
            throw .badAnswer("a manifest that is none")
        }
        self.engine = engine
        super.init(engine.manifest)
    }

    public override var log: [UInt8] {
        logged
    }

    public override func recommend(
        _ viewer: ViewerProfile, count: Int, seed: UInt64, from source: RecommendationSource
    ) throws(PluginFailure) -> RecommendationList {
        logged = []
        let answer: EngineRecommender.Answer
        do throws(WasmError) {
            answer = try runningEngine().recommend(
                viewer.bytes(for: grants), count: count, seed: seed, asking: SourceAnswers(source, for: grants))
        } catch {
            engine = nil
            let code = if case .late = error { "time_limit" } else { "trap" }
            throw PluginFailure(plugin: manifest.name, code: code, message: error.message)
        }
        logged = answer.log
        let list = try answer.list.get()
        return list.span.withUnsafeBytes { RecommendationList($0, count: count, source) }
    }

    private func runningEngine() throws(WasmError) -> EngineRecommender {
        if let engine { return engine }
        let fresh = try EngineRecommender(wasm, plugin, key: key, limits: limits)
        guard fresh.manifest == manifest else { throw .badAnswer("a plugin with another manifest than before") }
        engine = fresh
        return fresh
    }
}
