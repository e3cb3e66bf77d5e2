import Foundation
import Harness
import PluginTesting
import Testing

@Suite("Expectations")
struct ExpectationTests {
    @Test(
        "hold",
        arguments: [
            "expect(1).to_be(1)", "expect({}).never.to_be({})", "expect(nil).to_be_nil()",
            "expect(0).never.to_be_nil()",
            "expect({ a = { 1, 2 } }).to_equal({ a = { 1, 2 } })", "expect({ a = 1 }).never.to_equal({ a = 2 })",
            "expect('abc').to_contain('b')", "expect({ 1, { 2 } }).to_contain({ 2 })",
            "expect({ a = 1 }).to_contain('a')",
            "expect('a1').to_match('^%a%d$')", "expect(1.1).to_be_near(1.0, 0.2)", "expect(1).to_be_truthy()",
            "expect(false).to_be_falsy()", "expect(json.null).to_equal(json.null)",
            "expect(redact(build.playback_started{ title = 'drop' })).to_be_dropped()",
            "expect(redact(build.playback_started{ title = 'boom' })).to_fail()",
            "expect(redact(build.playback_started{ title = 'boom' })).to_fail_with('error')",
            "expect(redact(build.playback_started{ title = 'boom' }).message).to_contain('bad title')",
            "expect(redact(build.playback_started{ title = 'loop' })).to_fail_with('instruction_limit')",
            "expect(redact(build.playback_started())).never.to_fail()",
            "redact(build.playback_started{ title = 'x' }) expect(logs()).to_be('saw x\\n')",
            "expect(math.type(math.random(5))).to_be('integer')",
        ])
    func hold(_ body: String) throws {
        #expect(try failure(body) == nil)
    }

    @Test(
        "say at the test's line what was expected and what there is",
        arguments: [
            ("expect(1).to_be(2)", "expected 2, got 1"),
            ("expect({}).to_be({})", "expected the very same table (to_equal compares what is in it)"),
            (
                "expect({ a = { b = 1 }, c = 3 }).to_equal({ a = { b = 2 }, d = 4 })",
                "a.b: expected 2, got 1\nd: expected 4, but it is not there\nc: 3 was not expected"
            ),
            ("expect({ 1, 2 }).to_equal({ 1, 3 })", "value[2]: expected 3, got 2"),
            ("expect({ 1 }).never.to_equal({ 1 })", "expected anything but [1]"),
            ("expect('abc').to_contain('x')", "expected \"abc\" to contain \"x\""),
            ("expect('abc').never.to_contain('b')", "expected the opposite of to_contain for \"abc\""),
            ("expect(5).to_contain('x')", "to_contain looks into a string or a table, not into 5"),
            ("expect(nil).to_match('x')", "to_match looks at a string, not at nil"),
            ("expect('x').to_match('[')", "malformed pattern (missing ']')"),
            ("expect(1).to_be_near(2, 0.5)", "expected 1 within 0.5 of 2"),
            ("expect(1).to_bee(1)", "there is no expectation 'to_bee'"),
            ("expect(1, 2)", "expect(value) takes one value"),
            (
                "expect(redact(build.playback_started())).to_fail_with('error')",
                "expected the plugin to fail with error, got {"
            ),
            ("expect(redact(build.playback_started{ title = 'drop' })).never.to_be_dropped()", "the event was dropped"),
            ("build.playback_begun{}", "there is no event type 'playback.begun'"),
            ("build.ad_shown('x')", "build.ad_shown{...} takes the event's data as a table"),
            ("redact()", "redact(event): the event is missing"),
            ("redact('{}')", "this is no event: 'specversion' must be \"1.0\""),
            ("redact({ f = print })", "a function is no JSON value"),
            ("redact({ n = 0 / 0 })", "JSON has no infinity and no NaN"),
            ("redact({ 1, a = 2 })", "a table with both positions and names, or with holes"),
            ("local t = {} t.t = t redact(t)", "a table nested deeper than 64 levels, or in itself"),
            ("parse('{')", "byte 2 of the text: the JSON text ends early"),
            ("parse('1,\"b\":2')", "the text is more than one JSON value"),
            ("it('x', function() end)", "it(...) cannot stand inside a test"),
            ("error('mine')", "mine"), ("error({ code = 5 })", "{\"code\":5}"),
            ("local x = nil; x.y = 1", "attempt to index"),
            ("while true do end", "instruction limit reached"),
            ("pcall(function() while true do end end)", "instruction limit reached"),
            ("local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e6) .. i end", "not enough memory"),
        ])
    func explain(_ body: String, _ message: String) throws {
        let failure = try #require(try failure(body))
        // The body stands on the second line; a failure without a line of its own has that of the test.
        let isPlaced = failure.hasPrefix("p_test.lua:2: \(message)") || failure.hasPrefix("p_test.lua:1: \(message)")
        #expect(isPlaced, "\(failure)")
    }

