internal import CWasmtime
internal import Events
internal import Lua
internal import Plugins

/// One instance of a module plugin, spoken to as `docs/module-abi.md` says. After a failure it is not to be used.
final class ModuleInstance {
    /// The version of the interface that this speaks.
    static let abiVersion: UInt32 = 1

    private let file: String
    private let host: ModuleHost
    private let instance: WasmInstance
    private let memoryLimit: Int
    private let redactEvent, tellManifest: wasmtime_func_t

    /// Bytes of a manifest's text.
    private static let longestManifest = 64 << 10

    /// Starts an instance; `access` is what it reaches.
    init(_ wasm: WasmModule, _ access: EventAccess, _ limits: LuaLimits) throws(WasmError) {
        file = wasm.path
        memoryLimit = limits.memory
        let host = ModuleHost(access, wasm.runtime.library)
        self.host = host
        do throws(WasmError) {
            instance = try WasmInstance(
                wasm, memoryLimit: limits.memory, nanoseconds: limits.nanoseconds,
                data: Unmanaged.passUnretained(host).toOpaque())
            host.open(instance.memory)
            let initialize = try instance.function(ifThere: "_initialize", returning: nil)
            if let initialize { try instance.call(initialize) }
            let version = try instance.call(try Self.function("abi_version", returning: WASMTIME_I32, of: instance))
            guard version.i32 == Int32(Self.abiVersion) else {
                throw .wrongVersion(
                    path: wasm.path, found: UInt32(bitPattern: version.i32), wanted: Self.abiVersion)
            }
            tellManifest = try Self.function("manifest", returning: WASMTIME_I64, of: instance)
            redactEvent = try Self.function("redact", returning: WASMTIME_I32, of: instance)
        } catch {
            if let failure = host.failure { throw .trap(failure.message) }
            throw error
        }
    }

    private static func function(
        _ name: String, returning kind: Int, of instance: WasmInstance
    ) throws(WasmError) -> wasmtime_func_t {
        let name = "viewerhost_" + name
        guard let function = try instance.function(ifThere: name, returning: kind) else {
            throw .missingExport(path: instance.path, name: name)
        }
        return function
    }

    /// The text of the manifest.
    func manifest() throws(WasmError) -> [UInt8] {
        do throws(WasmError) {
            let place = UInt64(bitPattern: try instance.call(tellManifest).i64)
            let (start, count) = (UInt32(truncatingIfNeeded: place), UInt32(place >> 32))
            if Int(count) > Self.longestManifest { throw .badAnswer("a manifest of \(count) bytes") }
            return Array(try instance.bytes(at: start, count: count))
        } catch {
            if let failure = host.failure { throw .trap(failure.message) }
            throw error
        }
    }

    /// Lets the module look at the event that its access points at: 0 where it is to pass, 1 where it is to go.
    func redact() throws(ModuleFailure) -> Int32 {
        host.hasEvent = true
        defer { host.hasEvent = false }
        do throws(WasmError) {
            return try instance.call(redactEvent).i32
        } catch {
            throw failure(of: error)
        }
    }

    private func failure(of error: WasmError) -> ModuleFailure {
        if let failure = host.failure { return failure }
        switch error {
        case .late: return ModuleFailure("time_limit", error.message)
        case .trap(let reason) where isMemoryFull:
            return ModuleFailure("memory_limit", "\(reason), with its \(memoryLimit >> 20) MiB of memory in use")
        case .trap(let reason): return ModuleFailure("trap", reason)
        default: return ModuleFailure("trap", error.message)
        }
    }

    /// Whether not a page more fits into the memory: what a module does then is mostly to give up.
    private var isMemoryFull: Bool {
        memorySize + (64 << 10) > memoryLimit
    }

    /// Bytes that its memory has.
    var memorySize: Int {
        instance.bytes.count
    }
}
