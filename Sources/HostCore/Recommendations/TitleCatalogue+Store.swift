internal import Events
internal import Models
internal import Store

extension TitleCatalogue {
    /// What a store knows of titles.
    init(of store: EventStore) throws(HostError) {
        self.init()
        let event = EventDocument()
        let fields = EventFields(of: event)
        try HostError.translating { () throws(StoreError) in
            try store.forEachTitle { data in
                CatalogueEvent.text(of: data).withUnsafeBytes { if event.load($0) { add(fields) } }
            }
        }
    }
}
