public import Events

/// A loaded redactor: a plugin that changes or drops events before anything is stored. ``LuaRedactor`` is one in Lua.
///
/// ```swift
/// switch redactor.redact(event) {
/// case .passed: event.write(into: &output)
/// case .dropped: break
/// case .failed(let failure): quarantine(event, failure)
/// }
/// ```
///
/// A value is used from one thread at a time; make one for each.
open class Redactor {
    /// What became of an event.
    public enum Outcome: Sendable {
        case passed
        case dropped
        case failed(PluginFailure)
    }

    public final let manifest: Manifest
    /// The plugin's way to the event at hand.
    package final let access: EventAccess
    /// Whether this is a ``LuaRedactor``.
    final let isLua: Bool

    /// `access` sees what the manifest's `reads` names.
    package init(_ manifest: Manifest, _ access: EventAccess) {
        self.manifest = manifest
        self.access = access
        isLua = false
    }

    /// For ``LuaRedactor`` alone.
    init(lua manifest: Manifest, _ access: EventAccess) {
        self.manifest = manifest
        self.access = access
        isLua = true
    }

    /// Most bytes that the plugin has held at once.
    open var memoryPeak: Int {
        0
    }

    /// Lets the plugin look at `event` and edit it. After a failure the event may be half edited: load it anew.
    open func redact(_ event: EventDocument) -> Outcome {
        failed("error", "a redactor of no kind")
    }

    /// What the plugin logged while it looked at the last event; one line per call of `host.log`.
    public final var log: [UInt8] {
        access.log
    }

    /// Whether ``log`` has anything.
    @inline(__always)
    public final var hasLogged: Bool {
        !access.log.isEmpty
    }

    /// The outcome of an event that the plugin let pass: it may have outgrown what an event may be.
    @inline(__always)
    package final func pass(_ event: EventDocument) -> Outcome {
        if access.hasInserted, !event.isWithinLimits {
            return failed("output_limit", "the event has grown to more members or levels than an event may have")
        }
        return .passed
    }

    package final func failed(_ code: String, _ message: String) -> Outcome {
        .failed(PluginFailure(plugin: manifest.name, code: code, message: message))
    }
}
