internal import CBridge
public import Events
public import Lua

/// A loaded redactor: a plugin that changes or drops events before anything is stored.
///
/// ```swift
/// let redactor = try Redactor(source: bytes, file: "redact.lua", context: context)
/// switch redactor.redact(event) {
/// case .passed: event.write(into: &output)
/// case .dropped: break
/// case .failed(let failure): quarantine(event, failure)
/// }
/// ```
///
/// A value is used from one thread at a time; make one for each.
public final class Redactor {
    /// What became of an event.
    public enum Outcome: Sendable {
        case passed
        case dropped
        case failed(PluginFailure)
    }

    public let manifest: Manifest

    private let access: EventAccess
    private let sandbox: LuaSandbox

    /// Loads a plugin from its source text. `file` names it in messages; `lines` learns which of its lines run.
    public init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        do throws(ManifestError) {
            access = EventAccess(grants: try Grants([]), hash: context.hash)
        } catch {
            throw .manifest(error)
        }
        do throws(LuaError) {
            sandbox = try LuaSandbox(limits: context.limits, event: access.makeEvent())
            if let lines { sandbox.record(lines) }
            try sandbox.load(source, name: file)
        } catch {
            throw .lua(error)
        }
        do throws(ManifestError) {
            manifest = try Manifest(of: sandbox)
            access.grants = try Grants(manifest.reads)
            if !sandbox.selectEntry("redact") { throw .missingFunction("redact") }
        } catch {
            throw .manifest(error)
        }
    }

    /// Most bytes that the plugin's state has held at once.
    public var memoryPeak: Int {
        sandbox.memoryPeak
    }

    /// What the plugin logged while it looked at the last event; one line per call of `host.log`.
    public var log: [UInt8] {
        access.log
    }

    /// Whether ``log`` has anything.
    @inline(__always)
    public var hasLogged: Bool {
        !access.log.isEmpty
    }

    /// Lets the plugin look at `event` and edit it. After a failure the event may be half edited: load it anew.
    @inline(__always)
    public func redact(_ event: EventDocument) -> Outcome {
        access.begin(event)
        sandbox.event.pointee.generation &+= 1
        sandbox.event.pointee.root = event.root
        let data = event.data
        sandbox.event.pointee.data = data != 0 && event.kind(of: data) == .object ? data : 0
        sandbox.event.pointee.is_seeded = 0
        do throws(LuaError) {
            let result = try sandbox.call()
            if access.outputExceeded { return failed("output_limit", "the plugin wrote more than it may") }
            switch result {
            case .event:
                if access.hasInserted, !event.isWithinLimits {
                    return failed(
                        "output_limit", "the event has grown to more members or levels than an event may have")
                }
                return .passed
            case .nil: return .dropped
            case .other:
                return failed("wrong_result", "'redact' must return the event that it was given, or nil to drop it")
            }
        } catch {
            let isOutput = access.outputExceeded && error.code == .runtime
            return failed(isOutput ? "output_limit" : "\(error.code.name)", error.message)
        }
    }

    private func failed(_ code: String, _ message: String) -> Outcome {
        .failed(PluginFailure(plugin: manifest.name, code: code, message: message))
    }
}
