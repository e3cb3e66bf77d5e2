import Events
import Lua
import Plugins
import Testing

@Suite("A hostile plugin")
struct HostilePluginTests {
    @Test(
        "runs into a limit, in good time, whatever it tries",
        arguments: [
            // Loops that call nothing, or nothing but themselves.
            "::a:: goto a",
            "local mt = {} mt.__eq = function() while true do end end return setmetatable({}, mt) == setmetatable({}, mt)",
            "local t = setmetatable({}, { __concat = function(a) return a end }) local x = '' while true do x = t .. x end",
            "for _ in ipairs(setmetatable({}, { __index = function() return 1 end })) do end",
            "local function f() pcall(f) pcall(f) end f()",
            "local function f() return 1 + f() end return f()",
            "assert(load('return x', 'n', 't', setmetatable({}, { __index = function() while true do end end })))()",
            "local x <close> = setmetatable({}, { __close = function() while true do end end }) return event",
            // Library functions with much to do.
            "while true do ('x'):rep(1000000):gsub('', '') end",
            "local s = 'x' for _ = 1, 40 do s = s:gsub('.', '%0%0') end",
            "return (('x'):rep(1000000):gsub('.', function() while true do end end))",
            "local s = ('a'):rep(1000000) while true do s:find(('a'):rep(100000) .. 'b', 1, true) end",
            "while true do string.format('%99.99f', 1e308) end",
            "while true do string.format('%q', ('\\0'):rep(1000000)) end",
            "while true do os.date(('%c'):rep(10000), 0) end",
            "local s, date = ('%c'):rep(160000), os.date while true do pcall(date, s, 0) end",
            "local t, p = {}, ('k'):rep(20000) for i = 1, 900 do t[p .. i] = 1 end while true do next(t) end",
            "local t = {} for i = 1, 200 do t[i] = 0x10FFFF end while true do utf8.char(table.unpack(t)) end",
            "while true do string.unpack(('b'):rep(30), ('x'):rep(100)) end",
            "local t = {} for i = 1, 100000 do t[i] = i end table.sort(t, function() return true end)",
            "table.concat(setmetatable({}, { __len = function() return 1 << 60 end, __index = function() return 'x' end }))",
            "table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, 'x')",
            "table.remove(setmetatable({}, { __len = function() return 1 << 60 end }), 1)",
            "table.insert(setmetatable({}, { __newindex = function() while true do end end }), 1)",
            "local t = {} while true do pcall(table.insert, t, 1, 1) end",
            "return load('return ' .. ('1+'):rep(2000000) .. '1')",
            // Work inside of Lua itself that grows with a string, and that nothing counts.
            "local s = ('1'):rep(4000000) while true do local x = s + 0 end",
            "local s = ('1'):rep(4000000) while true do local x = -s end",
            "local s = ('1'):rep(4000000) while true do math.floor(s) end",
            "local a, b = ('a'):rep(2000000), ('a'):rep(2000000) while true do local x = a < b end",
            // Memory.
            "local s = ('1'):rep(30000000) while true do local x = s + 0 end",
            "error(('x'):rep(30000000))",
            "local s = 'x' while true do s = s .. s end",
            "string.pack('c1000000000', 'x')",
            "local t = {} for i = 1, 1 << 40 do t[i] = i end",
            "local t = {} while true do t[#t + 1] = function() return t end end",
            // What an event keeps of edits that are taken back or refused.
            "local k = ('k'):rep(3000000) while true do event.data[k] = 1 event.data[k] = nil end",
            "local s = ('\\1'):rep(3000000) while true do pcall(function() event.data.x = s end) end",
            "while true do event.data.x = 1 event.data.x = nil end",
            "local d = event.data while true do d.a = {} d = d.a end",
            "local d = event.data d.a = 1 while true do d.a = { a = { a = 1 } } d = d.a.a end",
        ])
    func runsIntoLimit(_ body: String) throws {
        let limits = LuaLimits(memory: 32 << 20, steps: 2_000_000, nanoseconds: 1_000_000_000)
        let clock = ContinuousClock()
        let start = clock.now
        let failure = try #require(try redact(event(""), with: plugin(body), limits: limits).failure)
        #expect(failure.code.hasSuffix("_limit"), "\(failure)")
        #expect(clock.now - start < .seconds(10), "the time limit is a second")
    }

    @Test(
        "cannot let a coroutine that a limit has ended run on in a later call",
        arguments: ["co = coroutine.create(f) coroutine.resume(co)", "co = coroutine.wrap(f) co()"])
    func endsCoroutines(_ start: String) throws {
        let body = "if type(co) == 'thread' then coroutine.close(co) elseif co then co() end \(start) return event"
        let redactor = try load(
            """
            local co
            local function f()
              local x <close> = setmetatable({}, { __close = function() while true do end end })
              while true do end
            end
            \(plugin(body))
            """, limits: LuaLimits(steps: 100_000))
        #expect(try redact(event(""), with: redactor).failure?.code == "instruction_limit")
        let second = try #require(try redact(event(""), with: redactor).failure)
        #expect(second.message.contains("cannot close a coroutine that a limit has ended"))
    }

