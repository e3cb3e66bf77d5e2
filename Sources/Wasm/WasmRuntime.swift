internal import CWasmtime

/// wasmtime's compiler, and the clock that stops what it compiled.
///
/// wasmtime's engine may be shared between threads, which makes it safe to send.
public final class WasmRuntime: @unchecked Sendable {
    /// What kind of module it compiles.
    enum Guest {
        /// The host's own `engine.wasm`, which expects a part of WASI.
        case engine
        /// Module plugins: whatever makes two machines differ, or lets an instance wait for another, is refused.
        case plugin
    }

    let library: WasmtimeLibrary
    let guest: Guest
    let engine: OpaquePointer

    /// Lua's own limit of nested C calls is reached well within it, and it is well within a worker's stack.
    private static let stackSize = 2 << 20

    private let clock: EpochClock

    init(_ library: WasmtimeLibrary, for guest: Guest) throws(WasmError) {
        self.library = library
        self.guest = guest
        let wasmtime = library.functions.pointee
        let configuration = wasmtime.wasm_config_new()
        wasmtime.wasmtime_config_epoch_interruption_set(configuration, true)
        wasmtime.wasmtime_config_wasm_exceptions_set(configuration, guest == .engine)
        wasmtime.wasmtime_config_max_wasm_stack_set(configuration, Self.stackSize)
        if guest == .plugin {
            // Objects of theirs would lie outside of the memory that is bounded.
            wasmtime.wasmtime_config_wasm_gc_set(configuration, false)
            wasmtime.wasmtime_config_wasm_threads_set(configuration, false)
            wasmtime.wasmtime_config_wasm_relaxed_simd_set(configuration, false)
            wasmtime.wasmtime_config_wasm_memory64_set(configuration, false)
            wasmtime.wasmtime_config_cranelift_nan_canonicalization_set(configuration, true)
        }
        guard let engine = wasmtime.wasm_engine_new_with_config(configuration) else {
            throw .badRuntime(reason: "wasmtime does not take the host's configuration")
        }
        self.engine = engine
        clock = EpochClock(engine, library)
    }

    deinit {
        clock.stop()
        library.functions.pointee.wasm_engine_delete(engine)
    }
}
