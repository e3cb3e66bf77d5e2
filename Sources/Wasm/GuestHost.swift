internal import CWasmtime

/// What the functions that an instance imports reach of the host. They find it in the store's data, and it believes no pointer and
/// no length.
class GuestHost {
    /// Why the host ended the call; nil where it did not.
    var failure: ModuleFailure?

    private let wasmtime: UnsafePointer<vh_wasmtime>
    /// Known once the instance is made.
    private var memory: wasmtime_memory_t?

    init(_ library: WasmtimeLibrary) {
        wasmtime = library.functions
    }

    /// Takes the instance's memory, in which all pointers are.
    final func open(_ memory: wasmtime_memory_t) {
        self.memory = memory
    }

    /// The `count` bytes at `start` of the instance's memory. Valid until the guest runs on.
    final func bytes(
        at start: UInt32, count: UInt32, in context: OpaquePointer
    ) throws(ModuleFailure) -> UnsafeMutableRawBufferPointer {
        guard var memory else { throw ModuleFailure("error", "the host was called before there was a memory") }
        let size = wasmtime.pointee.wasmtime_memory_data_size(context, &memory)
        guard Int(start) + Int(count) <= size, let base = wasmtime.pointee.wasmtime_memory_data(context, &memory) else {
            throw ModuleFailure("trap", "\(count) bytes at \(start) are outside of its memory")
        }
        return UnsafeMutableRawBufferPointer(start: base + Int(start), count: Int(count))
    }

    /// Copies `text` to the guest where it has the room; gives the length in any case.
    final func give(
        _ text: UnsafeRawBufferPointer, to start: UInt32, capacity: UInt32, in context: OpaquePointer
    ) throws(ModuleFailure) -> Int32 {
        let room = try bytes(at: start, count: capacity, in: context)
        if text.count <= room.count { room.copyMemory(from: text) }
        return Int32(text.count)
    }
}

/// The numbers that a guest gave to a function.
struct GuestNumbers {
    fileprivate let start: UnsafeMutablePointer<wasmtime_val_raw_t>

    subscript(index: Int) -> UInt32 {
        UInt32(bitPattern: start[index].i32)
    }
}

extension GuestHost {
    /// Calls `body` with the host of the instance that calls an imported function. What it returns is the function's result; what it
    /// throws ends the guest's call.
    @inline(__always)
    static func call<Host: GuestHost>(
        _ type: Host.Type, _ environment: UnsafeMutableRawPointer?, _ caller: OpaquePointer?,
        _ values: UnsafeMutablePointer<wasmtime_val_raw_t>?,
        _ body: (Host, OpaquePointer, GuestNumbers) throws(ModuleFailure) -> Int32?
    ) -> OpaquePointer? {
        let wasmtime = environment.unsafelyUnwrapped.assumingMemoryBound(to: vh_wasmtime.self)
        let context = wasmtime.pointee.wasmtime_caller_context(caller).unsafelyUnwrapped
        guard let data = wasmtime.pointee.wasmtime_context_get_data(context) else {
            return wasmtime.pointee.wasmtime_trap_new("there is no host for it", 23)
        }
        let values = values.unsafelyUnwrapped
        return Unmanaged<Host>.fromOpaque(data)._withUnsafeGuaranteedRef { host in
            do throws(ModuleFailure) {
                if let result = try body(host, context, GuestNumbers(start: values)) { values.pointee.i32 = result }
                return nil
            } catch {
                host.failure = error
                return wasmtime.pointee.wasmtime_trap_new("ended by the host", 17)
            }
        }
    }
}
