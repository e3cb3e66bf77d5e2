/// What a store keeps of a title, as the event that it came by.
enum CatalogueEvent {
    /// The text of an event with these data.
    static func text(of data: UnsafeRawBufferPointer) -> [UInt8] {
        let head = #"{"specversion":"1.0","id":"1","source":"catalogue","type":"title.added","data":"#
        return Array(head.utf8) + Array(data) + Array("}".utf8)
    }
}