    @Test(
        "fails its event with errors of every kind",
        arguments: [
            ("error({ code = 1 })", "the error value is no string"),
            ("error(nil)", "the error value is no string"),
            ("error(event)", "the error value is no string"),
            (
                "error(setmetatable({}, { __tostring = function() while true do end end }))",
                "the error value is no string"
            ),
            ("error(('x'):rep(5000))", "..."),
            (
                "local x <close> = setmetatable({}, { __close = function() error('in close') end }) return event",
                "in close"
            ),
            ("return tostring(setmetatable({}, { __tostring = function() return {} end }))", "must return a string"),
            ("string.format('%99999d', 1)", "invalid conversion"),
            ("local function f(s) return (s:gsub('.', f)) end f('abc')", "C stack overflow"),
            ("local t = {} setmetatable(t, { __index = t }) return t.x", "possible loop"),
            ("coroutine.yield()", "yield from outside a coroutine"),
            ("table.unpack({}, 1, 1e6)", "too many results"),
            ("assert(load(function() return 'x = 1' end))", "string expected"),
            ("assert(load(('('):rep(100000)))", "C stack overflow"),
            ("os.time({ year = math.maxinteger, month = 1, day = 1 })", "not an integer in range"),
            ("error = nil tostring = nil print(1)", "attempt to call a nil value"),
            ("event.time = 'rubbish'", "RFC 3339"), ("event.subject = ''", "non-empty string"),
            ("event.type = nil", "identifies the event"), ("event.data[1] = 1", "named by strings"),
            ("event.data[1.5] = 1", "named by strings"), ("event.data['\\xFF'] = 1", "not UTF-8"),
            ("event.data.ip = {}", "must be a string"),
        ])
    func failsItsEvent(_ body: String, _ message: String) throws {
        let failure = try #require(try redact(event(""), with: plugin(body)).failure)
        #expect(failure.code == "error" && failure.message.contains(message), "\(failure)")
        #expect(failure.message.utf8.count < 1100)
    }

    @Test(
        "cannot make of its event what is none any more",
        arguments: [
            ("for i = 1, 3000 do event.data['k' .. i] = i end", "output_limit"),
            ("for i = 1, 63 do event.data.a = { event.data.a or 1 } end", "output_limit"),
            ("local d = event.data for i = 1, 100 do d.a = d.a or {} d = d.a end", "output_limit"),
            ("for i = 1, 100 do event.data.a = { event.data.a or 1 } end", "output_limit"),
        ])
    func keepsEventsReadable(_ body: String, _ code: String) throws {
        #expect(try redact(event(""), with: plugin(body + " return event")).failure?.code == code)
    }

    @Test(
        "gets no further than its event, which stays one, with",
        arguments: [
            "for i = 1, 61 do event.data.a = { event.data.a or 1 } end",
            "for i = 1, 1023 do event.data['k' .. i] = i end",
            "for i = 1, 10 do event.data.a = event.data end",
            "local l = event.data.list event.data.list = nil l.y = 5 l.z = { 1 }",
            "local l = event.data.list event.data.list = 5 l.y = 5 event.data.list = l",
            "mask, string, table, _G.json = nil", "_ENV = { event = event }", "event.data[''] = 1",
            "event.data['a\\0b'] = 1", "local mt = {} setmetatable({}, mt) mt.__gc = function() while true do end end",
            "setmetatable({}, setmetatable({}, { __index = { __gc = error } }))",
            "local step = coroutine.wrap(function(e) e.data.x = 1 coroutine.yield(e) end) event = step(event)",
            "redact = 5", "event.foo = 'x'",
            // The walks' own functions, called with what they do not walk.
            "local step = pairs({ 1, 2 }) step('x') step(5) step(json.null) assert(select(2, pcall(step, nil)) == nil)",
            "local step = pairs(event.data) step('x') step(5) step(json.null)",
            "assert(math.type(math.random(0)) == 'integer')",
            "table.insert(setmetatable({}, { __len = function() return math.maxinteger end }), 1)",
        ])
    func staysAnEvent(_ body: String) throws {
        let text = try #require(try redact(event(#""list":{"y":1}"#), with: plugin("\(body) return event")).text)
        _ = try redact(text, with: plugin("return event"))
    }

    @Test("walks a table whose entries the collector takes, and sees no key that never was there")
    func walksWeakTables() throws {
        let body = """
            for round = 1, 300 do
              local weak = setmetatable({}, { __mode = "v" })
              for i = 1, round do weak[("key-%d-%d"):format(round, i)] = { i } end
              for key in pairs(weak) do
                assert(key:find("^key%-%d+%-%d+$"), key)
                local _ = ("x"):rep(round * 10)
              end
            end
            return event
            """
        let outcome = try redact(event(""), with: plugin(body), limits: LuaLimits(steps: 1_000_000_000))
        #expect(outcome.text != nil, "\(outcome)")
    }
}
