internal import Events
public import Lua
public import Plugins
internal import Synchronization

/// The one place where the files of plugins become what runs.
///
/// ```swift
/// let loader = PluginLoader(home: .native, key: key)
/// let loaded = try loader.load([PluginSource(path: "redact.lua", bytes: bytes)])
/// loaded.chains[0].process(batch, skipping: false, noting: nil)
/// ```
///
/// A plugin in Lua is isolated where all are, where it is not trusted, or where its manifest asks for it. It is then alone in
/// an instance of the engine, so that walls stand between plugins as well. A module is always in an instance of its own.
public final class PluginLoader: Sendable {
    private let home: PluginHome
    private let key: [UInt8]
    private let limits: LuaLimits
    private let titles: TitleTable?
    /// Found when the first plugin needs it.
    private let isolation = Mutex<Isolation?>(nil)

    /// `home` is that of plugins that may run in either; `key` is behind `host.hash`, and `titles` behind `host.title`.
    public init(
        home: PluginHome = .native, key: [UInt8], limits: LuaLimits = LuaLimits(), titles: TitleTable? = nil
    ) {
        self.home = home
        self.key = key
        self.limits = limits
        self.titles = titles
    }

    /// Loads plugins, `count` times, each time for another thread: redactors into chains, in the order in which they see an
    /// event, and those that fold. `lines` learns which lines of native plugins run.
    public func load(
        _ sources: [PluginSource], count: Int = 1, lines: LineRecorder? = nil
    ) throws(WasmError) -> LoadedPlugins {
        var loaded = LoadedPlugins()
        for _ in 0..<count {
            var parts: [Part] = []
            for (index, source) in sources.enumerated() {
                // Where a plugin runs is found out with the first chain.
                let home = loaded.chains.isEmpty ? nil : loaded.homes[index]
                parts.append(try part(of: source, home, lines))
            }
            if loaded.chains.isEmpty {
                for (part, source) in zip(parts, sources) { loaded.add(part.manifest, part.home, source) }
            }
            loaded.chains.append(Self.chain(of: parts))
            loaded.folds.append(parts.compactMap { $0.fold })
            loaded.recommenders.append(parts.compactMap { $0.recommender })
        }
        return loaded
    }

    /// A plugin that is loaded.
    private enum Part {
        case native(Redactor)
        case module(Redactor)
        case isolated(IsolatedChain)
        case fold(LuaFold)
        case isolatedFold(IsolatedFold)
        case recommender(LuaRecommender)
        case isolatedRecommender(IsolatedRecommender)

        var manifest: Manifest {
            switch self {
            case .native(let redactor), .module(let redactor): redactor.manifest
            case .isolated(let chain): chain.manifests[0]
            case .fold(let fold): fold.manifest
            case .isolatedFold(let fold): fold.manifest
            case .recommender(let recommender): recommender.manifest
            case .isolatedRecommender(let recommender): recommender.manifest
            }
        }

        var home: PluginHome {
            switch self {
            case .native, .fold, .recommender: .native
            case .module, .isolated, .isolatedFold, .isolatedRecommender: .wasm
            }
        }

        var fold: Fold? {
            switch self {
            case .native, .module, .isolated, .recommender, .isolatedRecommender: nil
            case .fold(let fold): fold
            case .isolatedFold(let fold): fold
            }
        }

        var recommender: Recommender? {
            switch self {
            case .recommender(let recommender): recommender
            case .isolatedRecommender(let recommender): recommender
            case .native, .module, .isolated, .fold, .isolatedFold: nil
            }
        }
    }

    /// Loads a plugin into its `home`; nil where that is still to be found out.
    private func part(of source: PluginSource, _ home: PluginHome?, _ lines: LineRecorder?) throws(WasmError) -> Part {
        if let module = source.module { return .module(try redactor(of: module)) }
        if source.path.hasSuffix(".wasm") {
            throw .plugin(file: source.path, message: "it is no WebAssembly module: it does not begin as one")
        }
        if home != .wasm, !isAlwaysIsolated(source) {
            switch try native(source, lines) {
            case .redactor(let redactor) where home == .native || !redactor.manifest.wantsIsolation:
                return .native(redactor)
            case .fold(let fold) where !fold.manifest.wantsIsolation: return .fold(fold)
            case .recommender(let recommender) where !recommender.manifest.wantsIsolation:
                return .recommender(recommender)
            default: break
            }
        }
        return try isolated(source)
    }

