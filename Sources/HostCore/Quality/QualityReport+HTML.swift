extension QualityReport {
    /// The reports as a page that needs nothing else and runs no script: numbers, charts, and tables of the `rows` rows
    /// with the most events. It is well-formed XML too.
    public static func html(_ reports: [QualityReport], rows: Int = 200) -> String {
        QualityPage(reports: reports, rows: rows).markup.text
    }
}

/// The page that shows reports.
private struct QualityPage {
    let reports: [QualityReport]
    let rows: Int

    var markup: Markup {
        let sections = reports.indices.map { index in
            ReportSection(report: reports[index], id: "report-\(index + 1)", rows: rows).markup
        }
        let contents: Markup = """
            \(reports.count > 1 ? [links] : [])
            \(sections)
            """
        return ReportPage(title: "Quality", lead: lead, contents: contents, command: "host quality").markup
    }

    private var lead: String {
        if reports.isEmpty { return "There is no quality plugin." }
        let latest = reports.max { ($0.upTo ?? .min) < ($1.upTo ?? .min) }
        guard let time = latest?.shownTime else { return "The quality plugins have seen no events yet." }
        return "What the quality plugins found in the events up to \(time)."
    }

    private var links: Markup {
        let items = reports.indices.map { index -> Markup in
            ##"<li><a href="#report-\##(index + 1)">\##(reports[index].shownTitle)</a></li>"##
        }
        return """
            <nav aria-label="Reports"><ul class="chips">
            \(items)
            </ul></nav>
            """
    }
}
