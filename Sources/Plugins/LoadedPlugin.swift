internal import CBridge
internal import Events
internal import Lua

/// A plugin's file that was run in a sandbox of its own, and the manifest that it gave.
struct LoadedPlugin {
    let sandbox: LuaSandbox
    let access: EventAccess
    let manifest: Manifest
    let titles: TitleTable?

    /// `file` names the plugin in messages; `lines` learns which of its lines run.
    init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder?
    ) throws(PluginLoadError) {
        do throws(ManifestError) {
            access = EventAccess(grants: try Grants([]), hash: context.hash)
        } catch {
            throw .manifest(error)
        }
        titles = context.titles
        do throws(LuaError) {
            sandbox = try LuaSandbox(limits: context.limits, event: access.makeEvent())
            if let lines { sandbox.record(lines) }
            try sandbox.load(source, name: file)
        } catch {
            throw .lua(error)
        }
        do throws(ManifestError) {
            manifest = try Manifest(of: sandbox)
            access.grants = try Grants(manifest.reads, for: manifest.purpose)
            access.isReadOnly = manifest.kind != .redactor
        } catch {
            throw .manifest(error)
        }
    }
}

extension LuaSandbox {
    /// Leaves no event at hand: one that the plugin has kept cannot be used. `seed` is what `math.random` begins with.
    func beginWithoutEvent(seed: UInt64) {
        event.pointee.generation &+= 1
        event.pointee.is_seeded = 1
        event.pointee.random = seed
    }

    /// Points the state's `event` to one that ``EventAccess/begin(_:)`` was called with.
    @inline(__always)
    func begin(_ document: EventDocument) {
        event.pointee.generation &+= 1
        event.pointee.root = document.root
        let data = document.data
        event.pointee.data = data != 0 && document.kind(of: data) == .object ? data : 0
        event.pointee.is_seeded = 0
    }
}