    /// Neighbours that are not in the engine are one stage.
    private static func chain(of parts: [Part]) -> any EventChain {
        var stages: [(chain: any EventChain, plugins: [String])] = []
        var redactors: [Redactor] = []
        func endStage() {
            if redactors.isEmpty { return }
            stages.append((RedactorChain(redactors), redactors.map { $0.manifest.name }))
            redactors.removeAll()
        }
        for part in parts {
            switch part {
            case .native(let redactor), .module(let redactor): redactors.append(redactor)
            case .fold, .isolatedFold, .recommender, .isolatedRecommender: break
            case .isolated(let chain):
                endStage()
                stages.append((chain, chain.manifests.map { $0.name }))
            }
        }
        endStage()
        switch stages.count {
        case 0: return RedactorChain([])
        case 1: return stages[0].chain
        default: return StagedChain(stages)
        }
    }

    private func isAlwaysIsolated(_ source: PluginSource) -> Bool {
        source.isUntrusted || home == .wasm
    }

    private var context: PluginContext {
        PluginContext(limits: limits, hash: KeyedHash(key: key), titles: titles)
    }

    private func redactor(of module: ModulePlugin) throws(WasmError) -> Redactor {
        do throws(WasmError) {
            return try module.redactor(context)
        } catch {
            if case .plugin = error { throw error }
            throw .cannotIsolate(file: module.file, reason: error.message)
        }
    }

    private func native(_ source: PluginSource, _ lines: LineRecorder?) throws(WasmError) -> LuaPlugin {
        do throws(PluginLoadError) {
            return try source.bytes.span.withUnsafeBytes { bytes throws(PluginLoadError) in
                try LuaPlugin(source: bytes, file: source.path, context: context, lines: lines)
            }
        } catch {
            throw .plugin(file: source.path, message: error.message)
        }
    }

    private func isolated(_ source: PluginSource) throws(WasmError) -> Part {
        let plugin = IsolatedPlugin(file: source.path, source: source.bytes)
        do throws(WasmError) {
            let isolation = try foundIsolation()
            switch try isolation.kind(of: plugin, key: key, limits: limits) {
            case "redactor": return .isolated(try isolation.chain([plugin], key: key, limits: limits))
            case "recommender":
                return .isolatedRecommender(try isolation.recommender(plugin, key: key, limits: limits))
            case let kind:
                guard let fold = try isolation.fold(plugin, key: key, limits: limits, titles: titles) else {
                    throw .badAnswer("a plugin of kind '\(kind)'")
                }
                return .isolatedFold(fold)
            }
        } catch {
            if case .plugin = error { throw error }
            throw home == .wasm ? error : .cannotIsolate(file: source.path, reason: error.message)
        }
    }

    private func foundIsolation() throws(WasmError) -> Isolation {
        try isolation.withLock { found throws(WasmError) in
            if let found { return found }
            let isolation = try Isolation()
            found = isolation
            return isolation
        }
    }
}

/// Plugins that are ready to run.
public struct LoadedPlugins {
    /// As many as were asked for, each with states of its own.
    public fileprivate(set) var chains: [any EventChain] = []
    /// Of the plugins, in their order; and of the redactors alone, in that of the chains.
    public private(set) var manifests: [Manifest] = []
    public private(set) var homes: [PluginHome] = []
    public private(set) var redactors: [(manifest: Manifest, home: PluginHome)] = []
    /// As many lists as chains of those that fold, and what they were loaded from.
    public fileprivate(set) var folds: [[Fold]] = []
    public private(set) var foldSources: [PluginSource] = []
    /// As many lists as chains of those that recommend.
    public fileprivate(set) var recommenders: [[Recommender]] = []

    /// Those that fold and are of this kind, without all others.
    public func folds(ofKind kind: String) -> LoadedPlugins {
        var wanted = LoadedPlugins()
        let places = (folds.first ?? []).indices.filter { "\(folds[0][$0].manifest.kind.name)" == kind }
        wanted.folds = folds.map { lane in places.map { lane[$0] } }
        wanted.foldSources = places.map { foldSources[$0] }
        return wanted
    }

    fileprivate mutating func add(_ manifest: Manifest, _ home: PluginHome, _ source: PluginSource) {
        manifests.append(manifest)
        homes.append(home)
        switch manifest.kind {
        case .redactor: redactors.append((manifest, home))
        case .recommender: break
        case .segment, .quality, .history: foldSources.append(source)
        }
    }
}
