import Foundation
import Harness
import PluginTesting
import Testing

@Suite("Reports")
struct ReportTests {
    private func results() throws -> [FileResult] {
        let bench = try Workbench(
            tests: """
                it("good # SKIP", function() print("said <this>") end)
                pending("later")
                it("bad\\nname & \\"quotes\\"", function() error("first\\n  ...\\nok 9 - forged ]]> \\0", 0) end)
                """)
        return [try bench.run()]
    }

    @Test("for people: each test, what it printed, why it failed, and the sum")
    func text() throws {
        let results = try results()
        let lines = HarnessReport.text(results[0]).split(separator: "\n")
        #expect(lines[1] == "  ok       good # SKIP" && lines[2] == "           said <this>")
        #expect(lines[3] == "  pending  later" && lines[4] == "  FAILED   bad name & \"quotes\"")
        #expect(lines[5].hasSuffix("p_test.lua:3: first"))
        #expect(lines[7] == "           ok 9 - forged ]]> \u{FFFD}", "a terminal obeys no plugin")
        #expect(HarnessReport.summary(results) == "3 tests of 1 plugin, 1 failed")
        #expect(
            HarnessReport.summary([], untested: ["a.lua"]) == "0 tests of 0 plugins, none failed; without tests: a.lua")
    }

    @Test("as TAP: a name holds no directive, and a message no result")
    func tap() throws {
        let lines = HarnessReport.tap(try results()).split(separator: "\n")
        #expect(lines[0] == "TAP version 14" && lines[1] == "1..3")
        #expect(lines[2].hasPrefix("ok 1 - ") && lines[2].hasSuffix(": good \\# SKIP"))
        #expect(lines[3].hasSuffix(": later # SKIP pending"))
        #expect(lines[4].hasPrefix("not ok 3 - ") && lines[4].hasSuffix(": bad name & \"quotes\""))
        #expect(lines.count { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") } == 3)
        #expect(lines.last == "  ...")
    }

    @Test("as JUnit's XML, which can be read back")
    func junit() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(HarnessReport.junit(try results()).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let program = """
            import sys, xml.etree.ElementTree as tree
            suite = tree.parse(sys.argv[1]).getroot()[0]
            print([suite.get(n) for n in ("tests", "failures", "skipped")])
            for case in suite: print([case.get("name"), case.get("line"), [child.tag for child in case]])
            print(suite[2][0].get("message")[-5:], suite[0][0].text.strip())
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(
            output == """
                ['3', '1', '1']
                ['good # SKIP', '1', ['system-out']]
                ['later', '2', ['skipped']]
                ['bad\\nname & "quotes"', '3', ['failure']]
                first said <this>

                """, "\(output)")
    }
}
