internal import CBridge
internal import CWasmtime
internal import Plugins

/// One instance of a module in a store of its own, with a bound on its memory and on the time of its calls.
///
/// Used from one thread at a time. After ``WasmError/trap(_:)`` or ``WasmError/late(milliseconds:)`` it is not to be called.
final class WasmInstance {
    private let wasm: WasmModule
    private let store: OpaquePointer
    private let context: OpaquePointer
    private var instance = wasmtime_instance_t()
    private(set) var memory = wasmtime_memory_t()
    private let watch: UnsafeMutablePointer<Watch>

    /// Elements of all tables of a plugin.
    private static let tableLimit: Int64 = 1 << 16

    /// `nanoseconds` bounds the time that the instance may go without progress; 0 = no bound. Functions that it imports
    /// find `data` in the store.
    init(
        _ wasm: WasmModule, memoryLimit: Int, nanoseconds: Int64, data: UnsafeMutableRawPointer? = nil
    ) throws(WasmError) {
        self.wasm = wasm
        let wasmtime = wasm.runtime.library.functions.pointee
        guard let store = wasmtime.wasmtime_store_new(wasm.runtime.engine, data, nil),
            let context = wasmtime.wasmtime_store_context(store)
        else { throw .trap("wasmtime has no store for it") }
        (self.store, self.context) = (store, context)
        watch = .allocate(capacity: 1)
        watch.initialize(to: Watch(wasmtime: wasm.runtime.library.functions, nanoseconds: nanoseconds))
        wasmtime.wasmtime_store_epoch_deadline_callback(store, Watch.look, watch, nil)
        switch wasm.runtime.guest {
        case .engine:
            wasmtime.wasmtime_store_limiter(store, Int64(memoryLimit), -1, -1, -1, -1)
            if let error = wasmtime.wasmtime_context_set_wasi(context, wasmtime.wasi_config_new()) {
                throw .badModule(path: wasm.path, reason: wasm.runtime.library.takeMessage(error))
            }
        case .plugin: wasmtime.wasmtime_store_limiter(store, Int64(memoryLimit), Self.tableLimit, 1, 4, 1)
        }
        begin()
        var trap: OpaquePointer?
        let error = wasmtime.wasmtime_linker_instantiate(wasm.linker, context, wasm.module, &instance, &trap)
        do throws(WasmError) {
            try check(error, trap)
        } catch {
            throw .badModule(path: wasm.path, reason: error.reason)
        }
        memory = try export("memory", WASMTIME_EXTERN_MEMORY).of.memory
        watch.pointee.memory = memory
    }

    deinit {
        wasm.runtime.library.functions.pointee.wasmtime_store_delete(store)
        watch.deallocate()
    }

    /// The module's file.
    var path: String {
        wasm.path
    }

    /// The exported function of that name.
    func function(_ name: String) throws(WasmError) -> wasmtime_func_t {
        try export(name, WASMTIME_EXTERN_FUNC).of.func
    }

    /// The exported function of that name, where it takes nothing and returns a value of `kind`, or nothing; nil where
    /// there is no such export.
    func function(ifThere name: String, returning kind: Int?) throws(WasmError) -> wasmtime_func_t? {
        guard var found = find(name) else { return nil }
        let wasmtime = wasm.runtime.library.functions.pointee
        guard Int(found.kind) == WASMTIME_EXTERN_FUNC, let type = wasmtime.wasmtime_func_type(context, &found.of.func)
        else {
            wasmtime.wasmtime_extern_delete(&found)
            throw .missingExport(path: wasm.path, name: name)
        }
        defer { wasmtime.wasm_functype_delete(type) }
        guard let parameters = wasmtime.wasm_functype_params(type), parameters.pointee.size == 0,
            let results = wasmtime.wasm_functype_results(type), results.pointee.size == (kind == nil ? 0 : 1),
            kind == nil || Int(wasmtime.wasm_valtype_kind(results.pointee.data[0])) == kind
        else { throw .missingExport(path: wasm.path, name: name) }
        return found.of.func
    }

