internal import Events

extension NetflixImporter {
    /// A start and a stop for what was watched; one event for a trailer and its kin.
    func appendViewing(
        _ record: NetflixRecord, _ id: String, to writer: inout EventWriter
    ) throws(RowError) -> Int {
        guard let start = try time(of: record).nonEmpty else { throw RowError("'Start Time'", "there") }
        let promotion = record.cell("supplemental video type", of: file)
        let seconds = try seconds("duration", record, "'Duration'")
        guard promotion.isEmpty else {
            begin("promotion.played", id, record, time: start, &writer)
            try appendCommon(record, to: &writer)
            writer.string("promotion", Array(promotion))
            try appendProgress(record, seconds, to: &writer)
            writer.end()
            return 1
        }
        begin("playback.started", id + "/started", record, time: start, &writer)
        try appendCommon(record, to: &writer)
        writer.end()
        begin("playback.stopped", id + "/stopped", record, time: later(start, by: seconds ?? 0), &writer)
        try appendCommon(record, to: &writer)
        try appendProgress(record, seconds, to: &writer)
        writer.end()
        return 2
    }

    private func appendCommon(_ record: NetflixRecord, to writer: inout EventWriter) throws(RowError) {
        var fields = NetflixFields(file)
        for (column, cell) in zip(file.columns, record.cells) where !cell.isEmpty {
            try fields.append(column, cell, to: &writer)
        }
        EpisodeTitle(record.cell("title", of: file))?.append(to: &writer)
        writer.string("playback_id", Array(record.hash(by: file).text.utf8))
        let attributes = record.cell("attributes", of: file)
        if !attributes.isEmpty {
            // `Autoplayed: user action: None;`
            if attributes.contains("Autoplayed: user action: None") { writer.boolean("autoplayed", true) }
            writer.string("attributes", Array(attributes))
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
        return Array(Timestamp.text(ofSeconds: max(0, start / 1_000_000 + Int64(seconds))).utf8)
    }
}

extension [UInt8] {
    fileprivate var nonEmpty: [UInt8]? { isEmpty ? nil : self }
}

/// An episode's full name, such as `The Long Field: Season 2: Home (Episode 3)`, cut into its parts.
///
/// The season is the first part but the outer ones that ends in a number, or is a limited series; that holds in any
/// language in which Netflix writes `Season 2`, `Staffel 2`, `Temporada 2`.
struct EpisodeTitle {
    private let series: [UInt8]
    private let season: [UInt8]
    private let episode: [UInt8]

    init?(_ title: Cell) {
        var cuts: [Int] = []
        for index in title.indices.dropLast() where title[index] == UInt8(ascii: ":") && title[index + 1] == 0x20 {
            cuts.append(index)
        }
        for (first, second) in zip(cuts, cuts.dropFirst()) {
            let part = title[(first + 2)..<second]
            let isSeason = part.last.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
            guard isSeason || part.equals("Limited Series") else { continue }
            series = Array(title[..<first])
            season = Array(part)
            episode = Array(title[(second + 2)...])
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
