import Foundation
import Lua
import Plugins
import Testing
import Wasm

@Suite("A plugin does the same natively and in engine.wasm")
struct ConformanceTests {
    @Test(
        "where it comes with the host",
        arguments: [["redact"], ["pseudonymise"], ["minors"], ["minors", "pseudonymise", "redact"]])
    func bundled(_ names: [String]) throws {
        let sources = try names.map { try text(of: "plugins/\($0).lua") }
        let (native, isolated) = try runInBothHomes(try text(of: "examples/events.ndjson"), sources)
        #expect(native.output.split(separator: "\n").count >= 30 && native.failures.isEmpty)
        #expect(isolated == native)
    }

    @Test(
        "in what it makes of numbers, text and tables",
        arguments: [
            "d.x = { 1, 1.0, -0.0, 1e15, 1e100, 0.1, 1/3, 2^53, 123456789012, math.maxinteger, math.mininteger, 5e-324 }",
            "d.s = tostring(1e15) .. tostring(0.1) .. tostring(-0.0) .. tostring(2^63) .. (1/3) .. ' ' .. 10 // 3 .. 10 / 2",
            "d.s = tostring(1/0) .. tostring(-1/0) .. tostring(math.huge // 1) .. tostring(0/0 ~= 0/0)",
            "d.s = ('%d %5.2f %g %e %x %q %s %10s|%-10s|%c %i %o %a'):format(3, 1/3, 1e20, 12345.678, 255, 'a\\n\"', {} ~= nil, 'r', 'l', 65, 7, 8, 1.5)",
            "d.s = ('%q'):format(1/3) .. ('%q'):format(math.mininteger) .. ('%.14g'):format(math.pi) .. ('%.99f'):format(1/3)",
            "d.s = math.sqrt(2) .. ' ' .. math.floor(-1.5) .. ' ' .. math.fmod(-7, 3) .. ' ' .. -7 % 3 .. ' ' .. 7 // -2.0",
            "d.s = math.type(3) .. math.type(3.0) .. tostring(math.tointeger('8')) .. tostring(math.ult(1, -1))",
            "d.s = tostring(tonumber('0x1p4')) .. tostring(tonumber('  12  ')) .. tostring(tonumber('1e')) .. tostring(tonumber('zz', 36))",
            "local t = {} for i = 1, 100 do t[i] = math.random(1000) end d.x = t d.r = math.random()",
            "d.x = { math.random(10), math.random(-5, 5), math.random() }",
            "local s = 'abc' d.s = s:sub((1 << 32) + 1) .. s:sub(-(1 << 40), 1 << 40) .. tostring(s:find('b', 1 << 32)) .. #{ s:byte(1 << 33) }",
            "local s = 'abc' d.s = s:sub(4) .. s:sub(5) .. tostring(s:find('', 4)) .. tostring(s:find('', 5)) .. tostring(s:match('.*', 5))",
            "local t = {} for i = 1, 300 do t[i] = (i * 7919) % 1009 end table.sort(t) d.x = t",
            "local t = { 'b', 'a', 'é', 'Z', '10', '9', '' } table.sort(t, function(a, b) return a > b end) d.x = t",
            "local t = { z = 1, a = 2, [10] = 3, [1] = 4, [2.5] = 5, [true] = 6 } local s = '' for k, v in pairs(t) do s = s .. tostring(k) .. v end d.s = s",
            "local s = '' for k in pairs(_G) do s = s .. k .. ' ' end for k in pairs(string) do s = s .. k .. ' ' end d.s = s",
            "d.s = ('hello world'):gsub('(%w+) (%w+)', '%2 %1') .. ('x = 1, y = 2'):gsub('%s*(%w)%s*=%s*(%d)', '%1:%2')",
            "local s = '' for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do s = s .. k .. v end d.s = s .. ('THE (quick)'):find('%((%a+)%)')",
            "d.s = ('%bxy'):rep(3, '-') .. ('[a(b)c]'):match('%b()') .. tostring(('THE'):match('%f[%a]%a+')) .. ('äöü'):upper()",
            "d.s = utf8.char(228, 8364, 128512) .. utf8.len('äöü') .. utf8.codepoint('€') .. #utf8.charpattern",
            "d.s = ('i4 z s1'):len() .. string.unpack('<i4', string.pack('<i4', -2)) .. string.packsize('i8') .. #string.pack('s4', 'abc')",
            "d.s = os.date('!%Y-%m-%d %H:%M:%S %a %A %b %B %j %U %w %p %c %x %X %y %Z %%', 86400 * 365) .. os.time{ year = 2026, month = 2, day = 30 }",
            "d.s = select('#', table.unpack({ 1, nil, 3 }, 1, 3)) .. table.concat({ 1, 2.5, 'x' }, ',') .. #table.pack(1, 2)",
            "local c = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) d.s = c(1) .. c(10)",
            "d.s = host.hash('anna') .. mask.ip('192.0.2.33') .. mask.email('anna@example.org') .. mask.phone('+420 555 014 200')",
            "d.s = mask.card('4111 1111 1111 1111') .. mask.name('Anna Novák') .. mask.text('call me at +420 555 014 200, my name is Anna')",
            "local n = 0 for i = 1, 10000 do n = n + i * 0.1 end d.n = n d.m = n // 1 d.k = n % 7",
            "local f = load('return ...  + 1') d.n = f(41) d.s = tostring(load('x ='))",
            "host.log('one', 2) print(1.5, nil, true, {}) d.s = tostring(print) .. tostring({}) .. tostring(coroutine.create(print))",
            "d.list, d.object, d.null, d.nested = json.array{}, {}, json.null, { a = { b = { json.null, 'ü', 1.0 } } }",
            "d.text = '\\0\\1\\31\\127 \\u{7FF}\\u{FFFF}\\u{10FFFF} \\\\ \\\"'",
            "for k, v in pairs(event) do if type(v) == 'string' then host.log(k .. '=' .. v) end end event.subject = 'other'",
            "counter = (counter or 0) + 1 d.n = counter",
        ])
    func values(_ body: String) throws {
        let lines = (1...3).map { event(#""ip":"192.0.2.33","n":1.50,"l":[1,null]"#, id: "\($0)") }.joined()
        let (native, isolated) = try runInBothHomes(lines, [plugin("local d = event.data\n\(body)\nreturn event")])
        #expect(native.failures.isEmpty, "\(native.failures)")
        #expect(isolated == native, "native:\n\(native)\n\nisolated:\n\(isolated)")
    }

    @Test(
        "in what it fails with",
        arguments: [
            "error('no')", "error('no', 0)", "error({ code = 1 })", "error(nil)", "error(('x'):rep(5000))",
            "local x = nil .. 'a'",
            "return event.data.none.x", "return 42", "return {}", "return event.data", "return nil", "event.data = 1",
            "event.id = 'x'", "event.time = 'rubbish'", "event.data.ip = {}", "event.data['\\xFF'] = 1",
            "event.data[1] = 1",
            "event.data.x = 0/0", "event.data.x = 1/0", "event.data.x = print", "local t = {} t.t = t event.data.x = t",
            "for i = 1, 3000 do event.data['k' .. i] = i end return event",
            "event.data.x = ('x'):rep(2000000) return event",
            "for i = 1, 64 do host.log(('x'):rep(1500)) end return event", "local function f() return f() + 1 end f()",
            "local function f(s) return (s:gsub('.', f)) end f('abc')", "string.rep('x', -1):bad()",
            "('x'):rep(1 << 40)",
            "('x'):rep(1 << 33)", "('xxxx'):rep(1 << 30)", "('x'):rep(5 << 20)", "string.pack('c1000000000', 'x')",
            "table.unpack({}, 1, 1e6)", "coroutine.yield()", "os.time({ year = math.maxinteger, month = 1, day = 1 })",
            "os.date('%Y', math.maxinteger)", "string.format('%99999d', 1)", "assert(load(('('):rep(100000)))",
            "('a'):find('[')",
            "('a'):find('%')", "('a'):gsub('a', '%2')", "utf8.char(-1)", "utf8.codepoint('\\xFF')", "tostring()",
            "math.floor({})",
            "setmetatable({}, { __gc = print })", "string.len = 1", "getmetatable('').__index = 1",
            "math.random(0, -1)", "local x <close> = 4",
            "tonumber('1', 99)", "('x'):byte(1, 1e9)", "(nil)()", "local a = {} < {}", "goto nowhere",
            "for i = 1, 10, 0 do end",
            "local t = setmetatable({}, { __index = function(t, k) return t[k] end }) return t.x",
            "string.format('%s', setmetatable({}, { __tostring = function() return 1 end }))",
        ])
    func failures(_ body: String) throws {
        let lines =
            event(#""ip":"192.0.2.33""#) + event("", id: "2", type: "nobody.knows") + "{\n\n" + event("", id: "3")
        do {
            let (native, isolated) = try runInBothHomes(lines, [plugin(body), plugin("return event", name: "second")])
            #expect(isolated == native, "native:\n\(native)\n\nisolated:\n\(isolated)")
            #expect(native.failures.count + native.output.split(separator: "\n").count <= 3)
        } catch PluginLoadError.lua(let error) {
            let plugins = [IsolatedPlugin(file: "plugin1.lua", source: Array(plugin(body).utf8))]
            #expect(throws: WasmError.plugin(file: "plugin1.lua", message: error.message)) {
                _ = try isolation.get().chain(plugins, key: [], limits: LuaLimits())
            }
        }
    }

    @Test(
        "in which limit it runs into",
        arguments: [
            "while true do end", "pcall(function() while true do end end) return event",
            "while true do pcall(error) end",
            "return (('x'):rep(1000000):gsub('.', function() while true do end end))",
            "local s = ('a'):rep(3000) pcall(string.find, s, ('.-'):rep(20) .. 'b') return event",
            "local t = {} for i = 1, 100000 do t[i] = i end table.sort(t, function() return true end)",
            "table.sort({3, 1, 2}, function() while true do end end)",
            "for i = 1, 1 << 40 do ('x'):rep(1000):upper() end",
            "while true do coroutine.wrap(function() for i = 1, 50 do end end)() end",
            "while true do string.format('%99.99f', 1e308) end",
            "local s = ('x'):rep(1 << 20) while true do local u = utf8.len(s) end",
            "local function f() pcall(f) pcall(f) end f()",
            "local t = {} while true do t[#t + 1] = ('x'):rep(100000) end", "error(('x'):rep(30000000))",
            "local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(100000) end) end",
            "local s = 'x' while true do s = s .. s end",
            "xpcall(error, function() while true do end end) return event",
            "local x <close> = setmetatable({}, { __close = function() while true do end end }) return event",
            "local mt = {} mt.__eq = function() while true do end end return setmetatable({}, mt) == setmetatable({}, mt)",
        ])
    func limits(_ body: String) throws {
        let limits = LuaLimits(memory: 32 << 20, steps: 2_000_000, nanoseconds: 60_000_000_000)
        let (native, isolated) = try runInBothHomes(event("") + event("", id: "2"), [plugin(body)], limits: limits)
        #expect(native.failures.count == 2 && native.failures.allSatisfy { $0.code.hasSuffix("_limit") })
        #expect(isolated == native, "native:\n\(native)\n\nisolated:\n\(isolated)")
    }

    @Test("over more output than comes in one part, and on batch after batch")
    func parts() throws {
        let lines = (1...300).map { event(#""n":\#($0)"#, id: "\($0)") }.joined()
        let body = "event.data.x = ('x'):rep(50000) if event.data.n % 7 == 0 then return nil end return event"
        let (native, isolated) = try runInBothHomes(lines, [plugin(body)])
        #expect(native.output.utf8.count > 12_000_000)
        #expect(isolated == native)
        let chain = try isolation.get().chain(
            [IsolatedPlugin(file: "a.lua", source: Array(plugin("return event").utf8))], key: [], limits: LuaLimits())
        for _ in 1...3 { #expect(Ran(lines, through: chain).output == lines) }
        #expect(Ran(lines, through: chain, skipping: true).output.isEmpty)
    }
}
