/// Columns over hours or days. Places across are in percent, so that a narrow page has text of the same size.
struct TimeChart {
    private static let height = 210
    private static let top = 10
    private static let bottom = 182
    private static let mostLabels = 6
    private static let fewest = 12

    let series: TimeSeries
    let unit: QualityReport.Unit
    /// What the drawing says to those who do not see it.
    let description: String

    var markup: Markup {
        let scale = ChartScale(highest: series.highest.number, unit: unit)
        let widest = scale.lines.map { unit.mark($0).count }.max() ?? 0
        let width = widest * 8 + 8
        let columns = series.slots.indices.compactMap { index in column(index, scale) }
        return """
            <div class="chart" role="img" aria-label="\(description)">
            <svg class="axis" width="\(width)" height="\(Self.height)" aria-hidden="true">
            \(scale.lines.map { name($0, scale, right: width - 8) })
            </svg>
            <svg class="plot" width="100%" height="\(Self.height)" aria-hidden="true">
            \(scale.lines.map { line($0, scale) })
            \(columns)
            \(labels)
            </svg>
            </div>
            """
    }

    /// In percent; a few days do not make wide columns.
    private var slotWidth: Double { 100 / Double(max(Self.fewest, series.slots.count)) }

    private func height(of number: Double, _ scale: ChartScale) -> Double {
        scale.share(of: number) * Double(Self.bottom - Self.top)
    }

    private func line(_ number: Double, _ scale: ChartScale) -> Markup {
        let y = Double(Self.bottom) - height(of: number, scale)
        return #"<line class="grid" x1="0" x2="100%" y1="\#(y)" y2="\#(y)" />"#
    }

    private func name(_ number: Double, _ scale: ChartScale, right: Int) -> Markup {
        let y = Double(Self.bottom) - height(of: number, scale) + 4
        return #"<text x="\#(right)" y="\#(y)" text-anchor="end">\#(unit.mark(number))</text>"#
    }

    /// A column with its number, which is shown where somebody points at it; nil where there is none.
    private func column(_ index: Int, _ scale: ChartScale) -> Markup? {
        let slot = series.slots[index]
        guard let number = slot.number else { return nil }
        let width = slotWidth
        let height = height(of: number, scale)
        let text = "\(slot.label): \(unit.text(number)), \(slot.events.counted("event"))"
        return """
            <rect class="mark" x="\((Double(index) + 0.12) * width)%" y="\(Double(Self.bottom) - height)" \
            width="\(0.76 * width)%" height="\(height)" rx="2"><title>\(text)</title></rect>
            """
    }

    /// Names below the columns, as many as there is room for; a narrow page leaves out every second one.
    private var labels: [Markup] {
        let count = series.slots.count
        let step = count == 24 ? 3 : max(1, (count + Self.mostLabels - 1) / Self.mostLabels)
        return stride(from: 0, to: count, by: step).map { index in
            let x = (Double(index) + 0.5) * slotWidth
            let kind = index / step % 2 == 0 ? "major" : "minor"
            let text = series.slots[index].label
            return #"<text class="\#(kind)" x="\#(x)%" y="\#(Self.bottom + 20)" text-anchor="middle">\#(text)</text>"#
        }
    }
}