    private func find(_ name: String) -> wasmtime_extern_t? {
        var found = wasmtime_extern_t()
        var name = name
        let length = name.utf8.count
        let isThere = name.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                wasm.runtime.library.functions.pointee.wasmtime_instance_export_get(
                    context, &instance, $0.baseAddress, length, &found)
            }
        }
        return isThere ? found : nil
    }

    private func export(_ name: String, _ kind: Int) throws(WasmError) -> wasmtime_extern_t {
        guard var found = find(name) else { throw .missingExport(path: wasm.path, name: name) }
        if Int(found.kind) == kind { return found }
        wasm.runtime.library.functions.pointee.wasmtime_extern_delete(&found)
        throw .missingExport(path: wasm.path, name: name)
    }

    /// Calls a function; what it returns, or 0 where it returns nothing.
    @discardableResult
    func call(_ function: wasmtime_func_t, _ arguments: [wasmtime_val_t] = [], returns: Bool) throws(WasmError)
        -> UInt32
    {
        begin()
        var function = function
        var result = wasmtime_val_t()
        var trap: OpaquePointer?
        let error = wasm.runtime.library.functions.pointee.wasmtime_func_call(
            context, &function, arguments, arguments.count, &result, returns ? 1 : 0, &trap)
        try check(error, trap)
        return returns ? UInt32(bitPattern: result.of.i32) : 0
    }

    /// Calls a function that takes nothing, as ``function(ifThere:returning:)`` found it: the cheap way.
    @discardableResult
    func call(_ function: wasmtime_func_t) throws(WasmError) -> wasmtime_val_raw_t {
        begin()
        var function = function
        var value = wasmtime_val_raw_t()
        var trap: OpaquePointer?
        let error = wasm.runtime.library.functions.pointee.wasmtime_func_call_unchecked(
            context, &function, &value, 1, &trap)
        try check(error, trap)
        return value
    }

    private func begin() {
        watch.pointee.isLate = false
        watch.pointee.seen = nil
        wasm.runtime.library.functions.pointee.wasmtime_context_set_epoch_deadline(context, 1)
    }

    private func check(_ error: OpaquePointer?, _ trap: OpaquePointer?) throws(WasmError) {
        if error == nil, trap == nil { return }
        let reason =
            trap.map { wasm.runtime.library.takeReason($0, wasm.runtime.guest) } ?? error.map {
                wasm.runtime.library.takeMessage($0)
            } ?? ""
        if watch.pointee.isLate { throw .late(milliseconds: watch.pointee.nanoseconds / 1_000_000) }
        throw .trap(reason)
    }

    /// The instance's memory. Valid until the next call.
    var bytes: UnsafeMutableRawBufferPointer {
        let wasmtime = wasm.runtime.library.functions.pointee
        return UnsafeMutableRawBufferPointer(
            start: wasmtime.wasmtime_memory_data(context, &memory),
            count: wasmtime.wasmtime_memory_data_size(context, &memory))
    }

    /// The `count` bytes at `start`; throws where the memory does not have them.
    func bytes(at start: UInt32, count: UInt32) throws(WasmError) -> UnsafeMutableRawBufferPointer {
        let all = bytes
        guard Int(start) + Int(count) <= all.count else {
            throw .badAnswer("\(count) bytes at \(start) are outside of its memory")
        }
        return UnsafeMutableRawBufferPointer(rebasing: all[Int(start)..<(Int(start) + Int(count))])
    }

    /// Tells where the instance counts its progress: a call that goes on without any is stopped.
    func watchProgress(at offset: UInt32) throws(WasmError) {
        _ = try bytes(at: offset, count: UInt32(MemoryLayout<RedactorChain.Progress>.size))
        watch.pointee.progress = Int(offset)
    }
}

extension WasmError {
    /// The message without the place, for one that has a place of its own.
    fileprivate var reason: String {
        if case .trap(let reason) = self { reason } else { message }
    }
}

extension wasmtime_val_t {
    init(_ number: UInt32) {
        self.init()
        kind = UInt8(WASMTIME_I32)
        of.i32 = Int32(bitPattern: number)
    }

    init(_ number: Int64) {
        self.init()
        kind = UInt8(WASMTIME_I64)
        of.i64 = number
    }
}

/// What decides, at each tick, whether a call goes on.
private struct Watch {
    let wasmtime: UnsafePointer<vh_wasmtime>
    let nanoseconds: Int64
    var memory = wasmtime_memory_t()
    /// Where the memory has the count of calls of plugins; nil where there is none yet.
    var progress: Int?
    /// That count when it was looked at last, and since when it has been the same.
    var seen: UInt32?
    var since: Int64 = 0
    var isLate = false

    static let look: wasmtime_epoch_callback = { context, data, ticks, kind in
        guard let watch = data?.assumingMemoryBound(to: Watch.self) else { return nil }
        ticks?.pointee = 1
        kind?.pointee = 0
        if watch.pointee.nanoseconds == 0 { return nil }
        let now = vh_monotonic_nanoseconds()
        var count: UInt32 = 0
        if let progress = watch.pointee.progress {
            let memory = UnsafeRawPointer(
                watch.pointee.wasmtime.pointee.wasmtime_memory_data(context, &watch.pointee.memory))
            count = memory?.load(fromByteOffset: progress, as: UInt32.self) ?? 0
        }
        if watch.pointee.seen != count {
            watch.pointee.seen = count
            watch.pointee.since = now
            return nil
        }
        guard now - watch.pointee.since > watch.pointee.nanoseconds else { return nil }
        watch.pointee.isLate = true
        return watch.pointee.wasmtime.pointee.wasmtime_error_new("late")
    }
}
