internal import Events
internal import Plugins
internal import Store

extension AccessReport {
    /// Bytes of JSON that are handed on at once.
    private static let pageBytes = 64 << 10

    /// Hands the report on as JSON, piece by piece. The schema is in docs/schemas/access-report.schema.json.
    public func writeJSON(_ sink: (UnsafeRawBufferPointer) throws(HostError) -> Void) throws(HostError) {
        var writer = EventWriter()
        begin(&writer)
        try forEachEvent { event, entry, text throws(HostError) in
            let shape = survey.shapes.shape(of: event)
            write(event, shape, entry, text, to: &writer)
            if writer.bytes.count >= Self.pageBytes { try Self.flush(&writer, sink) }
        }
        finish(&writer)
        try sink(writer.bytes.rawBytes)
        try recordMade()
    }

    /// All but the last byte, by which the writer knows whether a comma is needed.
    static func flush(
        _ writer: inout EventWriter, _ sink: (UnsafeRawBufferPointer) throws(HostError) -> Void
    ) throws(HostError) {
        let count = writer.bytes.count - 1
        try sink(UnsafeRawBufferPointer(rebasing: writer.bytes.rawBytes[..<count]))
        writer.bytes.removeFirst(count)
    }

    /// All up to the events.
    func begin(_ writer: inout EventWriter) {
        writer.bytes.append("{")
        writer.string("format", "viewerhost-access-report")
        writer.number("version", 1)
        writer.time("made_at", requests.time)
        writeViewer(&writer)
        writePurposes(&writer)
        writeConsents(&writer)
        writeCategories(&writer)
        writeTypes(&writer)
        writeSources(&writer)
        writeRecipients(&writer)
        writeAudit(&writer)
        writeDerived(&writer)
        writeQuarantine(&writer)
        writer.beginArray("events")
    }

    func finish(_ writer: inout EventWriter) {
        writer.endArray()
        writer.bytes.append("}\n")
    }

    /// An event of the log with what is said of it.
    func write(
        _ event: EventDocument, _ shape: EventShape, _ entry: LogPart.Entry, _ text: UnsafeRawBufferPointer,
        to writer: inout EventWriter
    ) {
        let time = event.seconds(received: entry.received)
        writer.beginObject()
        writer.number("position", Int(entry.position))
        writer.string("received", received.text(of: entry.received))
        writeRetention(of: shape, at: time ?? entry.received, to: &writer)
        let annotations = shape.annotations(survey.will.purposes(at: time))
        annotations.withUnsafeBytes { writer.bytes.append($0) }
        writer.json("event", text)
        writer.endObject()
    }

    /// By category where anything limits it, else null.
    private func writeRetention(of shape: EventShape, at time: Int64, to writer: inout EventWriter) {
        guard let retention = options.retention else { return writer.null("retained_until") }
        let ends = shape.categories.map { ($0, retention($0, time)) }
        if ends.allSatisfy({ $0.1 == nil }) { return writer.null("retained_until") }
        writer.object("retained_until") { writer in
            for (category, end) in ends { writer.time(category.key, end) }
        }
    }

    private func writeQuarantine(_ writer: inout EventWriter) {
        let event = EventDocument()
        let shapes = ShapeTable(plugins.settings.rules)
        writer.objects("quarantine", quarantined) { writer, quarantined in
            writer.string("number", "\(quarantined.number)")
            writer.string("plugin", quarantined.plugin)
            writer.string("code", quarantined.code)
            writer.string("message", quarantined.message)
            writer.string("origin", quarantined.origin)
            writer.string("received", received.text(of: quarantined.received))
            quarantined.body.withUnsafeBytes { body in
                guard event.load(body) else { return }
                let shape = shapes.shape(of: event)
                let time = event.seconds(received: quarantined.received) ?? quarantined.received
                writeRetention(of: shape, at: time, to: &writer)
                // It waits, and is used for nothing.
                let annotations = shape.annotations(0)
                annotations.withUnsafeBytes { writer.bytes.append($0) }
                writer.json("event", body)
            }
        }
    }
}

extension EventShape {
    /// Members of an object, with a comma before them.
    fileprivate func annotations(_ purposes: UInt8) -> [UInt8] {
        let known = annotations[Int(purposes)]
        if !known.isEmpty { return known }
        var writer = EventWriter()
        // So that a comma comes first.
        writer.bytes.append("}")
        writer.string("source_class", source.rawValue)
        writer.texts("categories", categories.map { "\($0.key)" })
        writer.articles(articles)
        let names = Purpose.allCases.filter { purposes & 1 << $0.rawValue != 0 }.map { "\($0.name)" }
        writer.texts("usable_for", names)
        let text = Array(writer.bytes.rawBytes.dropFirst())
        annotations[Int(purposes)] = text
        return text
    }
}

/// Times of receipt as texts: many events come in the same second.
struct ReceiptTimes {
    private var time = Int64.min
    private var text: [UInt8] = []

    mutating func text(of time: Int64) -> [UInt8] {
        if time != self.time { (self.time, text) = (time, Array(time.timeText.utf8)) }
        return text
    }
}
