internal import Events

/// The person's events as comma-separated values: a table of all of them, and one for the fields of each top category, with a
/// column for each field that occurs. They are joined by `event_position`.
///
/// What is not classified has a row for each value, for nobody knows how many names there are.
final class CategoryTables {
    private struct Table {
        let top: DataCategory
        let file: ReportFile
        var columns: [[UInt8]] = []
    }

    /// Where the columns of a table have their values among an event's fields; -1 where the event has none.
    private struct Layout {
        let table: Int
        let fields: [Int]
    }

    private let list: ReportFile
    private var tables: [Table] = []
    /// By the shapes' places in their table.
    private var layouts: [[Layout]] = []
    private var buffer = ByteBuffer()
    private var head = ByteBuffer()

    /// Its fields are not in columns.
    private static let unnamed = DataCategory.unclassified

    init(_ shapes: ShapeTable, in folder: ReportFolder) throws(HostError) {
        list = try folder.file("csv/events.csv")
        try list.write("event_position,received,event_time,subject,event_type,source_class,source,id\r\n")
        let fields = shapes.shapes.flatMap { $0.fields }
        for top in Set(fields.map { $0.category.top }).sorted(by: { "\($0.key)" < "\($1.key)" }) {
            var table = Table(top: top, file: try folder.file("csv/\(top.key).csv"))
            if top == Self.unnamed {
                try table.file.write("event_position,event_time,event_type,field,value\r\n")
            } else {
                table.columns = fields.filter { $0.category.top == top }.map { $0.name }.withoutRepetitions
                let names = table.columns.map { String(decoding: $0, as: UTF8.self) }
                try table.file.write("event_position,event_time,event_type," + names.joined(separator: ",") + "\r\n")
            }
            tables.append(table)
        }
        layouts = shapes.shapes.map { layouts(of: $0) }
    }

    private func layouts(of shape: EventShape) -> [Layout] {
        tables.indices.compactMap { index in
            let table = tables[index]
            let own = shape.fields.indices.filter { shape.fields[$0].category.top == table.top }
            if own.isEmpty { return nil }
            if table.top == Self.unnamed { return Layout(table: index, fields: own) }
            return Layout(
                table: index,
                fields: table.columns.map { name in own.first { shape.fields[$0].name == name } ?? -1 })
        }
    }

    /// Adds an event's rows; `nodes` are the values of its shape's fields. `received` is a text.
    func add(
        _ event: EventDocument, _ shape: EventShape, _ nodes: [UInt32], at position: Int64, received: [UInt8]
    ) throws(HostError) {
        head.removeAll()
        Self.append(decimal: position, to: &head)
        head.append(Self.comma)
        addToList(event, shape, received)
        append(event.node(of: .time), of: event, into: &head)
        head.append(Self.comma)
        append(event.node(of: .type), of: event, into: &head)
        for layout in layouts[shape.index] {
            let file = tables[layout.table].file
            if tables[layout.table].top == Self.unnamed {
                for field in layout.fields {
                    file.page.bytes.append(head.rawBytes)
                    file.page.bytes.append(Self.comma)
                    shape.fields[field].name.withUnsafeBytes { CSVField.append($0, into: &file.page.bytes) }
                    file.page.bytes.append(Self.comma)
                    append(nodes[field], of: event, into: &file.page.bytes)
                    file.page.bytes.append("\r\n")
                }
            } else {
                file.page.bytes.append(head.rawBytes)
                for field in layout.fields {
                    file.page.bytes.append(Self.comma)
                    if field >= 0 { append(nodes[field], of: event, into: &file.page.bytes) }
                }
                file.page.bytes.append("\r\n")
            }
            try file.flushIfFull()
        }
        try list.flushIfFull()
    }

    private func addToList(_ event: EventDocument, _ shape: EventShape, _ received: [UInt8]) {
        list.page.bytes.append(head.rawBytes)
        received.withUnsafeBytes { list.page.bytes.append($0) }
        for attribute in [EventDocument.Attribute.time, .subject, .type] {
            list.page.bytes.append(Self.comma)
            append(event.node(of: attribute), of: event, into: &list.page.bytes)
        }
        for byte in ",\(shape.source.rawValue)".utf8 { list.page.bytes.append(byte) }
        for attribute in [EventDocument.Attribute.source, .id] {
            list.page.bytes.append(Self.comma)
            append(event.node(of: attribute), of: event, into: &list.page.bytes)
        }
        list.page.bytes.append("\r\n")
    }

    private static let comma = UInt8(ascii: ",")

    /// Appends a number that is not negative.
    private static func append(decimal number: Int64, to output: inout ByteBuffer) {
        var unit: Int64 = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            output.append(UInt8(truncatingIfNeeded: number / unit % 10) + UInt8(ascii: "0"))
            unit /= 10
        }
    }

    /// Appends a value: of strings what they stand for, numbers and the like as they are, and tables as JSON. Null is nothing.
    private func append(_ node: UInt32, of event: EventDocument, into output: inout ByteBuffer) {
        if node == 0 { return }
        switch event.kind(of: node) {
        case .null: return
        case .string: CSVField.append(event.string(of: node, decodedInto: &buffer), into: &output)
        case .number, .true, .false: output.append(event.text(of: node))
        case .array, .object: CSVField.append(event.text(of: node), into: &output)
        }
    }
}
