internal import Events
internal import Plugins
internal import Store

/// Events of viewers, page by page, so that no more than a page of them is in memory.
enum EventPages {
    /// Events of each viewer in a page.
    private static let size = 2048
    /// Bytes of a page of all viewers.
    private static let bytes = 4 << 20

    /// Calls `body` with each event of the viewers, or of all, up to a place of the log, in the log's order.
    static func forEach(
        of viewers: [Int64]?, through end: Int64, in store: EventStore,
        _ body: (EventDocument, LogPart.Entry, UnsafeRawBufferPointer) throws(HostError) -> Void
    ) throws(HostError) {
        let event = EventDocument()
        let part = LogPart()
        var reached: Int64 = 0
        while reached < end {
            try HostError.translating { () throws(StoreError) in
                if let viewers {
                    try store.readEvents(of: viewers, after: reached, through: end, limit: size, into: part)
                } else {
                    try store.readLog(after: reached, through: end, bytes: bytes, into: part)
                }
            }
            for entry in part.entries {
                let text = part.text(of: entry)
                guard event.load(text) else {
                    throw .store("event \(entry.position) of the log is damaged: use a backup")
                }
                try body(event, entry, text)
            }
            if part.end == reached { return }
            reached = part.end
        }
    }
}

/// What is found by looking once through all events of a person.
final class Survey {
    let shapes: ShapeTable
    let will: Will
    private(set) var habits = Habits()
    private(set) var events = 0
    /// By the `source` of the events.
    private(set) var sources: [String: Int] = [:]
    /// Times of the first and the last event that has one, in seconds since 1970.
    private(set) var first = Int64.max
    private(set) var last = Int64.min

    init(
        of person: Person, _ rules: GateRules, through end: Int64, in store: EventStore
    ) throws(HostError) {
        shapes = ShapeTable(rules)
        will = Will(
            of: person, rules,
            steps: try HostError.translating { () throws(StoreError) in try store.identityRecords() })
        var buffer = ByteBuffer()
        try EventPages.forEach(of: person.related, through: end, in: store) { event, entry, _ in
            will.add(event, entry)
            if !person.contains(entry.viewer) { return }
            let time = event.seconds(received: entry.received)
            let shape = shapes.shape(of: event)
            shape.note(at: time, position: entry.position)
            habits.add(event, shape, at: time, entry.position, received: entry.received)
            note(event, at: time, &buffer)
        }
        will.finish()
    }

    private func note(_ event: EventDocument, at time: Int64?, _ buffer: inout ByteBuffer) {
        events += 1
        let source = event.string(of: event.node(of: .source), decodedInto: &buffer)
        sources[String(decoding: source, as: UTF8.self), default: 0] += 1
        guard let time else { return }
        first = min(first, time)
        last = max(last, time)
    }
}

/// What is kept of one category in a person's events.
struct CategoryCount {
    let category: DataCategory
    var values = 0
    var first = Int64.max
    var last = Int64.min
    var sources: Set<SourceClass> = []
    var bases: [LegalBasis] = []
}

extension ShapeTable {
    /// All categories of the events, by their keys.
    var categories: [CategoryCount] {
        var counts: [DataCategory: CategoryCount] = [:]
        for shape in shapes {
            for field in shape.fields {
                var count = counts[field.category] ?? CategoryCount(category: field.category)
                count.values += shape.count
                count.first = min(count.first, shape.first)
                count.last = max(count.last, shape.last)
                count.sources.insert(shape.source)
                if !count.bases.contains(field.basis) { count.bases.append(field.basis) }
                counts[field.category] = count
            }
        }
        return counts.values.sorted { "\($0.category.key)" < "\($1.category.key)" }
    }
}
