internal import Events

/// An event as the reason of something: its place in the log and what tells it from all others.
struct EventReference: Sendable {
    let position: Int64
    let source: String
    let id: String
    let type: String
    /// In seconds since 1970; nil where the event has no time that can be trusted.
    let time: Int64?

    init(_ event: EventDocument, at position: Int64, received: Int64?) {
        var buffer = ByteBuffer()
        func text(_ attribute: EventDocument.Attribute) -> String {
            String(decoding: event.string(of: event.node(of: attribute), decodedInto: &buffer), as: UTF8.self)
        }
        self.position = position
        source = text(.source)
        id = text(.id)
        type = text(.type)
        time = event.seconds(received: received)
    }
}
