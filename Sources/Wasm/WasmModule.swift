internal import CWasmtime
internal import Foundation
internal import Plugins

/// A compiled module, and the clock that stops its instances. Any number of instances on any threads are made from it.
///
/// wasmtime's engine and module may be shared between threads, which makes it safe to send.
public final class WasmModule: @unchecked Sendable {
    /// The module's file.
    public let path: String
    let library: WasmtimeLibrary
    let engine: OpaquePointer
    let module: OpaquePointer
    let linker: OpaquePointer

    /// Lua's own limit of nested C calls is reached well within it, and it is well within a worker's stack.
    private static let stackSize = 2 << 20

    private let clock: EpochClock

    /// Compiles the module at `path`, or takes what a folder of compiled modules has of it; nil for no such folder.
    public init(path: String, library: WasmtimeLibrary, cache: String?) throws(WasmError) {
        self.path = path
        self.library = library
        let wasmtime = library.functions.pointee
        guard let bytes = FileManager.default.contents(atPath: path).map({ Array($0) }) else {
            throw .system(operation: "read", path: path, code: errno)
        }
        let configuration = wasmtime.wasm_config_new()
        wasmtime.wasmtime_config_epoch_interruption_set(configuration, true)
        wasmtime.wasmtime_config_wasm_exceptions_set(configuration, true)
        wasmtime.wasmtime_config_max_wasm_stack_set(configuration, Self.stackSize)
        guard let engine = wasmtime.wasm_engine_new_with_config(configuration) else {
            throw .badModule(path: path, reason: "wasmtime does not take the host's configuration")
        }
        do throws(WasmError) {
            module = try Self.compiled(bytes, path: path, engine, library, cache: cache)
        } catch {
            wasmtime.wasm_engine_delete(engine)
            throw error
        }
        self.engine = engine
        guard let linker = wasmtime.wasmtime_linker_new(engine) else {
            throw .badModule(path: path, reason: "wasmtime has no linker for it")
        }
        self.linker = linker
        clock = EpochClock(engine, library)
        // Only the names: an instance is given no file, no environment and no arguments.
        if let error = wasmtime.wasmtime_linker_define_wasi(linker) {
            throw .badModule(path: path, reason: library.takeMessage(error))
        }
    }

    deinit {
        let wasmtime = library.functions.pointee
        clock.stop()
        wasmtime.wasmtime_linker_delete(linker)
        wasmtime.wasmtime_module_delete(module)
        wasmtime.wasm_engine_delete(engine)
    }

    private static func compiled(
        _ bytes: [UInt8], path: String, _ engine: OpaquePointer, _ library: WasmtimeLibrary, cache: String?
    ) throws(WasmError) -> OpaquePointer {
        let wasmtime = library.functions.pointee
        let artefacts = cache.map { ArtefactCache(folder: $0) }
        let name = ArtefactCache.name(of: bytes, version: WasmtimeLibrary.version)
        var module: OpaquePointer?
        if let artefact = artefacts?.artefact(named: name) {
            guard let error = wasmtime.wasmtime_module_deserialize(engine, artefact, artefact.count, &module) else {
                if let module { return module }
                throw .badModule(path: path, reason: "wasmtime gave nothing")
            }
            // It is of another machine, say: compiled anew, it is of this one.
            wasmtime.wasmtime_error_delete(error)
        }
        if let error = wasmtime.wasmtime_module_new(engine, bytes, bytes.count, &module) {
            throw .badModule(path: path, reason: library.takeMessage(error))
        }
        guard let module else { throw .badModule(path: path, reason: "wasmtime gave nothing") }
        if let artefacts {
            var artefact = wasm_byte_vec_t()
            if let error = wasmtime.wasmtime_module_serialize(module, &artefact) {
                wasmtime.wasmtime_error_delete(error)
                return module
            }
            artefacts.keep(UnsafeRawBufferPointer(start: artefact.data, count: artefact.size), named: name)
            wasmtime.wasm_byte_vec_delete(&artefact)
        }
        return module
    }
}
