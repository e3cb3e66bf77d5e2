extension QualityReport {
    /// The reports as a page that needs nothing else and runs no script: numbers, charts, and tables of the `rows` rows
    /// with the most events. It is well-formed XML too.
    public static func html(_ reports: [QualityReport], rows: Int = 200) -> String {
        QualityPage(reports: reports, rows: rows).markup.text
    }
}

/// The page that shows reports.
private struct QualityPage {
    private static let policy =
        "default-src 'none'; style-src '\(PageStyle.source)'; base-uri 'none'; form-action 'none'"

    let reports: [QualityReport]
    let rows: Int

    var markup: Markup {
        let style = Markup(stringLiteral: PageStyle.sheet)
        let sections = reports.indices.map { index in
            ReportSection(report: reports[index], id: "report-\(index + 1)", rows: rows).markup
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="referrer" content="no-referrer" />
            <title>Quality · ViewerHost</title>
            <style>\(style)</style>
            </head>
            <body>
            <header class="bar"><span class="brand">ViewerHost</span></header>
            <main>
            <h1>Quality</h1>
            <p class="lead">\(lead)</p>
            \(reports.count > 1 ? [contents] : [])
            \(sections)
            </main>
            <footer>Made by <code>host quality</code>.</footer>
            </body>
            </html>

            """
    }

    private var lead: String {
        if reports.isEmpty { return "There is no quality plugin." }
        let latest = reports.max { ($0.upTo ?? .min) < ($1.upTo ?? .min) }
        guard let time = latest?.shownTime else { return "The quality plugins have seen no events yet." }
        return "What the quality plugins found in the events up to \(time)."
    }

    private var contents: Markup {
        let links = reports.indices.map { index -> Markup in
            ##"<li><a href="#report-\##(index + 1)">\##(reports[index].shownTitle)</a></li>"##
        }
        return """
            <nav aria-label="Reports"><ul class="chips">
            \(links)
            </ul></nav>
            """
    }
}
