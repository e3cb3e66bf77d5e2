import Foundation
import HostCore
import Testing

@Suite("Quality reports for programs")
struct QualityDataTests {
    @Test("JSON has an object a line, with all rows and null for what is not there")
    func json() {
        let table = QualityReport.Table(
            dimension: "title", rows: [row("b", 1, 1, .nan, 1.5, 1e-7), row("a", 2, -2, 1e300, .infinity, nil)],
            hidden: 3)
        let report = smallReport(tables: [table], failures: 2)
        let line = """
            {"plugin":"startup","version":"1.0.0","title":"Startup time","up_to":"2026-02-01T12:00:00Z","failures":2,\
            "suspended":null,"columns":[{"name":"plays","unit":"count"},{"name":"p50_ms","unit":"milliseconds"},\
            {"name":"watched_seconds","unit":"seconds"},{"name":"failed_share","unit":"share"}],"chart":"p50_ms",\
            "total":{"events":1234,"numbers":{"plays":1234,"p50_ms":812.4,"watched_seconds":45296,"failed_share":0.0451}},\
            "tables":[{"dimension":"title","hidden":3,"rows":[\
            {"value":"b","events":1,"numbers":{"plays":1,"p50_ms":null,"watched_seconds":1.5,"failed_share":1e-07}},\
            {"value":"a","events":2,"numbers":{"plays":-2,"p50_ms":1e+300,"watched_seconds":null,"failed_share":null}}]}]}

            """
        #expect(QualityReport.json([report, report]) == line + line)
        #expect(QualityReport.json([]) == "")
    }

    @Test("JSON holds every text as it is")
    func hostileJSON() throws {
        let table = QualityReport.Table(dimension: hostileText, rows: [row(hostileText, 1, 1, 2, 3, 4)])
        let text = QualityReport.json([smallReport(title: hostileText, tables: [table], suspended: hostileText)])
        #expect(text.split(separator: "\n").count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["title"] as? String == hostileText && object["suspended"] as? String == hostileText)
        let tables = try #require(object["tables"] as? [[String: Any]])
        #expect(tables[0]["dimension"] as? String == hostileText)
    }

    @Test("CSV has a line for each number of each row")
    func csv() {
        let table = QualityReport.Table(dimension: "title", rows: [row("Cosmos", 2, -2, 0.1, nil, .nan)], hidden: 3)
        let lines = [
            "plugin,dimension,value,events,column,number", "startup,all,all,1234,plays,1234",
            "startup,all,all,1234,p50_ms,812.4",
            "startup,all,all,1234,watched_seconds,45296", "startup,all,all,1234,failed_share,0.0451",
            "startup,title,Cosmos,2,plays,-2", "startup,title,Cosmos,2,p50_ms,0.1",
            "startup,title,Cosmos,2,watched_seconds,",
            "startup,title,Cosmos,2,failed_share,",
        ]
        #expect(QualityReport.csv([smallReport(tables: [table])]) == lines.map { $0 + "\r\n" }.joined())
        #expect(QualityReport.csv([]) == lines[0] + "\r\n")
    }

    @Test("CSV is read back as it was, but for control characters and what a spreadsheet would take for a formula")
    func hostileCSV() throws {
        let values = [
            "=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "'quoted'", "a,b", "say \"no\"", "two\r\nlines", "=a,\"b\"", "",
            " = ",
            "\u{1B}[31m\u{9B}", "Amélie", "👩‍👩‍👧‍👦", "長",
        ]
        let table = QualityReport.Table(dimension: "title", rows: values.map { row($0, 1, 1, 2, 3, 4) })
        let text = QualityReport.csv([smallReport(plugin: "-p", tables: [table])])
        let program = """
            import sys, csv, json, io
            text = sys.stdin.buffer.read().decode()
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            print(json.dumps([[row[0], row[2]] for row in rows if row[1] == "title" and row[4] == "plays" and len(row) == 6]))
            """
        let rows = try JSONDecoder().decode([[String]].self, from: Data(try python(program, input: text).utf8))
        #expect(rows.allSatisfy { $0[0] == "'-p" })
        #expect(
            rows.map { $0[1] } == [
                "'=1+1", "'+1", "'-1", "'@sum", "'\t=1", "'\r=1", "'quoted'", "a,b", "say \"no\"", "two\r\nlines",
                "'=a,\"b\"",
                "", " = ", "\u{FFFD}[31m\u{FFFD}", "Amélie", "👩‍👩‍👧‍👦", "長",
            ])
    }
}
