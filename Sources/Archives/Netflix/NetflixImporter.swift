internal import Events

/// Turns the rows of one file of Netflix's personal data export into events.
struct NetflixImporter {
    static let source = "netflix/personal-data"

    let file: NetflixFile

    /// Appends the events of one record; how many.
    func append(
        _ record: NetflixRecord, _ identities: inout RowIdentities, to writer: inout EventWriter
    ) throws(RowError) -> Int {
        let id = "\(file.name)/" + identities.id(of: record.hash(by: file))
        switch file.special {
        case .viewing:
            return try appendViewing(record, id, to: &writer)
        case .channels:
            var account = record
            account.others.removeAll { Self.channel(of: $0.name) != nil }
            try appendPlain(account, id, to: &writer)
            return try 1 + appendChannels(record, id, to: &writer)
        case .profile:
            try appendPlain(record, id, to: &writer)
            return try 1 + appendPrivacy(record, id, to: &writer)
        case .none, .traces, .rating, .interest, .restrictions:
            try appendPlain(record, id, to: &writer)
            return 1
        }
    }

    func begin(
        _ type: StaticString, _ id: String, _ record: NetflixRecord, time: [UInt8], _ writer: inout EventWriter
    ) {
        let profile = profile(of: record)
        let subject = Array("netflix:".utf8) + (profile.isEmpty ? Cell("account") : profile)
        let id = Array(id.utf8)
        id.withUnsafeBytes { id in
            subject.withUnsafeBytes { subject in
                time.withUnsafeBytes { time in
                    Array(Self.source.utf8).withUnsafeBytes { source in
                        writer.begin(type: type.rawBytes, source: source, id: id, subject: subject, time: time)
                    }
                }
            }
        }
        if !profile.isEmpty { writer.string("profile", Array(profile)) }
    }

    func profile(of record: NetflixRecord) -> Cell {
        zip(file.columns, record.cells).first { $0.0.value == .profile && !$0.1.isEmpty }?.1 ?? []
    }

    /// The time of the first column for it that holds anything; empty where none does.
    func time(of record: NetflixRecord) throws(RowError) -> [UInt8] {
        for (column, cell) in zip(file.columns, record.cells) where column.value == .time && !cell.isEmpty {
            guard let time = cell.timestamp else { throw error(column, "a time such as 2024-03-01 20:15:00") }
            return time
        }
        return []
    }

    /// The event that has a field for each column.
    private func appendPlain(
        _ record: NetflixRecord, _ id: String, to writer: inout EventWriter
    ) throws(RowError) {
        begin(file.type, id, record, time: try time(of: record), &writer)
        for (name, value) in file.constants { writer.string(name, value) }
        var fields = NetflixFields(file)
        for (column, cell) in zip(file.columns, record.cells) where !cell.isEmpty {
            try fields.append(column, cell, to: &writer)
        }
        fields.endObject(&writer)
        switch file.special {
        case .traces: try Playtraces.append(record.cell("playtraces", of: file), to: &writer)
        case .rating: try appendRating(record, to: &writer)
        case .interest: try appendInterest(record, to: &writer)
        case .restrictions: appendRestrictions(record, to: &writer)
        case .none, .viewing, .channels, .profile: break
        }
        fields.append(record.others, to: &writer)
        writer.end()
    }

    private func appendRating(_ record: NetflixRecord, to writer: inout EventWriter) throws(RowError) {
        let stars = record.cell("star value", of: file)
        let thumbs = record.cell("thumbs value", of: file)
        // Files fill in one of the two and leave the other empty or 0.
        let kind = record.cell("rating type", of: file).normalised[...]
        let isThumbs = kind.contains("thumb") || !kind.contains("star") && !thumbs.isEmpty
        let value = isThumbs ? thumbs : stars
        guard let number = value.number else {
            throw RowError(isThumbs ? "'Thumbs Value'" : "'Star Value'", "a number")
        }
        writer.string("scale", isThumbs ? "thumbs" : "stars")
        number.withUnsafeBytes { writer.number("rating", text: $0) }
    }

