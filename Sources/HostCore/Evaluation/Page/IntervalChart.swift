internal import Models

/// Names with a bar each, and over its end the interval in which the true mean may lie.
struct IntervalChart {
    let rows: [(name: String, estimate: Estimate)]
    /// What the drawing says to those who do not see it.
    let description: String

    var markup: Markup {
        let highest = rows.map { $0.estimate.high }.max() ?? 0
        let bars = rows.map { bar($0.name, $0.estimate, of: highest) }
        return """
            <div class="names" role="img" aria-label="\(description)">
            \(bars)
            </div>
            """
    }

    private func bar(_ name: String, _ estimate: Estimate, of highest: Double) -> Markup {
        let (low, high) = (share(estimate.low, of: highest), share(estimate.high, of: highest))
        let ends = [low, high].map { place -> Markup in
            #"<line class="interval" x1="\#(place)%" x2="\#(place)%" y1="2" y2="12" />"#
        }
        return """
            <div><b>\(name)</b><i>\(estimate.shownText)</i></div>
            <svg height="14" aria-hidden="true"><rect class="track" y="3" width="100%" height="8" rx="3" />\
            <rect class="mark" y="3" width="\(share(estimate.mean, of: highest))%" height="8" rx="3" />\
            <line class="interval" x1="\(low)%" x2="\(high)%" y1="7" y2="7" />
            \(ends)</svg>
            """
    }

    /// In percent of the page's width; the highest interval ends just before it, so that its end is seen.
    private func share(_ number: Double, of highest: Double) -> Double {
        highest > 0 ? min(1, max(0, number / highest)) * 99.5 : 0
    }
}
