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

    @Test("in what it makes of numbers, text and tables", arguments: Corpus.values)
    func values(_ body: String) throws {
        let lines = (1...3).map { event(#""ip":"192.0.2.33","n":1.50,"l":[1,null]"#, id: "\($0)") }.joined()
        let (native, isolated) = try runInBothHomes(lines, [plugin("local d = event.data\n\(body)\nreturn event")])
        #expect(native.failures.isEmpty, "\(native.failures)")
        #expect(isolated == native, "native:\n\(native)\n\nisolated:\n\(isolated)")
    }

    @Test("in what it fails with", arguments: Corpus.failures)
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
