/// The part of the page that is about one plugin.
struct ReportSection {
    private static let mostDays = 366
    private static let mostBars = 10

    let report: QualityReport
    let id: String
    let rows: Int

    var markup: Markup {
        let suspension = report.shownSuspension.map { text -> Markup in #"<p class="problem">\#(text)</p>"# }
        let failures = report.shownFailures.map { text -> Markup in #"<p class="quiet">\#(text)</p>"# }
        let days = report.tables.filter { $0.dimension == "day" }
        let hours = report.tables.filter { $0.dimension == "hour" }
        let others = report.tables.filter { !TimeSeries.isTime($0.dimension) && !$0.rows.isEmpty }
        let figures = (days + hours).compactMap { timeFigure($0) } + others.map { figure($0) }
        return """
            <section class="report" id="\(id)" aria-labelledby="\(id)-title">
            <h2 id="\(id)-title">\(report.shownTitle)</h2>
            <p class="quiet">\(subtitle)</p>
            \([failures, suspension].compactMap(\.self))
            <ul class="tiles">
            \(tiles)
            </ul>
            <div class="charts">
            \(figures)
            </div>
            </section>
            """
    }

    private var subtitle: String {
        report.shownPlugin + (report.shownTime.map { ", up to \($0)" } ?? ", no events yet")
    }

    private var tiles: [Markup] {
        let numbers = zip(report.columns.map(\.title), report.shownNumbers(of: report.total))
        return ([("events", report.total.events.grouped)] + numbers).map { name, number -> Markup in
            "<li><strong>\(number)</strong><span>\(name)</span></li>"
        }
    }

    private var column: QualityReport.Column { report.chartColumn }

    /// Hours or days in their order; nil where there is nothing to draw.
    private func timeFigure(_ table: QualityReport.Table) -> Markup? {
        guard let series = TimeSeries(table, of: report, longest: Self.mostDays) else { return nil }
        let title = table.dimension == "hour" ? "By hour of the day" : "By day"
        let cut =
            series.days > series.slots.count ? "; the last \(series.slots.count) of \(series.days.grouped) days" : ""
        let note = "\(column.title): \(series.range(column.unit))\(cut)"
        let chart = TimeChart(
            series: series, unit: column.unit, description: "\(title), \(note). The numbers are in the table below.")
        let rows = table.rows.sorted { $0.value < $1.value }.suffix(Self.mostDays)
        return """
            <figure class="time">
            <figcaption><h3>\(title)</h3><p class="quiet">\(note)</p></figcaption>
            \(chart.markup)
            <details><summary>Numbers</summary>
            \(numbers(table, rows, caption: "\(title), in numbers"))
            </details>
            </figure>
            """
    }

    /// The values with the most events as bars and in a table.
    private func figure(_ table: QualityReport.Table) -> Markup {
        let (rows, more) = table.leading(self.rows)
        let drawn = rows.prefix(Self.mostBars)
        let total = rows.count + more
        let title = "By \(table.title)"
        let most = total > drawn.count ? ", the \(drawn.count) of \(total.grouped) with the most events" : ""
        let note = column.title + most
        let chart = BarChart(
            rows: drawn.map { ($0.shownValue, report.charted($0)) }[...], unit: column.unit,
            description: "\(title), \(note). The numbers are in the table below.")
        let kind = more > 0 ? ", the \(rows.count.grouped) of \(total.grouped) with the most events" : ", in numbers"
        return """
            <figure>
            <figcaption><h3>\(title)</h3><p class="quiet">\(note)</p></figcaption>
            \(chart.markup)
            \(numbers(table, rows, caption: title + kind))
            </figure>
            """
    }

    private func numbers(
        _ table: QualityReport.Table, _ rows: ArraySlice<QualityReport.Row>, caption: String
    ) -> Markup {
        let cells = rows.map { row in
            ([row.shownValue, row.events.grouped] + report.shownNumbers(of: row)).map { Markup(escaping: $0) }
        }
        let heads = [table.title, "events"] + report.columns.map(\.title)
        return PageTable(caption: caption, heads: heads, rows: cells, isWords: false).markup
    }
}
