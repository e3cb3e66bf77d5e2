import Events
import Lua
import Plugins
import Testing

@Suite("Sketches in a plugin")
struct SketchTests {
    @Test(
        "answer with plain values",
        arguments: [
            "local q = sketch.quantiles() for i = 1, 1000 do q:add(i) end "
                + "assert(q:count() == 1000 and q:sum() == 500500 and q:min() == 1 and q:max() == 1000) "
                + "for p = 0, 100 do local v = q:quantile(p / 100) assert(math.abs(v - (1 + 9.99 * p)) <= 1 + 0.11 * p) end",
            "local q = sketch.quantiles(0.1) q:add(-5, 3) q:add(0.0) assert(q:count() == 4 and q:sum() == -15.0)",
            "local q = sketch.quantiles() assert(q:count() == 0 and q:sum() == 0 and not q:min() and not q:quantile(0.5))",
            "local d = sketch.distinct() for i = 1, 7 do d:add(i) d:add('v' .. i % 3) d:add(i + 0.0) end "
                + "assert(d:count() == 10)",
            "local t = sketch.top(3) for _, v in ipairs{ 'a', 'b', 'a', 'c', 'b', 'a' } do t:add(v) end t:add('b', 10) "
                + "local l = t:list() assert(#l == 3 and #t:list(2) == 2 and #t:list(99) == 3) "
                + "assert(l[1].value == 'b' and l[1].count == 12 and l[1].error == 0) "
                + "assert(l[2].value == 'a' and l[3].value == 'c') "
                + "t:add('d') l = t:list() assert(l[3].value == 'd' and l[3].count == 2 and l[3].error == 1)",
            "local a, b = sketch.quantiles(), sketch.quantiles() a:add(1) b:add(3) a:merge(b) a:merge(a) "
                + "assert(a:count() == 4 and a:max() == 3 and b:count() == 1)",
            "local a, b = sketch.distinct(), sketch.distinct() a:add('x') b:add('y') b:add('x') a:merge(b) a:merge(a) "
                + "assert(a:count() == 2)",
            "local a, b = sketch.top(), sketch.top() a:add('x') b:add('x', 4) a:merge(b) a:merge(a) "
                + "assert(a:list()[1].count == 10)",
            "local t = sketch.top() t:add('') t:add(('x'):rep(256)) t:add('a\\0b') assert(t:list()[2].value == 'a\\0b')",
            "assert(tostring(sketch.top()) == 'sketch.top' and type(sketch.top()) == 'userdata')",
            "local f = coroutine.wrap(function() local q = sketch.quantiles() q:add(1) coroutine.yield(q) end) "
                + "assert(f():count() == 1)",
            "local names = {} for name in pairs(sketch) do names[#names + 1] = name end "
                + "assert(table.concat(names, ' ') == 'distinct quantiles top')",
        ])
    func answer(_ body: String) throws {
        let outcome = try redact(event(""), with: plugin("\(body) return event"))
        #expect(outcome.text != nil, "\(outcome)")
    }

