import HostCore
import Testing

@Suite("A quality report in a terminal")
struct QualityTerminalTests {
    @Test("the totals, tables with columns below each other, and lines for hours and days")
    func text() {
        let text = QualityReport.terminal([smallReport(failures: 1, suspended: "it fails")])
        #expect(
            text == """
                Startup time (startup 1.0.0), up to 2026-02-01 12:00 UTC
                  1,234 events, plays 1,234, p50 812 ms, watched 12 h 35 min, failed share 4.5 %
                  The plugin is taken out: it fails
                  The plugin failed on 1 event.

                  title     events  plays       p50  watched  failed share
                  七人の侍   1,200  1,200    800 ms   12.3 s        0.10 %
                  Cosmos        34     34  1,433 ms    1 min             –
                  (none)         1      1         –        –       100.0 %
                  ... and 1,232 more

                  hour, p50: 00     ▁               █    23  lowest 700 ms (04), highest 900 ms (20)
                  day, p50: 2026-01-28 ▁  █▂ 2026-02-01  lowest 700 ms (2026-01-28), highest 1,500 ms (2026-01-31)

                """, "\(text)")
    }

    @Test("the rows with the most events stand first, and no more than are asked for")
    func limit() {
        let table = QualityReport.Table(dimension: "title", rows: (1...2000).map { row("t\($0)", $0, 1, 2, 3, 0) })
        let lines = QualityReport.terminal([smallReport(tables: [table])], rows: 2).split(separator: "\n")
        #expect(lines[2...].map { $0.split(separator: " ").first } == ["title", "t2000", "t1999", "..."])
        #expect(lines.last == "  ... and 1,998 more")
    }

    @Test("nothing has happened yet")
    func empty() {
        let total = row("all", 0, nil, nil, nil, nil)
        let tables = ["title", "hour", "day"].map { QualityReport.Table(dimension: $0, rows: []) }
        #expect(
            QualityReport.terminal([smallReport(tables: tables, total: total)])
                == "Startup time (startup 1.0.0), up to 2026-02-01 12:00 UTC\n  no events yet\n")
        #expect(QualityReport.terminal([]) == "")
    }

    @Test("a terminal obeys no value and no plugin, and each row stays one line")
    func hostile() {
        let table = QualityReport.Table(dimension: "title", rows: [row(hostileText, 1, 1, 2, 3, 0)])
        let report = smallReport(plugin: hostileText, title: hostileText, tables: [table], suspended: hostileText)
        let text = QualityReport.terminal([report])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines.count == 7 && lines[5].hasPrefix("  =1+1 <script>alert('&\"')</script>\u{FFFD}\u{FFFD}\u{FFFD}[2"))
        for scalar in text.unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control && scalar != "\u{202E}" && scalar != "\u{2028}")
        }
    }

    @Test(
        "columns are counted as a terminal shows them",
        arguments: [
            ("Amélie", 6), ("Ame\u{301}lie", 6), ("七人の侍", 8), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｶﾅ", 2),
            ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("👍🏽", 2), ("1️⃣", 2), ("Ночь", 4), ("שלום", 4), ("हिन्दी", 5),
        ])
    func widths(value: String, columns: Int) throws {
        let table = QualityReport.Table(
            dimension: "title", rows: [row(value, 1, 1, 2, 3, 0), row("0123456789", 1, 1, 2, 3, 0)])
        let lines = QualityReport.terminal([smallReport(tables: [table])]).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("  \(value) ") })
        let spaces = line.dropFirst(2 + value.count).prefix { $0 == " " }.count
        #expect(columns + spaces == "0123456789".count + "       1".count - 1)
    }

    @Test("what is too wide ends in an ellipsis, also where every letter is wide or has a thousand marks")
    func longValues() {
        let marks = "e" + String(repeating: "\u{301}", count: 1000)
        let values = [String(repeating: "a", count: 100_000), String(repeating: "長", count: 1000), marks]
        let table = QualityReport.Table(dimension: "title", rows: values.map { row($0, 1, 1, 2, 3, 0) })
        let lines = QualityReport.terminal([smallReport(tables: [table])]).split(separator: "\n").dropFirst(3)
        #expect(lines.map { $0.contains("…") } == [true, false, true])
        #expect(lines.first?.hasPrefix("  " + String(repeating: "a", count: 39) + "…       1") == true)
        #expect(lines.last?.hasPrefix("  " + String(repeating: "長", count: 19) + "…        1") == true)
        #expect(lines.allSatisfy { $0.unicodeScalars.count < 120 })
    }

    @Test("of many days the last sixty are drawn, and what is no day is not")
    func days() {
        let days = (1...28).flatMap { day in (1...3).map { (month: $0, day: day) } }
        let rows = days.map { row("2026-0\($0.month)-\($0.day < 10 ? "0" : "")\($0.day)", 1, 1, Double($0.day), 3, 0) }
        let odd = ["1969-12-31", "2026-02-30", "2026-2-1", "+026-02-01", "", "99999-01-01"].map {
            row($0, 9, 1, 9, 3, 0)
        }
        let table = QualityReport.Table(dimension: "day", rows: rows + odd)
        let lines = QualityReport.terminal([smallReport(tables: [table])]).split(separator: "\n")
        #expect(lines.last?.hasPrefix("  day, p50: 2026-01-28 █   ▁▁▁▁") == true)
        #expect(lines.last?.hasSuffix("highest 28 ms (2026-01-28), the last 60 of 87 days") == true)
    }

    @Test(
        "numbers are shown with their units",
        arguments: [
            ("n", 0, "0"), ("n", -0.0, "0"), ("n", 1234, "1,234"), ("n", -1234, "-1,234"), ("n", 12.345, "12.3"),
            ("n", 1.5, "1.5"), ("n", 0.25, "0.25"), ("n", 0.0123, "0.012"), ("n", 9999.5, "10,000"),
            ("n", 999.96, "1,000"),
            ("n", 1e300, "1e+300"),
            ("n_ms", 0, "0 ms"), ("n_ms", 3.25, "3.25 ms"), ("n_ms", 999.5, "1,000 ms"),
            ("n_ms", 1_234_567, "1,234,567 ms"),
            ("n_seconds", 0, "0.0 s"), ("n_seconds", 59.94, "59.9 s"), ("n_seconds", 59.97, "1 min"),
            ("n_seconds", 754, "12 min 34 s"), ("n_seconds", 3599.7, "1 h"), ("n_seconds", 3661, "1 h 1 min"),
            ("n_seconds", 5_000_000, "1,389 h"), ("n_seconds", -90, "-1 min 30 s"), ("n_seconds", 1e300, "2.78e+296 h"),
            ("n_share", 0, "0 %"), ("n_share", 1, "100.0 %"), ("n_share", 0.451, "45.1 %"),
            ("n_share", 0.0045, "0.45 %"),
            ("n_share", 0.00001, "<0.01 %"), ("n_share", 12.5, "1,250 %"),
        ])
    func numbers(column: String, number: Double, text: String) {
        let report = QualityReport(
            plugin: "p", version: "1", title: "t", columns: [QualityReport.Column(name: column)], chart: 0,
            total: row("all", 1, number), tables: [])
        #expect(
            QualityReport.terminal([report]) == "t (p 1)\n  1 event, n\(column == "n_share" ? " share" : "") \(text)\n")
    }
}
