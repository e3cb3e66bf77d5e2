internal import Models
internal import Store

extension TitleCatalogue {
    /// What a store knows of titles.
    init(of store: EventStore) throws(HostError) {
        self.init()
        try CatalogueEvent.forEach(in: store) { add(EventFields(of: $0)) }
    }
}