    private func appendInterest(_ record: NetflixRecord, to writer: inout EventWriter) throws(RowError) {
        let cell = record.cell("is interested", of: file)
        if cell.isEmpty { return }
        guard let isInterested = cell.boolean else { throw RowError("'Is Interested'", "yes or no") }
        writer.number("rating", isInterested ? 1 : 0)
    }

    private func appendRestrictions(_ record: NetflixRecord, to writer: inout EventWriter) {
        writer.beginArray("restricted_titles")
        for line in record.cell("text", of: file).split(separator: UInt8(ascii: "\n")) {
            line.withUnsafeBytes { writer.element($0) }
        }
        writer.endArray()
    }

    func error(_ column: NetflixFile.Column, _ expected: StaticString) -> RowError {
        RowError("'\(column.name)'", expected)
    }
}

/// Writes cells as fields of `data`, each field once.
struct NetflixFields {
    private let file: NetflixFile
    private var written: [[UInt8]]
    private var object: Cell = []

    init(_ file: NetflixFile) {
        self.file = file
        written = file.constants.map { Array($0.0.rawBytes) } + [Array("profile".utf8)]
    }

    mutating func append(
        _ column: NetflixFile.Column, _ cell: Cell, to writer: inout EventWriter
    ) throws(RowError) {
        switch column.value {
        case .time, .profile, .own: return
        case .text, .timestamp, .seconds, .boolean, .number: break
        }
        let path = Array(Cell(column.field))
        if written.contains(path) { return append([(Cell(column.name).snakeCase, cell)], to: &writer) }
        written.append(path)
        let parts = path.split(separator: UInt8(ascii: "."))
        let parent = parts.count == 2 ? parts[0] : []
        if parent != object {
            endObject(&writer)
            if !parent.isEmpty { parent.withUnsafeBytes { writer.beginObject($0) } }
            object = parent
        }
        try append(value: cell, of: column, named: Array(parts[parts.count - 1]), to: &writer)
    }

    private func append(
        value cell: Cell, of column: NetflixFile.Column, named name: [UInt8], to writer: inout EventWriter
    ) throws(RowError) {
        let title = "'\(column.name)'"
        switch column.value {
        case .timestamp:
            guard let time = cell.timestamp else { throw RowError(title, "a time such as 2024-03-01 20:15:00") }
            writer.string(column.field, time)
        case .seconds:
            guard let seconds = cell.seconds else { throw RowError(title, "a duration such as 00:21:37") }
            writer.number(column.field, seconds)
        case .boolean:
            guard let value = cell.boolean else { throw RowError(title, "yes or no") }
            writer.boolean(column.field, value)
        case .number:
            guard let number = cell.number else { throw RowError(title, "a number") }
            number.withUnsafeBytes { writer.number(column.field, text: $0) }
        case .text, .time, .profile, .own:
            name.withUnsafeBytes { name in cell.withUnsafeBytes { writer.string(name, $0) } }
        }
    }

    /// Fields that the catalogue does not have. One whose name the catalogue uses for this type has `column_` before it,
    /// for it need not be what the catalogue means.
    mutating func append(_ others: [(name: [UInt8], value: Cell)], to writer: inout EventWriter) {
        endObject(&writer)
        for (name, value) in others {
            var field = name.isEmpty ? Array("unnamed".utf8) : name
            while written.contains(field) || isKnown(field) { field = Array("column_".utf8) + field }
            written.append(field)
            field.withUnsafeBytes { name in value.withUnsafeBytes { writer.string(name, $0) } }
        }
    }

    private func isKnown(_ field: [UInt8]) -> Bool {
        guard let type = Catalogue.index(ofType: file.type.rawBytes) else { return false }
        return Catalogue.types[type].fields.contains { field[...].equals($0.name) }
    }

    mutating func endObject(_ writer: inout EventWriter) {
        if !object.isEmpty { writer.endObject() }
        object = []
    }
}
