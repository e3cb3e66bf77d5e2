internal import CWasmtime
public import Events
internal import Lua
public import Plugins

/// A redactor in a WebAssembly module, with an instance of its own.
///
/// Used from one thread at a time. After a failure the next event finds a fresh instance.
public final class ModuleRedactor: Redactor {
    private let wasm: WasmModule
    private let limits: LuaLimits
    private var instance: ModuleInstance?
    private var largestMemory = 0

    init(_ wasm: WasmModule, _ context: PluginContext) throws(WasmError) {
        self.wasm = wasm
        limits = context.limits
        do throws(WasmError) {
            let access = try Self.granting { () throws(ManifestError) in try EventAccess(hash: context.hash) }
            let first = try ModuleInstance(wasm, access, context.limits)
            let manifest = try ModuleManifest(try first.manifest()).manifest
            try Self.granting { () throws(ManifestError) in try access.grant(manifest.reads) }
            instance = first
            super.init(manifest, access)
        } catch {
            throw .plugin(file: wasm.path, message: error.messageOfPlugin)
        }
    }

    private static func granting<R>(_ body: () throws(ManifestError) -> R) throws(WasmError) -> R {
        do throws(ManifestError) {
            return try body()
        } catch {
            throw .badAnswer(error.message)
        }
    }

    public override var memoryPeak: Int {
        max(largestMemory, instance?.memorySize ?? 0)
    }

    public override func redact(_ event: EventDocument) -> Outcome {
        access.begin(event)
        do throws(ModuleFailure) {
            let decision = try runningInstance().redact()
            if access.outputExceeded { throw ModuleFailure("output_limit", "the plugin wrote more than it may") }
            switch decision {
            case 0: return pass(event)
            case 1: return .dropped
            default:
                throw ModuleFailure(
                    "wrong_result", "viewerhost_redact returned \(decision): 0 lets the event pass, 1 drops it")
            }
        } catch {
            largestMemory = memoryPeak
            instance = nil
            return failed(error.code, "\(wasm.path): \(error.message)")
        }
    }

    private func runningInstance() throws(ModuleFailure) -> ModuleInstance {
        if let instance { return instance }
        do throws(WasmError) {
            let fresh = try ModuleInstance(wasm, access, limits)
            instance = fresh
            return fresh
        } catch {
            throw ModuleFailure("trap", error.messageOfPlugin)
        }
    }
}

extension WasmError {
    /// The message for a module that is a plugin; it names no file.
    fileprivate var messageOfPlugin: String {
        switch self {
        case .badModule(_, let reason): "it is no module that can be run (\(reason))"
        case .missingExport(_, let name): "it does not export \(name) as docs/module-abi.md has it"
        case .wrongVersion(_, let found, let wanted):
            "it has version \(found) of the modules' interface, and this host speaks \(wanted)"
        case .trap(let reason): reason
        case .badAnswer(let reason): reason
        default: message
        }
    }
}
