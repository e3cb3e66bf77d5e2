import Events
import Foundation
import Harness
import PluginTesting
import TestSupport
import Testing
import Wasm

@Suite("Tests of a plugin")
struct PluginTestsTests {
    @Test("run in their order, each in a state of its own, with what is to be done before and after")
    func run() throws {
        let bench = try Workbench(
            tests: """
                local seen = {}
                local function note(text) seen[#seen + 1] = text print(table.concat(seen, " ")) end
                before_each(function() note("outer") end)
                after_each(function() note("clean") end)
                describe("a", function()
                  before_each(function() note("inner") end)
                  it("one", function() note("one") end)
                  pending("later")
                  describe("b", function() it("two", function() note("two") error("x") end) end)
                end)
                it("three", function() note("three") end)
                """)
        let result = try bench.run()
        #expect(result.tests.map { $0.name } == ["a > one", "a > later", "a > b > two", "three"])
        #expect(result.tests.map { $0.line } == [7, 8, 9, 11])
        #expect(result.tests[1].outcome == .pending && result.failures == 1)
        let last = result.tests.map { $0.output.split(separator: "\n").last ?? "" }
        #expect(last == ["outer inner one clean", "", "outer inner two clean", "outer three clean"])
    }

    @Test("load the plugin anew for each test, with the grants and limits of production")
    func loadsAnew() throws {
        let bench = try Workbench(
            plugin: """
                local count = 0
                return { kind = "redactor", name = "p", version = "1", reads = { "user.device.ip_address" },
                  redact = function(event)
                    count = count + 1
                    host.log(tostring(count))
                    if event.type == "ad.clicked" then event.subject = nil end
                    return event
                  end }
                """,
            tests: """
                it("first", function() redact(build.ad_shown()) expect(logs()).to_be("1\\n") end)
                it("second", function() redact(build.ad_shown()) expect(logs()).to_be("1\\n") end)
                it("sees no more than it may", function()
                  local event = build.ad_clicked()
                  expect(redact(event).subject).to_be_nil()
                end)
                """)
        let result = try bench.run()
        #expect(result.tests.map { $0.outcome == .passed } == [true, true, false])
        guard case .failed(let message) = result.tests[2].outcome else { return }
        #expect(message.contains("may not write 'subject': add \"user.unique_id\""), "\(message)")
    }

    @Test(
        "are refused with one line where the file or the plugin is broken",
        arguments: [
            ("", nil, "the file makes no test: it(name, function) makes one"),
            ("it(", nil, "p_test.lua:1: unexpected symbol"),
            ("\u{1B}Lua", nil, "attempt to load a binary chunk"),
            ("it('x', function() end)", "return {", "p.lua:1: unexpected symbol"),
            ("it('x', function() end)", "return { kind = 'redactor' }", "the manifest has no 'name'"),
            ("it('x', function() end)", "while true do end", "p.lua:1: instruction limit reached"),
            ("\ndescribe('a', function()\nerror('oops') end)", nil, "p_test.lua:3: oops"),
            ("describe('a', function()\nwhile true do end end)", nil, "p_test.lua:2: instruction limit reached"),
            ("\nit(function() end)", nil, "p_test.lua:2: it(name, function): the name is missing"),
            ("it('x')", nil, "p_test.lua:1: it(...): its function is missing"),
            ("before_each()", nil, "p_test.lua:1: before_each(...): its function is missing"),
            ("it('x', function() end) it('x', function() end)", nil, "there are two tests 'x'"),
            ("for i = 1, 1e6 do it('t' .. i, function() end) end", nil, "a file may make 10000 tests, not more"),
            ("redact(build.ad_shown())", nil, "redact(event) is for tests, inside it(...)"),
            ("coroutine.yield()", nil, "attempt to yield from outside a coroutine"),
            ("string.format = nil", nil, "libraries are read-only"),
        ])
    func refused(_ tests: String, _ plugin: String?, _ message: String) throws {
        let bench = try Workbench(plugin: plugin ?? Workbench.plugin, tests: tests)
        let result = try bench.run()
        #expect(result.tests.isEmpty && result.failures == 1)
        let error = try #require(result.error)
        #expect(error.contains(message) && !error.contains("\n"), "\(error)")
    }

    @Test("give the same results where the plugin is isolated")
    func isolated() throws {
        let tests = """
            it("masks", function() expect(redact(build.session_started()).data.ip).to_be("192.0.2.0") end)
            it("logs", function() redact(build.playback_started{ title = "a" }) expect(logs()).to_be("saw a\\n") end)
            it("drops", function() expect(redact(build.playback_started{ title = "drop" })).to_be_dropped() end)
            it("fails", function() expect(redact(build.playback_started{ title = "boom" })).to_fail_with("error") end)
            it("is wrong", function() expect(redact(build.playback_started{ title = "boom" }).id).to_be("1") end)
            it("ends", function() expect(redact(build.playback_started{ title = "loop" })).to_fail_with("instruction_limit") end)
            it("reads text", function() expect(redact('{"specversion":"1.0",\\n"id":"1","source":"s","type":"x","data":\\n{}}').id).to_be("1") end)
            it("reads no text", function() redact('{"id":"a\\nb"}') end)
            it("reads nothing", function() redact("") end)
            it("ends itself", function() while true do end end)
            """
        let bench = try Workbench(tests: tests)
        let native = try bench.run()
        let isolated = try bench.run { $0.isolation = .wasm }
        #expect(isolated.isIsolated && !native.isIsolated && native.tests.count == 10 && native.failures == 4)
        #expect(isolated.tests.map { $0.outcome } == native.tests.map { $0.outcome })
        #expect(isolated.error == nil && native.error == nil)
    }

