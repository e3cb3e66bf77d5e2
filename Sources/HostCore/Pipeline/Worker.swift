internal import Events
internal import Plugins
internal import Store

/// Leads a chunk's events through the plugins in order. Each worker has its own Lua state for each plugin.
///
/// Made by one thread and then used by one other alone, which makes it safe to send.
final class Worker: @unchecked Sendable {
    private let chain: any EventChain
    private let keys: EventKeys?
    private var buffer = ByteBuffer()

    /// `keys` are those of the store that the events go to.
    init(chain: any EventChain, keys: EventKeys?) {
        self.chain = chain
        self.keys = keys
    }

    /// What each plugin did up to now.
    var usage: [PluginUsage] {
        chain.usage
    }

    /// Fills in the results of the chunk, or of a part of it. Where `skipping`, no plugin is called any more.
    func process(_ chunk: Chunk, skipping: Bool) {
        guard let keys else { return chain.process(chunk, skipping: skipping, noting: nil) }
        chain.process(chunk, skipping: skipping) { [self] document, event in
            event.key = keys.key(of: document, &buffer)
            event.viewer = keys.viewer(of: document, &buffer)
            event.role = EventRole(of: document)
        }
    }
}
