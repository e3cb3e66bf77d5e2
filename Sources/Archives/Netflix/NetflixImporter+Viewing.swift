internal import Events

extension NetflixImporter {
    /// A start and a stop for what was watched; one event for a trailer and its kin.
    func appendViewing(
        _ record: NetflixRecord, _ id: [UInt8], playback: RowHash, to writer: inout EventWriter
    ) throws(RowError) -> Int {
        let start = try time(of: record)
        if start.isEmpty { throw RowError("'Start Time'", "there") }
        let promotion = record.cell("supplemental video type", of: file)
        let seconds = try seconds("duration", record, "'Duration'")
        guard promotion.isEmpty else {
            begin("promotion.played", id, record, time: start, &writer)
            try appendCommon(record, playback, to: &writer)
            writer.string("promotion", promotion)
            try appendProgress(record, seconds, to: &writer)
            writer.end()
            return 1
        }
        begin("playback.started", id, part: "/started", record, time: start, &writer)
        let commonStart = writer.bytes.count
        try appendCommon(record, playback, to: &writer)
        let commonEnd = writer.bytes.count
        writer.end()
        begin("playback.stopped", id, part: "/stopped", record, time: later(start, by: seconds ?? 0), &writer)
        writer.repeatFields(from: commonStart, to: commonEnd)
        try appendProgress(record, seconds, to: &writer)
        writer.end()
        return 2
    }

    private func appendCommon(
        _ record: NetflixRecord, _ playback: RowHash, to writer: inout EventWriter
    ) throws(RowError) {
        var fields = NetflixFields(file)
        try fields.append(record, to: &writer)
        EpisodeTitle(record.cell("title", of: file))?.append(to: &writer)
        writer.string("playback_id", playback.text)
        let attributes = record.cell("attributes", of: file)
        if !attributes.isEmpty {
            // `Autoplayed: user action: None;`
            if attributes.contains("Autoplayed: user action: None") { writer.boolean("autoplayed", true) }
            writer.string("attributes", attributes)
        }
        fields.append(record.others, to: &writer)
    }

    private func appendProgress(
        _ record: NetflixRecord, _ seconds: Int?, to writer: inout EventWriter
    ) throws(RowError) {
        if let seconds { writer.number("seconds_watched", seconds) }
        if let position = try self.seconds("bookmark", record, "'Bookmark'") {
            writer.number("position_seconds", position)
        }
        // Either where the title stands, or a sentence in the account's language: `Not latest view`.
        let latest = record.cell("latest bookmark", of: file)
        if !latest.isEmpty { writer.boolean("is_latest_view", latest.seconds != nil) }
    }

    private func seconds(
        _ column: StaticString, _ record: NetflixRecord, _ title: String
    ) throws(RowError) -> Int? {
        let cell = record.cell(column, of: file)
        if cell.isEmpty { return nil }
        guard let seconds = cell.seconds else { throw RowError(title, "a duration such as 00:21:37") }
        return seconds
    }

    private func later(_ time: [UInt8], by seconds: Int) -> [UInt8] {
        let start = time.withUnsafeBytes { Timestamp.microseconds(of: $0) } ?? 0
        return Timestamp.text(ofSeconds: max(0, start / 1_000_000 + Int64(seconds)))
    }
}

/// An episode's full name, such as `The Long Field: Season 2: Home (Episode 3)`, cut into its parts.
///
/// The season is the first part but the outer ones that ends in a number, or is a limited series; that holds in any
/// language in which Netflix writes `Season 2`, `Staffel 2`, `Temporada 2`.
struct EpisodeTitle {
    private let series: Cell
    private let season: Cell
    private let episode: Cell

    init?(_ title: Cell) {
        var cut: Int?
        for index in title.indices.dropLast() where title[index] == UInt8(ascii: ":") && title[index + 1] == 0x20 {
            guard let first = cut else {
                cut = index
                continue
            }
            cut = index
            let part = title[(first + 2)..<index]
            let isSeason = part.last.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
            guard isSeason || part.equals("Limited Series") else { continue }
            series = title[..<first]
            season = part
            episode = title[(index + 2)...]
            return
        }
        return nil
    }

    func append(to writer: inout EventWriter) {
        writer.string("series", series)
        writer.string("season", season)
        writer.string("episode", episode)
    }
}
