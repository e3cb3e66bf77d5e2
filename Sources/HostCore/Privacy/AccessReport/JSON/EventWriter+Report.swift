internal import Events
internal import Plugins

// What the sections of a report are written with.
extension EventWriter {
    mutating func object(_ name: StaticString, _ body: (inout EventWriter) -> Void) {
        beginObject(name.rawBytes)
        body(&self)
        endObject()
    }

    /// An array with an object for each of the items.
    mutating func objects<Item>(_ name: StaticString, _ items: [Item], _ body: (inout EventWriter, Item) -> Void) {
        beginArray(name)
        for item in items {
            beginObject()
            body(&self, item)
            endObject()
        }
        endArray()
    }

    mutating func texts(_ name: StaticString, _ texts: [String]) {
        beginArray(name)
        for text in texts { Array(text.utf8).withUnsafeBytes { element($0) } }
        endArray()
    }

    /// Seconds since 1970 as a date-time, or null.
    mutating func time(_ name: StaticString, _ seconds: Int64?) {
        let isTime = seconds != .min && seconds != .max
        string(name, isTime ? seconds.map { $0.timeText } : nil)
    }

    mutating func boolean(_ name: StaticString, _ value: Bool?) {
        if let value { boolean(name, value) } else { null(name) }
    }

    mutating func null(_ name: StaticString) {
        json(name.rawBytes, text: ("null" as StaticString).rawBytes)
    }

    mutating func decimal(_ name: StaticString, _ value: Double?) {
        guard let value, value.isFinite else { return null(name) }
        Array("\(value)".utf8).withUnsafeBytes { number(name, text: $0) }
    }

    /// A value whose text is JSON already.
    mutating func json(_ name: StaticString, _ text: UnsafeRawBufferPointer) {
        json(name.rawBytes, text: text)
    }

    mutating func reference(_ name: StaticString, _ event: EventReference?) {
        guard let event else { return null(name) }
        object(name) { $0.reference(event) }
    }

    /// The members that tell an event.
    mutating func reference(_ event: EventReference) {
        number("position", Int(event.position))
        string("source", event.source)
        string("id", event.id)
        string("type", event.type)
        time("time", event.time)
    }

    mutating func articles(_ articles: [LegalArticle]) {
        texts("articles", articles.map { $0.rawValue })
    }

    /// What every item of a report has.
    mutating func basis(_ category: DataCategory, _ basis: LegalBasis, _ source: SourceClass, until: Int64?) {
        string("category", "\(category.key)")
        string("purpose", "\(basis.purpose.name)")
        articles(basis.articles)
        string("source_class", source.rawValue)
        time("retained_until", until)
    }
}
