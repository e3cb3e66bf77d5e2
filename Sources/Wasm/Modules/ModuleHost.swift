internal import Events
internal import Plugins

/// What one instance of a module reaches of the host: the event at hand, through the one place where grants are checked.
final class ModuleHost: GuestHost {
    let access: EventAccess
    /// Whether there is an event to look at.
    var hasEvent = false

    init(_ access: EventAccess, _ library: WasmtimeLibrary) {
        self.access = access
        super.init(library)
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