    @Test(
        "refuse wrong arguments with Lua's messages",
        arguments: [
            ("sketch.quantiles():add(nil)", "bad argument #1 to 'add' (number expected, got nil)"),
            ("sketch.quantiles():add()", "bad argument #1 to 'add' (number expected, got no value)"),
            ("sketch.quantiles():add('5')", "bad argument #1 to 'add' (number expected, got string)"),
            ("sketch.quantiles():add(json.null)", "bad argument #1 to 'add' (number expected, got json.null)"),
            ("sketch.quantiles():add(0 / 0)", "bad argument #1 to 'add' (finite number expected)"),
            ("sketch.quantiles():add(-math.huge)", "bad argument #1 to 'add' (finite number expected)"),
            ("sketch.quantiles():add(1, 0)", "bad argument #2 to 'add' (count of at least 1 expected)"),
            ("sketch.quantiles():add(1, 1.5)", "bad argument #2 to 'add' (number has no integer representation)"),
            ("sketch.quantiles():quantile(1.1)", "bad argument #1 to 'quantile' (part from 0 to 1 expected)"),
            ("sketch.quantiles():merge(sketch.quantiles(0.02))", "(sketch of the same accuracy expected)"),
            ("sketch.quantiles():merge(sketch.top())", "(sketch.quantiles expected, got sketch.top)"),
            ("sketch.quantiles():merge(event)", "(sketch.quantiles expected, got event)"),
            ("sketch.quantiles():merge({})", "(sketch.quantiles expected, got table)"),
            ("sketch.quantiles(0.5)", "bad argument #1 to 'quantiles' (accuracy from 0.001 to 0.1 expected)"),
            ("sketch.quantiles(0 / 0)", "bad argument #1 to 'quantiles' (finite number expected)"),
            ("sketch.distinct():add(1.5)", "bad argument #1 to 'add' (number has no integer representation)"),
            ("sketch.distinct():add({})", "bad argument #1 to 'add' (string or integer expected, got table)"),
            ("sketch.top(0)", "bad argument #1 to 'top' (size from 1 to 1000 expected)"),
            ("sketch.top(math.maxinteger)", "bad argument #1 to 'top' (size from 1 to 1000 expected)"),
            ("sketch.top():add(5)", "bad argument #1 to 'add' (string expected, got number)"),
            ("sketch.top():add(('x'):rep(257))", "bad argument #1 to 'add' (string of at most 256 bytes expected)"),
            ("sketch.top():list(0)", "bad argument #1 to 'list' (number of at least 1 expected)"),
            ("sketch.top(2):merge(sketch.top(3))", "(sketch of the same size expected)"),
            ("sketch.top = 1", "'sketch.top' cannot be set"),
            ("sketch.top().add = 1", "attempt to index a sketch.top value"),
        ])
    func refuseArguments(_ body: String, _ message: String) throws {
        let failure = try #require(try redact(event(""), with: plugin(body)).failure)
        #expect(failure.code == "error" && failure.message.hasPrefix("test.lua:3: "), "\(failure)")
        #expect(failure.message.contains(message), "\(failure)")
    }

    @Test(
        "are not taken for each other, nor for anything else",
        arguments: [
            "sketch.top().add(sketch.quantiles(), 'x')", "sketch.quantiles().add(sketch.distinct(), 1)",
            "sketch.distinct().add(event, 1)", "sketch.distinct().add(event.data, 1)",
            "sketch.top().add(json.null, 'x')",
            "sketch.quantiles().merge(json.null, json.null)", "sketch.distinct().count('x')", "sketch.top().list({})",
            "sketch.top().list(coroutine.create(error))", "sketch.quantiles().sum()",
            "sketch.quantiles().count(setmetatable({}, { __name = 'sketch.quantiles' }))",
            "event.data.x = sketch.top()", "event.data = sketch.top()", "return sketch.top()",
            "return sketch.top() .. 'x'", "return #sketch.top()", "return sketch.top() < sketch.top()",
            "setmetatable(sketch.top(), {})", "getmetatable(sketch.top()).__gc = nil", "sketch.top().__gc(5)",
            "for _ in pairs(sketch.top()) do end", "rawset(sketch.top(), 'add', nil)", "json.array(sketch.top())",
            "host.log(sketch.top())", "mask.text(sketch.top())",
            "local q = sketch.quantiles() q:add(1, math.maxinteger) q:add(1)",
            "local q = sketch.quantiles() q:add(1, math.maxinteger) q:merge(q)",
            "local t = sketch.top(1) t:add('a', math.maxinteger) t:add('b')",
        ])
    func areNotMistaken(_ body: String) throws {
        let redactor = try load(plugin("if event.data.skip then return event end \(body)"))
        let failure = try #require(try redact(event(""), with: redactor).failure)
        #expect(["error", "wrong_result"].contains(failure.code), "\(failure)")
        #expect(try redact(event(#""skip":true"#), with: redactor).text != nil)
    }

