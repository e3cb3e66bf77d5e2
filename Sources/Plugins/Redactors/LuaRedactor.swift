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
    public init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        let access: EventAccess
        do throws(ManifestError) {
            access = EventAccess(grants: try Grants([]), hash: context.hash)
        } catch {
            throw .manifest(error)
        }
        do throws(LuaError) {
            sandbox = try LuaSandbox(limits: context.limits, event: access.makeEvent())
            if let lines { sandbox.record(lines) }
            try sandbox.load(source, name: file)
        } catch {
            throw .lua(error)
        }
        let manifest: Manifest
        do throws(ManifestError) {
            manifest = try Manifest(of: sandbox)
            access.grants = try Grants(manifest.reads)
            if !sandbox.selectEntry("redact") { throw .missingFunction("redact") }
        } catch {
            throw .manifest(error)
        }
        super.init(lua: manifest, access)
    }

    public override var memoryPeak: Int {
        sandbox.memoryPeak
    }

    @inline(__always)
    public override func redact(_ event: EventDocument) -> Outcome {
        access.begin(event)
        sandbox.event.pointee.generation &+= 1
        sandbox.event.pointee.root = event.root
        let data = event.data
        sandbox.event.pointee.data = data != 0 && event.kind(of: data) == .object ? data : 0
        sandbox.event.pointee.is_seeded = 0
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
