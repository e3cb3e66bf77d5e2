import Foundation
import FoundationXML
import HostCore
import Testing

@Suite("Quality reports as a page")
struct QualityPageTests {
    private func page(_ reports: [QualityReport], rows: Int = 200) throws -> XMLDocument {
        try XMLDocument(data: Data(QualityReport.html(reports, rows: rows).utf8))
    }

    private func texts(_ page: XMLDocument, _ path: String) throws -> [String] {
        try page.nodes(forXPath: path).map { $0.stringValue ?? "" }
    }

    @Test("tiles for the totals, a chart and a table for each dimension")
    func contents() throws {
        let page = try page([smallReport(failures: 2)])
        #expect(try texts(page, "//h2") == ["Startup time"])
        #expect(try texts(page, "//section/p")[0] == "startup 1.0.0, up to 2026-02-01 12:00 UTC")
        #expect(try texts(page, "//section/p")[1] == "The plugin failed on 2 events.")
        #expect(
            try texts(page, "//ul[@class='tiles']/li/strong") == ["1,234", "1,234", "812 ms", "12 h 35 min", "4.5 %"])
        #expect(try texts(page, "//h3") == ["By day", "By hour of the day", "By title"])
        #expect(
            try page.nodes(forXPath: "//figure[3]//table//tr").map {
                try $0.nodes(forXPath: "th|td").map(\.stringValue)
            }
                == [
                    ["title", "events", "plays", "p50", "watched", "failed share"],
                    ["七人の侍", "1,200", "1,200", "800 ms", "12.3 s", "0.10 %"],
                    ["Cosmos", "34", "34", "1,433 ms", "1 min", "–"], ["(none)", "1", "1", "–", "–", "100.0 %"],
                ])
        #expect(
            try texts(page, "//figure[3]//caption") == ["By title, the 3 of 1,235 with the most events"])
        #expect(try texts(page, "//figure[3]//b") == ["七人の侍", "Cosmos", "(none)"])
        #expect(try texts(page, "//figure[3]//rect[@class='mark']/@width") == ["55.84%", "100.00%", "0.00%"])
        #expect(
            try texts(page, "//figure[1]//rect/title") == [
                "2026-01-28: 700 ms, 1 event", "2026-01-31: 1,500 ms, 1 event", "2026-02-01: 800 ms, 3 events",
            ])
        #expect(try texts(page, "//figure[1]//svg[@class='axis']/text") == ["0 ms", "500 ms", "1,000 ms", "1,500 ms"])
    }

    @Test("who does not see the charts is told what they show, and every table has heads")
    func accessibility() throws {
        let page = try page([smallReport(), smallReport(title: "Rebuffers")])
        let drawings = try page.nodes(forXPath: "//figure//*[@role='img']/@aria-label")
        #expect(drawings.count == 6)
        #expect(
            drawings.first?.stringValue
                == "By day, p50: lowest 700 ms (2026-01-28), highest 1,500 ms (2026-01-31). The numbers are in the table below."
        )
        #expect(try page.nodes(forXPath: "//svg[not(@aria-hidden)]").isEmpty)
        #expect(try page.nodes(forXPath: "//figure[not(figcaption/h3)]").isEmpty)
        #expect(try page.nodes(forXPath: "//table[not(caption)] | //th[not(@scope)]").isEmpty)
        #expect(try page.nodes(forXPath: "//div[@class='scroll'][not(@tabindex='0' and @role='region')]").isEmpty)
        #expect(try texts(page, "//nav//a/@href") == ["#report-1", "#report-2"])
        #expect(try texts(page, "//section/@id") == ["report-1", "report-2"])
    }

    @Test("the page loads nothing, runs nothing, and holds no style that its policy does not name")
    func policy() throws {
        let page = try page([smallReport()])
        let policy = try texts(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
        let style = try #require(try texts(page, "//style").first)
        #expect(
            try policy == [
                "default-src 'none'; style-src 'sha256-\(digest(style))'; base-uri 'none'; form-action 'none'"
            ])
        #expect(try page.nodes(forXPath: "//script | //link | //img | //@src | //@style | //@onload").isEmpty)
    }

    @Test("no value becomes an element, and what XML cannot hold is replaced")
    func hostile() throws {
        let values = [hostileText, String(repeating: "長", count: 100_000), "\u{1B}\u{0}", "👩‍👩‍👧‍👦"]
        let tables = ["title", "hour", "day", hostileText].map { dimension in
            QualityReport.Table(dimension: dimension, rows: values.map { row($0, 1, .nan, -1, .infinity, 1e308) })
        }
        let report = smallReport(plugin: hostileText, title: hostileText, tables: tables, suspended: hostileText)
        let page = try page([report, report])
        #expect(try page.nodes(forXPath: "//script").isEmpty)
        let names = try texts(page, "//figure//b")
        #expect(names.contains { $0.hasPrefix("=1+1 <script>alert('&\"')</script>\u{FFFD}") } && names.contains("👩‍👩‍👧‍👦"))
        #expect(names.allSatisfy { $0.count <= 201 })
    }

    @Test("there are no plugins, no events, or numbers that no axis holds")
    func extremes() throws {
        #expect(try texts(page([]), "//main/p") == ["There is no quality plugin."])
        let empty = smallReport(
            tables: [QualityReport.Table(dimension: "title", rows: [])], total: row("all", 0, nil, nil, nil, nil))
        #expect(try page([empty]).nodes(forXPath: "//figure").isEmpty)
        for number in [0, -1, .leastNonzeroMagnitude, 1e-300, 1e300, .greatestFiniteMagnitude] {
            let tables = ["title", "hour"].map {
                QualityReport.Table(dimension: $0, rows: [row("07", 1, 1, number, 1, 1)])
            }
            let page = try page([smallReport(tables: tables)])
            #expect(try page.nodes(forXPath: "//figure").count == 2, "\(number)")
            #expect(try page.nodes(forXPath: "//@*[contains(., 'nan') or contains(., 'inf')]").isEmpty, "\(number)")
        }
    }

    @Test("a hundred thousand rows take no long time, and only the first are on the page")
    func manyRows() throws {
        let rows = (0..<100_000).map { row("title \($0)", $0 % 977, 1, Double($0), 3, 0.5) }
        let reports = [smallReport(tables: [QualityReport.Table(dimension: "title", rows: rows)])]
        let start = ContinuousClock.now
        #expect(try texts(page(reports, rows: 50), "//tbody/tr").count == 50)
        #expect(QualityReport.terminal(reports).contains("... and 99,990 more"))
        #expect(QualityReport.csv(reports).utf8.count > 400_000 * 20)
        #expect(QualityReport.json(reports).utf8.count > 100_000 * 50)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    private func digest(_ text: String) throws -> String {
        let program =
            "import sys, hashlib, base64; print(base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())"
        return try python(program, input: text).trimmingCharacters(in: .newlines)
    }
}
