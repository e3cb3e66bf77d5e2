internal import CWasmtime
internal import Events
internal import Plugins

/// What one instance of a module reaches of the host: the event at hand, through the one place where grants are checked.
///
/// The module's functions find it in the store's data. It believes no pointer and no length.
final class ModuleHost {
    let access: EventAccess
    /// Why the host ended the call; nil where it did not.
    var failure: ModuleFailure?
    /// Whether there is an event to look at.
    var hasEvent = false

    private let wasmtime: UnsafePointer<vh_wasmtime>
    /// Known once the instance is made.
    private var memory: wasmtime_memory_t?

    init(_ access: EventAccess, _ library: WasmtimeLibrary) {
        self.access = access
        wasmtime = library.functions
    }

    /// Takes the instance's memory, in which all pointers are.
    func open(_ memory: wasmtime_memory_t) {
        self.memory = memory
    }

    /// The `count` bytes at `start` of the instance's memory. Valid until the module runs on.
    func bytes(
        at start: UInt32, count: UInt32, in context: OpaquePointer
    ) throws(ModuleFailure) -> UnsafeMutableRawBufferPointer {
        guard var memory else { throw ModuleFailure("error", "the host was called before there was a memory") }
        let size = wasmtime.pointee.wasmtime_memory_data_size(context, &memory)
        guard Int(start) + Int(count) <= size, let base = wasmtime.pointee.wasmtime_memory_data(context, &memory) else {
            throw ModuleFailure("trap", "\(count) bytes at \(start) are outside of its memory")
        }
        return UnsafeMutableRawBufferPointer(start: base + Int(start), count: Int(count))
    }

    /// Text that the module gives: no longer than an event may be.
    func text(at start: UInt32, count: UInt32, in context: OpaquePointer) throws(ModuleFailure)
        -> UnsafeRawBufferPointer
    {
        if Int(count) > JSONLimits.bytes {
            throw ModuleFailure("output_limit", "\(count) bytes are more than an event may have")
        }
        return UnsafeRawBufferPointer(try bytes(at: start, count: count, in: context))
    }

    /// Copies `text` to the module where it has the room; gives the length in any case.
    func give(
        _ text: UnsafeRawBufferPointer, to start: UInt32, capacity: UInt32, in context: OpaquePointer
    ) throws(ModuleFailure) -> Int32 {
        let room = try bytes(at: start, count: capacity, in: context)
        if text.count <= room.count { room.copyMemory(from: text) }
        return Int32(text.count)
    }

    /// Does something with the event; what was refused ends the call, so that nothing goes on as if it had been done.
    func withEvent<R>(_ body: (EventAccess) throws(AccessError) -> R) throws(ModuleFailure) -> R {
        guard hasEvent else { throw ModuleFailure("error", "there is an event only within viewerhost_redact") }
        do throws(AccessError) {
            return try body(access)
        } catch {
            throw ModuleFailure(access.outputExceeded ? "output_limit" : "error", error.message)
        }
    }
}
