/// Names with a bar each, all as long as the page is wide at most.
struct BarChart {
    let rows: ArraySlice<(name: String, number: Double?)>
    let unit: QualityReport.Unit
    /// What the drawing says to those who do not see it.
    let description: String

    var markup: Markup {
        let highest = rows.compactMap(\.number).max() ?? 0
        let bars = rows.map { bar($0.name, $0.number, of: highest) }
        return """
            <div class="names" role="img" aria-label="\(description)">
            \(bars)
            </div>
            """
    }

    private func bar(_ name: String, _ number: Double?, of highest: Double) -> Markup {
        let share = highest > 0 ? max(0, (number ?? 0) / highest) : 0
        return """
            <div><b>\(name)</b><i>\(unit.text(number))</i></div>
            <svg height="8" aria-hidden="true"><rect class="track" width="100%" height="8" rx="3" />\
            <rect class="mark" width="\(share * 100)%" height="8" rx="3" /></svg>
            """
    }
}
