internal import Events

/// Writes cells as fields of `data`, each field once.
struct NetflixFields {
    private let file: NetflixFile
    /// The columns whose fields are written, a bit for each.
    private var written: UInt64 = 0
    /// The names of other fields.
    private var others: [[UInt8]] = []
    /// The object that was begun; empty for none.
    private var object = UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ file: NetflixFile) {
        self.file = file
    }

    /// Appends the cells that belong to the file's columns.
    mutating func append(_ record: NetflixRecord, to writer: inout EventWriter) throws(RowError) {
        for index in file.columns.indices where !record.cells[index].isEmpty {
            try append(record.cells[index], at: index, to: &writer)
        }
        endObject(&writer)
    }

    private mutating func append(_ cell: Cell, at index: Int, to writer: inout EventWriter) throws(RowError) {
        let column = file.columns[index]
        switch column.value {
        case .time, .profile, .own: return
        case .text, .timestamp, .seconds, .boolean, .number: break
        }
        if isWritten(column.field.rawBytes) {
            return append([(Cell(column.name).snakeCase, cell)], to: &writer)
        }
        written |= 1 << UInt64(index)
        if !column.object.elementsEqual(object) {
            endObject(&writer)
            object = column.object
            if !object.isEmpty { writer.beginObject(object) }
        }
        try append(value: cell, of: column, to: &writer)
    }

    private func append(
        value cell: Cell, of column: NetflixFile.Column, to writer: inout EventWriter
    ) throws(RowError) {
        switch column.value {
        case .timestamp:
            guard let time = cell.timestamp else { throw error(column, "a time such as 2024-03-01 20:15:00") }
            writer.string(column.field, time)
        case .seconds:
            guard let seconds = cell.seconds else { throw error(column, "a duration such as 00:21:37") }
            writer.number(column.field, seconds)
        case .boolean:
            guard let value = cell.boolean else { throw error(column, "yes or no") }
            writer.boolean(column.field, value)
        case .number:
            guard let number = cell.number else { throw error(column, "a number") }
            number.withUnsafeBytes { writer.number(column.field, text: $0) }
        case .text, .time, .profile, .own:
            cell.withUnsafeBytes { writer.string(column.fieldInObject, $0) }
        }
    }

    private func error(_ column: NetflixFile.Column, _ expected: StaticString) -> RowError {
        RowError("'\(column.name)'", expected)
    }

    /// Whether the event has the field already.
    private func isWritten(_ field: UnsafeRawBufferPointer) -> Bool {
        let profile: StaticString = "profile"
        if field.elementsEqual(profile.rawBytes) { return true }
        for (name, _) in file.constants where field.elementsEqual(name.rawBytes) { return true }
        var left = written
        while left != 0 {
            if field.elementsEqual(file.columns[left.trailingZeroBitCount].field.rawBytes) { return true }
            left &= left - 1
        }
        return others.contains { $0.elementsEqual(field) }
    }

    /// Fields that the catalogue does not have. One whose name the catalogue uses for this type has `column_` before it,
    /// for it need not be what the catalogue means.
    mutating func append(_ cells: [(name: [UInt8], value: Cell)], to writer: inout EventWriter) {
        endObject(&writer)
        for (name, value) in cells {
            var field = name.isEmpty ? Array("unnamed".utf8) : name
            while field.withUnsafeBytes({ isWritten($0) }) || isKnown(field) {
                field = Array("column_".utf8) + field
            }
            others.append(field)
            field.withUnsafeBytes { name in value.withUnsafeBytes { writer.string(name, $0) } }
        }
    }

    private func isKnown(_ field: [UInt8]) -> Bool {
        guard let type = Catalogue.index(ofType: file.type.rawBytes) else { return false }
        return Catalogue.types[type].fields.contains { field[...].equals($0.name) }
    }

    private mutating func endObject(_ writer: inout EventWriter) {
        if !object.isEmpty { writer.endObject() }
        object = UnsafeRawBufferPointer(start: nil, count: 0)
    }
}
