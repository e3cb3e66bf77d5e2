import HostCore

/// What a plugin found that has a column of every unit.
func smallReport(
    plugin: String = "startup", title: String = "Startup time", tables: [QualityReport.Table] = smallTables,
    total: QualityReport.Row = row("all", 1234, 1234, 812.4, 45296, 0.0451), failures: Int = 0, suspended: String? = nil
) -> QualityReport {
    QualityReport(
        plugin: plugin, version: "1.0.0", title: title,
        columns: ["plays", "p50_ms", "watched_seconds", "failed_share"].map { QualityReport.Column(name: $0) },
        chart: 1,
        total: total, tables: tables, failures: failures, suspended: suspended, upTo: 1_769_947_200)
}

let smallTables = [
    QualityReport.Table(
        dimension: "title",
        rows: [
            row("Cosmos", 34, 34, 1432.6, 59.96, nil), row("七人の侍", 1200, 1200, 800, 12.34, 0.001),
            row("", 1, 1, .nan, .infinity, 1),
        ], hidden: 1232),
    QualityReport.Table(
        dimension: "hour", rows: [row("20", 1000, 1000, 900, nil, nil), row("04", 234, 234, 700, nil, nil)]),
    QualityReport.Table(
        dimension: "day",
        rows: [
            row("2026-02-01", 3, 3, 800, nil, nil), row("2026-01-28", 1, 1, 700, nil, nil),
            row("2026-01-29", 1, 1, nil, nil, nil), row("2026-01-31", 1, 1, 1_500, nil, nil),
        ]),
]

func row(_ value: String, _ events: Int, _ numbers: Double?...) -> QualityReport.Row {
    QualityReport.Row(value: value, events: events, numbers: numbers)
}

/// A text with what a terminal, a browser, a spreadsheet or a parser could obey.
let hostileText = "=1+1 <script>alert('&\"')</script>\r\n\u{1B}[2J\u{9B}31m\u{0}\u{7F}\u{202E}]]>\u{2028}--> \u{FFFE}"
