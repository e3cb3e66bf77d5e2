extension QualityReport {
    /// As many days as a sparkline draws.
    private static let longestLine = 60
    private static let widestValue = 40

    /// The reports as text for a terminal, which obeys nothing in it: tables of the `rows` rows with the most events, and
    /// a line for the hours and the days.
    public static func terminal(_ reports: [QualityReport], rows: Int = 10) -> String {
        reports.map { $0.terminal(rows: rows) }.joined(separator: "\n")
    }

    private func terminal(rows: Int) -> String {
        var lines = ["\(shownTitle) (\(shownPlugin))" + (shownTime.map { ", up to \($0)" } ?? "")]
        lines.append("  " + totalLine)
        lines += [shownSuspension, shownFailures].compactMap(\.self).map { "  " + $0 }
        for table in tables where !TimeSeries.isTime(table.dimension) {
            if !table.rows.isEmpty || table.hidden > 0 { lines += [""] + tableLines(table, rows: rows) }
        }
        let series = tables.compactMap { table in
            TimeSeries(table, of: self, longest: Self.longestLine).map { (table.title, $0) }
        }
        if !series.isEmpty { lines.append("") }
        for (title, series) in series { lines.append("  " + line(title, series)) }
        return lines.map { $0 + "\n" }.joined()
    }

    private var totalLine: String {
        if total.events == 0 { return "no events yet" }
        let numbers = zip(columns, shownNumbers(of: total)).map { "\($0.title) \($1)" }
        return ([total.events.counted("event")] + numbers).joined(separator: ", ")
    }

    /// A head, the rows and how many there are besides.
    private func tableLines(_ table: Table, rows limit: Int) -> [String] {
        let (rows, more) = table.leading(limit)
        let head = [table.title, "events"] + columns.map(\.title)
        let cells = rows.map { row in
            [ColumnText.cut(row.shownValue, to: Self.widestValue), row.events.grouped] + shownNumbers(of: row)
        }
        let widths = head.indices.map { column in
            ([head] + cells).map { ColumnText.width(of: $0[column]) }.max() ?? 0
        }
        let lines = ([head] + cells).map { cells in
            let numbers = cells.indices.dropFirst().map { "  " + ColumnText.right(cells[$0], widths[$0]) }
            return "  " + ColumnText.left(cells[0], widths[0]) + numbers.joined()
        }
        return lines + (more > 0 ? ["  ... and \(more.grouped) more"] : [])
    }

    private func line(_ title: String, _ series: TimeSeries) -> String {
        let blocks = Sparkline.text(series.slots.map(\.number))
        let ends = (first: series.slots.first?.label ?? "", last: series.slots.last?.label ?? "")
        let line =
            "\(title), \(chartColumn.title): \(ends.first) \(blocks) \(ends.last)  \(series.range(chartColumn.unit))"
        let isCut = series.days > series.slots.count
        return line + (isCut ? ", the last \(series.slots.count) of \(series.days.grouped) days" : "")
    }
}
