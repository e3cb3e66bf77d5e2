internal import CWasmtime
internal import Foundation

/// wasmtime's library, loaded at run time.
///
/// The functions are found once and then only called, which makes it safe to share.
public final class WasmtimeLibrary: @unchecked Sendable {
    /// Where it was found.
    public let path: String
    let functions: UnsafePointer<vh_wasmtime>

    /// Finds the library: `VIEWERHOST_WASMTIME` names it; else it is beside the program, where `make isolation`
    /// puts it, or where the system's loader looks.
    public convenience init() throws(WasmError) {
        if let path = ProcessInfo.processInfo.environment["VIEWERHOST_WASMTIME"], !path.isEmpty {
            try self.init(path: path)
            return
        }
        let names = ["libwasmtime.so", ".build-wasm/wasmtime/wasmtime/linux-\(Self.machine)/_libwasmtime.so"]
        try self.init(path: ProgramFiles.find(names) ?? "libwasmtime.so")
    }

    /// Loads the library at `path`.
    public init(path: String) throws(WasmError) {
        self.path = path
        let functions = UnsafeMutablePointer<vh_wasmtime>.allocate(capacity: 1)
        functions.initialize(to: vh_wasmtime())
        self.functions = UnsafePointer(functions)
        var text: UnsafePointer<CChar>?
        switch vh_wasmtime_load(path, functions, &text) {
        case VH_WASMTIME_LOADED: break
        case VH_WASMTIME_NO_FUNCTION: throw .wrongLibrary(path: path)
        default: throw .noLibrary(reason: text.map { String(cString: $0) } ?? path)
        }
        if !isPinnedVersion { throw .wrongLibrary(path: path) }
    }

    deinit {
        functions.deallocate()
    }

    /// The release that the host was written for.
    public static let version = VH_WASMTIME_VERSION

    private static var machine: String {
        #if arch(arm64)
            "aarch64"
        #else
            "x86_64"
        #endif
    }

    /// The library has no function that tells its version, but writes it into what it compiles, before the name of the
    /// machine that it is for: `50`, `x86_64-unknown-linux-gnu`, each with its length before it.
    private var isPinnedVersion: Bool {
        let wasmtime = functions.pointee
        guard let engine = wasmtime.wasm_engine_new_with_config(wasmtime.wasm_config_new()) else { return false }
        defer { wasmtime.wasm_engine_delete(engine) }
        let empty: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        var module: OpaquePointer?
        if let error = wasmtime.wasmtime_module_new(engine, empty, empty.count, &module) {
            wasmtime.wasmtime_error_delete(error)
            return false
        }
        defer { wasmtime.wasmtime_module_delete(module) }
        var artefact = wasm_byte_vec_t()
        if let error = wasmtime.wasmtime_module_serialize(module, &artefact) {
            wasmtime.wasmtime_error_delete(error)
            return false
        }
        defer { wasmtime.wasm_byte_vec_delete(&artefact) }
        let bytes = Data(bytes: artefact.data, count: artefact.size)
        let version = Array(Self.version.utf8)
        let machine = Data(Self.machine.utf8)
        guard let place = bytes.range(of: machine)?.lowerBound, place >= version.count + 2 else { return false }
        return Array(bytes[(place - version.count - 2)..<(place - 1)]) == [UInt8(version.count)] + version
    }

    /// The text of an error, which is deleted, in one line.
    func takeMessage(_ error: OpaquePointer) -> String {
        var text = wasm_byte_vec_t()
        functions.pointee.wasmtime_error_message(error, &text)
        defer { functions.pointee.wasm_byte_vec_delete(&text) }
        functions.pointee.wasmtime_error_delete(error)
        let message = String(decoding: UnsafeRawBufferPointer(start: text.data, count: text.size), as: UTF8.self)
        let lines = message.split(separator: "\n").map { $0.drop { $0 == " " } }
        return lines.filter { $0 != "Caused by:" }.joined(separator: ": ")
    }

    /// What a trap was, which is deleted.
    func takeReason(_ trap: OpaquePointer, _ guest: WasmRuntime.Guest) -> String {
        defer { functions.pointee.wasm_trap_delete(trap) }
        var code: UInt8 = 0
        guard functions.pointee.wasmtime_trap_code(trap, &code) else { return "an error that nobody caught" }
        switch code {
        case 0: return "its stack is full"
        case 1: return "it reached outside of its memory"
        case 3: return "it reached outside of a table"
        case 4: return "it called a function that is not there"
        case 5: return "it called a function of another type"
        case 6: return "it divided to a number that is too large"
        case 7: return "it divided by zero"
        case 8: return "it made a whole number of one that is none"
        case 9 where guest == .engine: return "it gave up, as it does where its memory is full"
        case 9: return "it gave up (unreachable)"
        default: return "trap \(code)"
        }
    }
}
