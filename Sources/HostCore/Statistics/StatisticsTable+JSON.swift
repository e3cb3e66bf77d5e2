internal import Events
internal import Privacy

extension StatisticsTable {
    /// The table as JSON, on one line.
    public var json: String {
        var writer = EventWriter()
        writer.bytes.append("{")
        if let release { writer.number("release", Int(release)) }
        writer.string("refusal", refusal)
        query.write(to: &writer)
        writer.digits("threshold", query.plan.threshold.map { Double($0) })
        writer.noise("viewers_noise", query.plan.viewersNoise?.standardDeviation, query.plan.viewersNoise?.halfWidth95)
        writer.digits("number_standard_deviation", query.plan.totalDeviation)
        writer.beginArray("rows")
        for row in rows {
            writer.beginObject()
            writer.beginArray("values")
            for value in row.values { Array(value.utf8).withUnsafeBytes { writer.element($0) } }
            writer.endArray()
            if let viewers = row.viewers { writer.number("viewers", viewers) }
            writer.digits("number", row.number)
            writer.digits("half_width_95", row.halfWidth)
            writer.endObject()
        }
        writer.endArray()
        writer.bytes.append("}")
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }
}

extension StatisticsQuery {
    /// All that was asked, as JSON.
    var parameters: String {
        var writer = EventWriter()
        writer.bytes.append("{")
        write(to: &writer)
        writer.bytes.append("}")
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }

    fileprivate func write(to writer: inout EventWriter) {
        writer.string("measure", Array(title.utf8))
        writer.list("by", request.by)
        writer.list("values", request.values)
        writer.list("types", request.types)
        writer.string("since", request.since?.timeText)
        writer.string("until", request.until?.timeText)
        writer.number("groups_per_viewer", plan.groupsPerViewer)
        writer.string("max_per_viewer", request.mostPerViewer)
        writer.string("mechanism", Array(request.mechanism.utf8))
        writer.text("epsilon", plan.cost.epsilon.description)
        writer.text("delta", plan.cost.delta.description)
        writer.text("rho", plan.cost.rho.description)
    }
}

extension EventWriter {
    fileprivate mutating func text(_ name: StaticString, _ number: String) {
        Array(number.utf8).withUnsafeBytes { self.number(name, text: $0) }
    }

    fileprivate mutating func digits(_ name: StaticString, _ number: Double?) {
        if let number { text(name, QualityReport.digits(number)) }
    }

    fileprivate mutating func list(_ name: StaticString, _ texts: [String]) {
        beginArray(name)
        for text in texts { Array(text.utf8).withUnsafeBytes { element($0) } }
        endArray()
    }

    fileprivate mutating func noise(_ name: StaticString, _ deviation: Double?, _ halfWidth: Int?) {
        guard let deviation, let halfWidth else { return }
        beginObject(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        digits("standard_deviation", deviation)
        number("half_width_95", halfWidth)
        endObject()
    }
}
