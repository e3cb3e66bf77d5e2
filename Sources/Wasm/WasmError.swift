internal import CWasmtime
internal import Glibc

/// Why WebAssembly could not be used, or stopped.
public enum WasmError: Error, Equatable, Sendable {
    /// wasmtime's library is not there; `reason` is the loader's.
    case noLibrary(reason: String)
    /// The library at `path` is not of the release that the host was written for.
    case wrongLibrary(path: String)
    /// engine.wasm is not there.
    case noEngine
    case system(operation: String, path: String, code: Int32)
    /// wasmtime does not do what it is asked.
    case badRuntime(reason: String)
    /// The file is no WebAssembly module, or one that cannot be run here.
    case badModule(path: String, reason: String)
    case missingExport(path: String, name: String)
    case wrongVersion(path: String, found: UInt32, wanted: UInt32)
    /// The module stopped in the middle of a call; the instance cannot be used any more.
    case trap(String)
    /// The call took longer than it may.
    case late(milliseconds: Int64)
    /// The module answered with what its ABI does not allow.
    case badAnswer(String)
    /// A plugin could not be loaded.
    case plugin(file: String, message: String)
    /// A plugin that is only run isolated cannot be.
    case cannotIsolate(file: String, reason: String)

    /// The command that installs the library and builds the engine.
    public static let installation = "make isolation"

    /// What is wrong, where, and what to do.
    public var message: String {
        switch self {
        case .noLibrary(let reason):
            "isolation needs wasmtime's library, which is not there (\(reason)): run `\(Self.installation)`"
        case .wrongLibrary(let path):
            "\(path) is not wasmtime \(VH_WASMTIME_VERSION): run `\(Self.installation)`"
        case .noEngine:
            "engine.wasm is neither beside the program nor in .build-wasm/: run `\(Self.installation)`, or name it in VIEWERHOST_ENGINE"
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): \(String(cString: strerror(code)).lowercased())"
        case .badRuntime(let reason): "wasmtime cannot be used (\(reason)): run `\(Self.installation)`"
        case .badModule(let path, let reason): "\(path) is no engine that can be run (\(reason)): run `make wasm`"
        case .missingExport(let path, let name):
            "\(path) is no engine: it does not export \(name) as it should; run `make wasm`"
        case .wrongVersion(let path, let found, let wanted):
            "\(path) has version \(found) of the engine's interface, and this host speaks \(wanted): run `make wasm`"
        case .trap(let reason): "the engine stopped: \(reason)"
        case .late(let milliseconds): "stopped from outside after \(milliseconds) ms"
        case .badAnswer(let reason): "the engine gave a wrong answer: \(reason)"
        case .cannotIsolate(let file, let reason): "\(file) is only run isolated: \(reason)"
        case .plugin(let file, let message): message.hasPrefix(file) ? message : "\(file): \(message)"
        }
    }
}