    @Test("are chosen by a text in their names; none is an error")
    func filter() throws {
        let bench = try Workbench(tests: "it('one', function() end) it('two', function() end)")
        #expect(try bench.run { $0.filter = "tw" }.tests.map { $0.name } == ["two"])
        #expect(throws: HarnessError.nothingMatches(filter: "three")) { try bench.run { $0.filter = "three" } }
    }

    @Test("are found in a folder, beside a plugin, or as a file; what is missing is said")
    func paths() throws {
        let bench = try Workbench(tests: "it('one', function() end)")
        try bench.write(Workbench.plugin, to: "alone.lua")
        let plugin = bench.folder + "/p.lua"
        for path in [plugin, bench.folder + "/p_test.lua", bench.folder, bench.folder + "/"] {
            let tests = try PluginTests(HarnessOptions(paths: [path]))
            #expect(try tests.run { _ in }.map { $0.tests.count } == [1], "\(path)")
            #expect(tests.untested.count == (path.hasSuffix(".lua") ? 0 : 1))
        }
        let alone = bench.folder + "/alone.lua"
        #expect(throws: HarnessError.noTests(paths: [alone])) { try PluginTests(HarnessOptions(paths: [alone])) }
        #expect(throws: HarnessError.missingPath("/nowhere")) { try PluginTests(HarnessOptions(paths: ["/nowhere"])) }
        try FileManager.default.removeItem(atPath: plugin)
        #expect(try bench.run().error?.contains("the plugin that it tests is missing") == true)
    }

    @Test("survive what a hostile file does", arguments: 0..<300)
    func hostile(_ seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let parts = [
            "it(", "describe(", "'x'", "function()", "end", ")", "expect(", ".to_equal(", "redact(", "build.ad_shown",
            "{",
            "}", "json.array", "json.null", "parse('[[1]]')", "setmetatable(", "__index=", "error(", "coroutine.wrap(",
            "string.rep('x',1e7)", "nil", "fixture(", "..", "_G", "pairs(", "load(", "while true do", "local t =",
            "t[t]=",
            "\n", ",", "=", "return", "pcall(", "tostring(", "0/0", "#", "-", "'\\0'", "print(",
        ]
        let source = (0..<Int.random(in: 1..<40, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        let result = try Workbench(tests: "it('t', function() \(source.joined(separator: " ")) end)").run()
        #expect(result.error != nil || result.tests.count >= 1)
    }
}

@Suite("Snapshots")
struct SnapshotTests {
    private let tests = """
        it("line\\nfeed", function() expect(redact(build.session_started())).to_match_snapshot("a\\nb") end)
        it("two", function()
          expect({ 1, 2 }).to_match_snapshot()
          expect({ a = VALUE }).to_match_snapshot()
        end)
        """

    private func bench(_ value: Int) throws -> Workbench {
        try Workbench(tests: tests.replacingOccurrences(of: "VALUE", with: "\(value)"))
    }

    @Test("are written once, hold from then on, and are written anew when asked")
    func write() throws {
        let bench = try bench(1)
        #expect(try bench.run().written.count == 3)
        let text = bench.read("__snapshots__/p_test.snap")
        let again = try bench.run()
        #expect(again.written.isEmpty && again.failures == 0 && again.obsolete.isEmpty)
        try bench.write(tests.replacingOccurrences(of: "VALUE", with: "2"), to: "p_test.lua")
        let changed = try bench.run()
        #expect(changed.failures == 1)
        guard case .failed(let message) = changed.tests[1].outcome else { return }
        #expect(message.hasSuffix("(--update writes it anew)\n-   \"a\": 1\n+   \"a\": 2"), "\(message)")
        #expect(bench.read("__snapshots__/p_test.snap") == text)
        #expect(try bench.run { $0.updatesSnapshots = true }.written == ["two > 2"])
        #expect(try bench.run().failures == 0)
    }

    @Test("that no test asks for are named, and removed when asked, but not after a failure or behind a filter")
    func obsolete() throws {
        let bench = try bench(1)
        _ = try bench.run()
        try bench.write("it('two', function() expect({ 1, 2 }).to_match_snapshot() FAIL end)", to: "p_test.lua")
        #expect(try bench.run { $0.updatesSnapshots = true }.obsolete.isEmpty)
        #expect(bench.read("__snapshots__/p_test.snap")?.contains("two > 2") == true)
        try bench.write("it('two', function() expect({ 1, 2 }).to_match_snapshot() end)", to: "p_test.lua")
        #expect(try bench.run().obsolete == ["line\\nfeed > a\\nb", "two > 2"])
        _ = try bench.run { ($0.updatesSnapshots, $0.filter) = (true, "two") }
        #expect(bench.read("__snapshots__/p_test.snap")?.contains("two > 2") == true)
        #expect(try bench.run { $0.updatesSnapshots = true }.obsolete.isEmpty)
        #expect(bench.read("__snapshots__/p_test.snap") == "=== two > 1\n[\n  1,\n  2\n]\n")
    }

    @Test("that are missing fail where none may be written")
    func ci() throws {
        let bench = try bench(1)
        #expect(try bench.run { $0.isCI = true }.failures == 2)
        #expect(bench.read("__snapshots__/p_test.snap") == nil)
    }

    @Test("are asked for once by a name, and have no opposite")
    func misuse() throws {
        #expect(
            try failure("expect(1).to_match_snapshot('a') expect(1).to_match_snapshot('a')")?
                .contains("asks for snapshot 't > a' twice") == true)
        #expect(try failure("expect(1).never.to_match_snapshot()") == "p_test.lua:2: a snapshot has no opposite")
    }
}