    @Test(
        "count against the limits",
        arguments: [
            "local all = {} while true do all[#all + 1] = sketch.quantiles() end",
            "local all = {} while true do local q = sketch.quantiles() q:add(1) q:add(1e17) all[#all + 1] = q end",
            "local all = {} while true do local d = sketch.distinct() for i = 1, 600 do d:add(i) end all[#all + 1] = d end",
            "local all = {} while true do local t = sketch.top(1000) all[#all + 1] = t "
                + "for i = 1, 500 do t:add(('x'):rep(250) .. i) end end",
            "local q = sketch.quantiles() while true do q:add(1) end",
            "local q = sketch.quantiles() while true do q:quantile(0.5) end",
            "local q = sketch.quantiles() local x = 1 while true do x = x * 1.02 q:add(x) if x > 1e300 then x = 1 end end",
            "local d = sketch.distinct() local s = ('x'):rep(1000000) while true do d:add(s) end",
            "local d = sketch.distinct() while true do d:count() end",
            "local t = sketch.top(1000) local i = 0 while true do i = i + 1 t:add('x' .. i) end",
            "local t, u = sketch.top(1000), sketch.top(1000) for i = 1, 1000 do t:add('x' .. i) end "
                + "while true do u:merge(t) u:list() end",
            "while true do sketch.top() end",
        ])
    func countAgainstLimits(_ body: String) throws {
        let limits = LuaLimits(memory: 8 << 20, steps: 40_000_000, nanoseconds: 4_000_000_000)
        let redactor = try load(plugin("if event.data.skip then return event end \(body)"), limits: limits)
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<2 {
            let failure = try #require(try redact(event(""), with: redactor).failure)
            #expect(failure.code.hasSuffix("_limit"), "\(failure)")
            if body.contains("all[") { #expect(failure.code == "memory_limit") }
            // What they held is free again.
            #expect(try redact(event(#""skip":true"#), with: redactor).text != nil)
        }
        #expect(clock.now - start < .seconds(20), "the time limit is four seconds")
    }

    @Test("that are garbage are released in time")
    func areReleased() throws {
        let body = """
            for i = 1, 20000 do
              local q, t, d = sketch.quantiles(), sketch.top(), sketch.distinct()
              q:add(1) q:add(1e17)
              t:add(('x'):rep(250))
              d:add(i)
            end
            return event
            """
        let limits = LuaLimits(memory: 4 << 20, steps: 100_000_000)
        let outcome = try redact(event(""), with: plugin(body), limits: limits)
        #expect(outcome.text != nil, "\(outcome)")
    }

    @Test("cannot be used after they were collected")
    func areGoneWhenCollected() throws {
        let body = """
            local weak = setmetatable({}, { __mode = "k" })
            for round = 1, 10000 do
              if next(weak) == nil then weak[sketch.quantiles()] = true end
              local _ = ("x"):rep(round % 1000)
              local q = next(weak)
              if q then
                local ok, message = pcall(q.add, q, 1)
                if not ok then error(message, 0) end
              end
              q = nil
            end
            return event
            """
        let failure = try redact(event(""), with: plugin(body), limits: LuaLimits(steps: 1_000_000_000)).failure
        #expect(failure?.message == "a sketch cannot be used after it was collected")
    }

    @Test("keep their values from one event to the next")
    func keepTheirValues() throws {
        let redactor = try load(
            """
            local seen = sketch.top()
            \(plugin("seen:add(event.type) event.data.seen = seen:list(1)[1].count return event"))
            """)
        for count in 1...3 {
            #expect(try redact(event(""), with: redactor).text?.contains("\"seen\":\(count)}") == true)
        }
    }
}
