internal import Events
internal import Store

/// What a store keeps of a title, as the event that it came by.
enum CatalogueEvent {
    /// Calls `body` with each title of a store's catalogue.
    static func forEach(in store: EventStore, _ body: (EventDocument) -> Void) throws(HostError) {
        let event = EventDocument()
        try HostError.translating { () throws(StoreError) in
            try store.forEachTitle { data in text(of: data).withUnsafeBytes { if event.load($0) { body(event) } } }
        }
    }

    /// The text of an event with these data.
    private static func text(of data: UnsafeRawBufferPointer) -> [UInt8] {
        let head = #"{"specversion":"1.0","id":"1","source":"catalogue","type":"title.added","data":"#
        return Array(head.utf8) + Array(data) + Array("}".utf8)
    }
}
