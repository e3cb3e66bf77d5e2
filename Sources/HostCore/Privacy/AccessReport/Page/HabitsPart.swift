/// Charts of what the viewer did.
struct HabitsPart {
    private static let mostMonths = 120
    private static let mostBars = 12

    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    /// Nil where there is nothing to draw.
    var markup: Markup? {
        let figures = [
            months, hours, bars("Titles", titles, unit), bars("Devices", counts(report.survey.habits.devices), .count),
            bars("Searches", counts(report.survey.habits.searches), .count),
        ].compactMap(\.self)
        if figures.isEmpty { return nil }
        return """
            <div class="charts">
            \(figures)
            </div>
            """
    }

    /// Time where any is known, else plays.
    private var unit: QualityReport.Unit {
        report.survey.habits.titles.values.contains { $0.seconds > 0 } ? .seconds : .count
    }

    private func number(_ watching: Habits.Watching) -> Double {
        unit == .seconds ? watching.seconds : Double(watching.plays)
    }

    private var months: Markup? {
        let known = report.survey.habits.months
        guard let first = known.keys.min(), let last = known.keys.max() else { return nil }
        let shown = max(first, last - Self.mostMonths + 1)...last
        let slots = shown.map { month in
            let (year, place) = (1970 + month / 12, month % 12 + 1)
            return TimeSeries.Slot(
                label: "\(year)-\(place < 10 ? "0" : "")\(place)", number: number(known[month] ?? Habits.Watching()),
                events: known[month]?.plays ?? 0)
        }
        return chart("By month", slots)
    }

    private var hours: Markup? {
        let hours = report.survey.habits.hours
        if hours.allSatisfy({ number($0) == 0 }) { return nil }
        return chart(
            "By hour of your day",
            hours.enumerated().map { hour, watching in
                TimeSeries.Slot(
                    label: hour < 10 ? "0\(hour)" : "\(hour)", number: number(watching), events: watching.plays)
            })
    }

    private func chart(_ title: String, _ slots: [TimeSeries.Slot]) -> Markup? {
        guard let series = TimeSeries(slots) else { return nil }
        let what = unit == .seconds ? "time watched" : "plays"
        let note = "\(what): \(series.range(unit))"
        let chart = TimeChart(series: series, unit: unit, description: "\(title), \(note)")
        return """
            <figure class="time">
            <figcaption><h3>\(title)</h3><p class="quiet">\(note)</p></figcaption>
            \(chart.markup)
            </figure>
            """
    }

    /// By the names that the catalogue has, where the history tells them: events may name a title by its key alone.
    private var titles: [(name: String, number: Double)] {
        let names = Dictionary(report.taste?.titles.map { ($0.key, $0.name) } ?? []) { first, _ in first }
        var numbers: [String: Double] = [:]
        for (key, watching) in report.survey.habits.titles {
            numbers[names[key] ?? key, default: 0] += number(watching)
        }
        return numbers.map { ($0.key, $0.value) }
    }

    private func counts(_ counts: [String: Int]) -> [(name: String, number: Double)] {
        counts.map { ($0.key, Double($0.value)) }
    }

    private func bars(_ title: String, _ entries: [(name: String, number: Double)], _ unit: QualityReport.Unit)
        -> Markup?
    {
        if entries.isEmpty { return nil }
        let sorted = entries.sorted { ($1.number, $0.name) < ($0.number, $1.name) }
        let rows = sorted.prefix(Self.mostBars).map { entry -> (name: String, number: Double?) in
            (PageText.value(entry.name), entry.number)
        }
        let what = title == "Titles" ? (unit == .seconds ? "by time watched" : "by plays") : "by how often"
        let most = sorted.count > rows.count ? ", the first \(rows.count) of \(sorted.count.grouped)" : ""
        let note = what + most
        return """
            <figure>
            <figcaption><h3>\(title)</h3><p class="quiet">\(note)</p></figcaption>
            \(BarChart(rows: rows[...], unit: unit, description: "\(title), \(note)").markup)
            </figure>
            """
    }
}
