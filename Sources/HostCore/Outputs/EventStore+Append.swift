internal import Events
internal import Store

extension EventStore {
    /// Adds events that the host itself makes to the log, all or none of them.
    func append(_ texts: [[UInt8]]) throws(StoreError) {
        let batch = StoreBatch()
        let event = EventDocument()
        var buffer = ByteBuffer()
        for text in texts {
            text.withUnsafeBytes { text in
                if !event.load(text) { preconditionFailure("the host made what is no event") }
                let (key, viewer) = (keys.key(of: event, &buffer), keys.viewer(of: event, &buffer))
                batch.add(text, key: key, viewer: viewer, role: EventRole(of: event))
            }
        }
        try commit(batch)
    }
}
