internal import CBridge
public import Events
public import Lua

/// A redactor in Lua.
///
/// ```swift
/// let redactor = try LuaRedactor(source: bytes, file: "redact.lua", context: context)
/// ```
public final class LuaRedactor: Redactor {
    private let sandbox: LuaSandbox

    /// Loads a plugin from its source text. `file` names it in messages; `lines` learns which of its lines run.
    public convenience init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        try self.init(try LoadedPlugin(source: source, file: file, context: context, lines: lines))
    }

    init(_ plugin: LoadedPlugin) throws(PluginLoadError) {
        sandbox = plugin.sandbox
        guard case .redactor = plugin.manifest.kind else {
            throw .manifest(.otherKind("\(plugin.manifest.kind.name)", wanted: "redactor"))
        }
        if !sandbox.selectEntry("redact") { throw .manifest(.missingFunction("redact")) }
        super.init(lua: plugin.manifest, plugin.access)
    }

    public override var memoryPeak: Int {
        sandbox.memoryPeak
    }

    @inline(__always)
    public override func redact(_ event: EventDocument) -> Outcome {
        access.begin(event)
        sandbox.begin(event)
        do throws(LuaError) {
            let result = try sandbox.call()
            if access.outputExceeded { return failed("output_limit", "the plugin wrote more than it may") }
            switch result {
            case .event: return pass(event)
            case .nil: return .dropped
            case .other:
                return failed("wrong_result", "'redact' must return the event that it was given, or nil to drop it")
            }
        } catch {
            let isOutput = access.outputExceeded && error.code == .runtime
            return failed(isOutput ? "output_limit" : "\(error.code.name)", error.message)
        }
    }
}
