import Foundation
import Harness
import PluginTesting
import Testing
import Wasm

/// A plugin with this function body.
private func plugin(_ body: String) -> String {
    """
    return { kind = "redactor", name = "p", version = "1", reads = { "user" },
      redact = function(event)
        \(body)
      end }
    """
}

@Suite("Made-up events")
struct FuzzTests {
    /// What is found, natively and isolated.
    private func finding(_ body: String, count: Int = 500, seed: UInt64 = 7) throws -> String? {
        let bench = try Workbench(plugin: plugin(body))
        let result = try bench.run { ($0.fuzzCount, $0.seed) = (count, seed) }
        let isolated = try bench.run { ($0.fuzzCount, $0.seed, $0.isolation) = (count, seed, .wasm) }
        #expect(result.tests.map { $0.name } == ["\(count) made-up events, seed \(seed)"])
        #expect(isolated.tests.map { $0.outcome } == result.tests.map { $0.outcome })
        guard case .failed(let message) = result.tests[0].outcome else { return nil }
        return message
    }

    @Test("pass through a plugin that is right")
    func pass() throws {
        #expect(try finding("if event.type == 'ad.shown' then return nil end return event") == nil)
    }

    @Test("find where a plugin takes data for granted, and give the smallest event that shows it")
    func missingData() throws {
        let message = try #require(try finding("event.data.ip = nil return event"))
        #expect(message.hasPrefix("error: ") && message.contains("attempt to index a nil value (field 'data')"))
        #expect(message.contains(#""source":"made-up","type":""#))
        #expect(!message.contains("subject") && !message.contains(#""data":{"#), "\(message)")
    }

    @Test("shrink to the one field, and the value, that matter")
    func shrink() throws {
        let body =
            "local data = event.data if data and data.ip and data.ip ~= json.null and #data.ip > 3 then error('long') end return event"
        let message = try #require(try finding(body))
        let event = try #require(message.split(separator: "\n").last)
        let object = try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any]
        let data = try #require(object?["data"] as? [String: String])
        #expect(data.keys.sorted() == ["ip"] && (data["ip"]?.utf8.count ?? 0) < 8, "\(event)")
    }

    @Test(
        "find every way to fail",
        arguments: [
            ("while true do end", "instruction_limit: "), ("return {}", "wrong_result: "),
            ("event.data = 5 return event", "error: "), ("host.log(('x'):rep(100000)) return event", "output_limit: "),
            ("local s = 'x' while true do s = s .. s end", "memory_limit: "),
        ])
    func fail(_ body: String, _ start: String) throws {
        #expect(try finding(body, count: 20)?.hasPrefix(start) == true)
    }

    @Test("tell where a plugin fails only after other events")
    func stateful() throws {
        let source = "local n = 0\n" + plugin("n = n + 1 if n > 30 then error('full') end return event")
        let result = try Workbench(plugin: source).run { $0.fuzzCount = 100 }
        guard case .failed(let message) = result.tests[0].outcome else {
            Issue.record("the plugin passed")
            return
        }
        #expect(message.contains("full\nonly after 30 others, at event\n{"))
    }

    @Test("are the same for the same seed, and others for another")
    func seeds() throws {
        let body = "error(tostring(event.time) .. event.type .. tostring(event.subject))"
        func event(_ seed: UInt64) throws -> String? {
            try finding(body, seed: seed)?.split(separator: "\n").last.map { String($0) }
        }
        #expect(try event(1) == event(1))
        #expect(try Set((1...8).map { try event($0) }).count > 3)
    }
}

@Suite("Coverage")
struct CoverageTests {
    private let source = """
        -- Not code.
        local function unused(value)
          return value + 1
        end

        local function used(value)
          if value == 1 then
            return "one"
          else
            return "other"
          end
        end

        return {
          kind = "redactor", name = "p", version = "1",
          redact = function(event)
            for i = 1, 3 do
              used(1)
            end
            local routine = coroutine.wrap(function()
              used(1)
              return 5
            end)
            routine()
            return event
          end,
        }
        """

    @Test("tells the lines with code that no test ran")
    func lines() throws {
        let bench = try Workbench(plugin: source, tests: "it('t', function() redact(build.ad_shown()) end)")
        let coverage = try #require(try bench.run { $0.measuresCoverage = true }.coverage)
        #expect(coverage.missed == [3, 10])
        #expect(coverage.lines > 12 && coverage.percent < 100 && coverage.percent > 80)
    }

    @Test("counts over all tests, and reaches all lines where they do")
    func whole() throws {
        let tests =
            "it('a', function() redact(build.ad_shown()) end) it('b', function() redact(build.ad_clicked()) end)"
        let plugin = plugin("if event.type == 'ad.shown' then\nhost.log('a')\nelse\nhost.log('b')\nend\nreturn event")
        let coverage = try #require(
            try Workbench(plugin: plugin, tests: tests).run { $0.measuresCoverage = true }.coverage)
        #expect(coverage.missed.isEmpty && coverage.percent == 100)
        #expect(try Workbench(plugin: plugin, tests: tests).run().coverage == nil)
    }

    @Test("is not measured of a plugin that is isolated, and says so")
    func isolated() throws {
        let bench = try Workbench(tests: "it('t', function() redact(build.ad_shown()) end)")
        let result = try bench.run { ($0.measuresCoverage, $0.isolation) = (true, .wasm) }
        #expect(result.failures == 0 && result.coverage == nil && result.lacksCoverage)
        #expect(HarnessReport.text(result).hasSuffix("coverage: none, it is measured of plugins that run natively"))
    }

    @Test("leaves the limits as they are")
    func limits() throws {
        let tests = """
            it('t', function() expect(redact(build.playback_started{ title = 'loop' }).code).to_match('_limit$') end)
            """
        #expect(try Workbench(tests: tests).run { $0.measuresCoverage = true }.failures == 0)
    }
}
