internal import CWasmtime

/// A compiled module. Any number of instances on any threads are made from it.
///
/// wasmtime's module and linker may be shared between threads, which makes it safe to send.
final class WasmModule: @unchecked Sendable {
    /// What messages call it.
    let path: String
    let runtime: WasmRuntime
    let module: OpaquePointer
    let linker: OpaquePointer

    /// Compiles a module, or takes what a folder of compiled modules has of it; nil for no such folder.
    init(path: String, bytes: [UInt8], _ runtime: WasmRuntime, cache: String?) throws(WasmError) {
        self.path = path
        self.runtime = runtime
        let wasmtime = runtime.library.functions.pointee
        guard let linker = wasmtime.wasmtime_linker_new(runtime.engine) else {
            throw .badRuntime(reason: "wasmtime has no linker")
        }
        do throws(WasmError) {
            switch runtime.guest {
            case .engine:
                try Self.defineWASI(linker, runtime.library)
                try QuestionDesk.ask.define(in: linker, runtime.library)
            case .plugin:
                for function in ModuleFunction.all { try function.define(in: linker, runtime.library) }
            }
            module = try Self.compiled(bytes, path: path, runtime, cache: cache)
        } catch {
            wasmtime.wasmtime_linker_delete(linker)
            throw error
        }
        self.linker = linker
    }

    deinit {
        let wasmtime = runtime.library.functions.pointee
        wasmtime.wasmtime_linker_delete(linker)
        wasmtime.wasmtime_module_delete(module)
    }

    /// Only the names: an instance is given no file, no environment and no arguments.
    private static func defineWASI(_ linker: OpaquePointer, _ library: WasmtimeLibrary) throws(WasmError) {
        if let error = library.functions.pointee.wasmtime_linker_define_wasi(linker) {
            throw .badRuntime(reason: library.takeMessage(error))
        }
    }

    private static func compiled(
        _ bytes: [UInt8], path: String, _ runtime: WasmRuntime, cache: String?
    ) throws(WasmError) -> OpaquePointer {
        let (engine, library) = (runtime.engine, runtime.library)
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