    @Test("name the line of the test that is being run, however deep the call")
    func lines() throws {
        let helper = "local function check(v)\nexpect(v).to_be(1)\nend\ncheck(2)"
        #expect(try failure(helper) == "p_test.lua:3: expected 1, got 2")
        #expect(try failure("\n\nredact({ f = print })")?.hasPrefix("p_test.lua:4: ") == true)
        #expect(try failure("\nredact(build.ad_shown{ x = print })")?.hasPrefix("p_test.lua:3: ") == true)
    }

    @Test("do not hold by mistake where the plugin failed")
    func pluginFailure() throws {
        let failed = "redact(build.playback_started{ title = 'boom' })"
        for body in [
            "expect(\(failed)).never.to_be_nil()", "expect(\(failed)).never.to_equal({})",
            "expect(\(failed)).to_be_truthy()",
            "local x = \(failed).data.ip", "\(failed).data = 1", failed, "redact(\(failed))",
        ] {
            let message = try failure(body)
            #expect(message?.contains("the plugin failed: error: ") == true, "\(body): \(message ?? "passed")")
            #expect(message?.contains("p.lua:5: bad title") == true)
        }
    }
}

@Suite("Events in tests")
struct TestEventTests {
    private let event = """
        {"specversion":"1.0","id":"1","source":"s","type":"playback.started","data":{"zeta":-0,"bitrate_kbps":1.0,\
        "errors":12345678901234567890,"traces":[1,null,"w",[],{},1.50],"alpha":1e2,"ip":"192.0.2.1","series":"\\u00e9\\ud83c\\udfac"}}
        """

    @Test("go to the plugin and come back as they are written")
    func exact() throws {
        let head = "local event = parse([==[\(event)]==]) "
        #expect(try failure(head + "event.data.ip = nil expect(redact(event)).to_equal(event)") == nil)
        // What the plugin is given is told by what it gives back as text, in a log.
        let echo = """
            return { kind = "redactor", name = "p", version = "1", reads = { "user", "user.unclassified" },
              redact = function(event)
                local names = {}
                for name in pairs(event.data) do names[#names + 1] = name end
                host.log(table.concat(names, " "))
                return event
              end }
            """
        let order = "redact(event) expect(logs()).to_be('zeta bitrate_kbps errors traces alpha ip series\\n')"
        #expect(try failure(head + order, plugin: echo) == nil)
        let snapshot = try Workbench(
            plugin: echo, tests: "it('t', function() \(head) expect(redact(event)).to_match_snapshot() end)")
        #expect(try snapshot.run().failures == 0)
        let text = try #require(snapshot.read("__snapshots__/p_test.snap"))
        for value in ["\"zeta\": -0", ": 1.0,", "12345678901234567890", "1.50", "1e2", "null", "[],", "{},", "é🎬"] {
            #expect(text.contains(value), "\(value)")
        }
    }

    @Test(
        "differ where their texts do",
        arguments: [
            ("1.0", "1"), ("1.50", "1.5"), ("12345678901234567890", "12345678901234567891"), ("[]", "{}"),
            ("null", "false"),
            ("-0", "0"), ("1e2", "100.0"), ("[null]", "[]"),
        ])
    func differ(_ one: String, _ other: String) throws {
        #expect(try failure("expect(parse('[\(one)]')).never.to_equal(parse('[\(other)]'))") == nil)
        #expect(try failure("expect(parse('[\(one)]')).to_equal(parse('[\(one)]'))") == nil)
    }

    @Test("a number that the test writes stands for its value")
    func literals() throws {
        #expect(try failure("expect(parse('[1.50, 2, 1e2]')).to_equal({ 1.5, 2, 100.0 })") == nil)
        #expect(try failure("expect(parse('[1.0]')).to_equal({ 1 })") == "p_test.lua:2: value[1]: expected 1, got 1.0")
        #expect(try failure("local v = parse('[1.50]') v[1] = 2 expect(v).to_equal({ 2 })") == nil)
    }

    @Test("come from a fixture beside the test and from nowhere else")
    func fixtures() throws {
        let bench = try Workbench(
            tests: """
                it("reads", function()
                  local events = fixture("two.ndjson")
                  expect(#events).to_be(2)
                  expect(redact(events[2])).to_equal(events[2])
                end)
                for _, name in ipairs({ "../x", "/etc/passwd", "none", "pipe", "bad.ndjson", "." }) do
                  it(name, function() fixture(name) end)
                end
                """)
        let line = #"{"specversion":"1.0","id":"1","source":"s","type":"x","data":{"a":1.0}}"#
        try bench.write("\(line)\r\n\n\(line)", to: "two.ndjson")
        try bench.write("\(line)\n{\n", to: "bad.ndjson")
        mkfifo(bench.folder + "/pipe", 0o600)
        let result = try bench.run()
        #expect(result.tests[0].outcome == .passed)
        #expect(result.failures == 6)
        guard case .failed(let message) = result.tests[5].outcome else { return }
        #expect(message.contains("bad.ndjson:2:2: the JSON text ends early"))
    }
}
