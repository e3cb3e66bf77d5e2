public import Lua

/// A plugin in Lua of any kind.
public enum LuaPlugin {
    case redactor(LuaRedactor)
    case fold(LuaFold)
    case recommender(LuaRecommender)

    /// Loads a plugin from its source text. `file` names it in messages; `lines` learns which of its lines run.
    public init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        let plugin = try LoadedPlugin(source: source, file: file, context: context, lines: lines)
        switch plugin.manifest.kind {
        case .redactor: self = .redactor(try LuaRedactor(plugin))
        case .recommender: self = .recommender(try LuaRecommender(plugin))
        case .segment, .quality, .history: self = .fold(try LuaFold(plugin))
        }
    }

    public var manifest: Manifest {
        switch self {
        case .redactor(let redactor): redactor.manifest
        case .fold(let fold): fold.manifest
        case .recommender(let recommender): recommender.manifest
        }
    }
}
