internal import Events

/// Turns the rows of one file of Netflix's personal data export into events.
struct NetflixImporter {
    private static let source: StaticString = "netflix/personal-data"

    let file: NetflixFile
    private let traces: Playtraces?

    init(_ file: NetflixFile) {
        self.file = file
        traces = file.special == .traces ? Playtraces() : nil
    }

    /// Appends the events of one record; how many.
    func append(
        _ record: NetflixRecord, _ identities: inout RowIdentities, to writer: inout EventWriter
    ) throws(RowError) -> Int {
        let hash = record.hash(by: file)
        var id: [UInt8] = []
        id.reserveCapacity(80)
        id += file.name.rawBytes
        id.append(UInt8(ascii: "/"))
        identities.append(idOf: hash, to: &id)
        switch file.special {
        case .viewing:
            return try appendViewing(record, id, playback: hash, to: &writer)
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

    /// Begins an event of the record; where it has several, `part` tells them apart.
    func begin(
        _ type: StaticString, _ id: [UInt8], part: StaticString = "", _ record: NetflixRecord, time: [UInt8],
        _ writer: inout EventWriter
    ) {
        let profile = profile(of: record)
        let subject = Array("netflix:".utf8) + (profile.isEmpty ? Cell("account") : profile)
        let id = id + part.rawBytes
        id.withUnsafeBytes { id in
            subject.withUnsafeBytes { subject in
                time.withUnsafeBytes { time in
                    writer.begin(
                        type: type.rawBytes, source: Self.source.rawBytes, id: id, subject: subject, time: time)
                }
            }
        }
        if !profile.isEmpty { writer.string("profile", profile) }
    }

    func profile(of record: NetflixRecord) -> Cell {
        let index = file.columns.indices.first { file.columns[$0].value == .profile && !record.cells[$0].isEmpty }
        return index.map { record.cells[$0] } ?? []
    }

    /// The time of the first column for it that holds anything; empty where none does.
    func time(of record: NetflixRecord) throws(RowError) -> [UInt8] {
        for index in file.columns.indices where file.columns[index].value == .time && !record.cells[index].isEmpty {
            guard let time = record.cells[index].timestamp else {
                throw error(file.columns[index], "a time such as 2024-03-01 20:15:00")
            }
            return time
        }
        return []
    }

    /// The event that has a field for each column.
    private func appendPlain(
        _ record: NetflixRecord, _ id: [UInt8], to writer: inout EventWriter
    ) throws(RowError) {
        begin(file.type, id, record, time: try time(of: record), &writer)
        for (name, value) in file.constants { writer.string(name, value) }
        var fields = NetflixFields(file)
        try fields.append(record, to: &writer)
        switch file.special {
        case .traces: try traces?.append(record.cell("playtraces", of: file), to: &writer)
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
