internal import Events

extension QualityReport {
    /// The reports as JSON, an object a line, with all their rows. A number that is not there is null.
    public static func json(_ reports: [QualityReport]) -> String {
        var writer = EventWriter()
        for report in reports { report.write(to: &writer) }
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }

    private func write(to writer: inout EventWriter) {
        writer.bytes.append("{")
        writer.string("plugin", Array(plugin.utf8))
        writer.string("version", Array(version.utf8))
        writer.string("title", Array(title.utf8))
        writer.string("up_to", time)
        writer.number("failures", failures)
        writer.string("suspended", suspended)
        writer.beginArray("columns")
        for column in columns {
            writer.beginObject()
            writer.string("name", Array(column.name.utf8))
            writer.string("unit", Array(column.unit.rawValue.utf8))
            writer.endObject()
        }
        writer.endArray()
        writer.string("chart", Array(chartColumn.name.utf8))
        writer.beginObject("total")
        write(total, to: &writer)
        writer.endObject()
        writer.beginArray("tables")
        for table in tables {
            writer.beginObject()
            writer.string("dimension", Array(table.dimension.utf8))
            writer.number("hidden", table.hidden)
            writer.beginArray("rows")
            for row in table.rows {
                writer.beginObject()
                writer.string("value", Array(row.value.utf8))
                write(row, to: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.bytes.append("}\n")
    }

    private func write(_ row: Row, to writer: inout EventWriter) {
        writer.number("events", row.events)
        writer.beginObject("numbers")
        for (column, number) in zip(columns, row.numbers) {
            writer.json(Array(column.name.utf8), Array((number.map(Self.digits) ?? "null").utf8))
        }
        writer.endObject()
    }
}

extension EventWriter {
    /// A text, or null.
    mutating func string(_ name: StaticString, _ value: String?) {
        if let value {
            string(name, Array(value.utf8))
        } else {
            json(name.rawBytes, text: ("null" as StaticString).rawBytes)
        }
    }

    fileprivate mutating func beginObject(_ name: StaticString) {
        beginObject(name.rawBytes)
    }

    fileprivate mutating func json(_ name: [UInt8], _ text: [UInt8]) {
        name.withUnsafeBytes { name in text.withUnsafeBytes { json(name, text: $0) } }
    }
}
