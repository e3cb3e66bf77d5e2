internal import Events

/// Where a Netflix history has its two columns.
struct HistoryColumns {
    private(set) var title = 0
    private(set) var date = 1
    let isHeader: Bool

    /// By the first row, which is a header where it holds no date.
    init(_ row: TableRow) {
        isHeader = !(0..<row.count).contains { LooseDate(row[$0].trimmed) != nil }
        guard isHeader else { return }
        for index in 0..<row.count {
            let name = row[index].normalised[...]
            if name.equals("title") { title = index }
            if name.equals("date") { date = index }
        }
        if title == date { title = date == 0 ? 1 : 0 }
    }
}

/// Turns the rows of Netflix's short history, `Title,Date`, into events. It says neither who watched nor for how long.
struct HistoryImporter {
    private static let source = "netflix/viewing-history"

    private let order: DateOrder
    private var columns: HistoryColumns?

    init(_ order: DateOrder) {
        self.order = order
    }

    mutating func append(
        _ row: TableRow, _ identities: inout RowIdentities, to writer: inout EventWriter
    ) throws(RowError) -> Int {
        if columns == nil {
            let columns = HistoryColumns(row)
            self.columns = columns
            if columns.isHeader { return 0 }
        }
        guard let columns, row.count > max(columns.title, columns.date) else {
            throw RowError("", "a title and a date")
        }
        let title = row[columns.title].trimmed
        guard let date = LooseDate(row[columns.date].trimmed), let day = date.text(order) else {
            throw RowError("'Date'", Self.expected(order))
        }
        var hash = RowHash()
        hash.add(column: "title", title)
        hash.add(column: "date", day[...])
        var id = Array("viewing/".utf8)
        identities.append(idOf: hash, to: &id)
        writer.begin(
            type: "playback.started", source: Self.source, id: String(decoding: id, as: UTF8.self),
            subject: "netflix:viewer", time: String(decoding: day, as: UTF8.self) + "T00:00:00Z")
        writer.string("title", title)
        EpisodeTitle(title)?.append(to: &writer)
        writer.end()
        return 1
    }

    private static func expected(_ order: DateOrder) -> StaticString {
        switch order {
        case .dayMonthYear: "a date such as 31.12.2024, day first"
        case .monthDayYear: "a date such as 12/31/24, month first"
        case .yearMonthDay: "a date such as 2024-12-31"
        }
    }
}
