import CBridge
import CLua
import Lua
import TestSupport
import Testing

/// Real Lua with its own libraries.
final class PlainLua {
    private let state = luaL_newstate()!

    init() {
        luaL_openlibs(state)
    }

    deinit {
        lua_close(state)
    }

    /// The string that the chunk returns, or the message of its error.
    func run(_ source: String) -> String {
        lua_settop(state, 0)
        let bytes = Array(source.utf8CString)
        let loaded = luaL_loadbufferx(state, bytes, bytes.count - 1, "=t", "t")
        if loaded == LUA_OK { _ = lua_pcallk(state, 0, 1, 0, 0, nil) }
        var length = 0
        guard let text = lua_tolstring(state, -1, &length) else { return "no string" }
        return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    }
}

/// The string that the chunk returns in the sandbox, or the message of its error.
func runSandboxed(_ source: String, limits: LuaLimits = LuaLimits()) throws -> String {
    let sandbox = try LuaSandbox(limits: limits, event: vh_event())
    var text = "return { out = (function()\n\(source)\nend)() }"
    do {
        try text.withUTF8 { try sandbox.load(UnsafeRawBufferPointer($0), name: "t") }
    } catch let error as LuaError {
        return error.message
    }
    if case .string(let result) = sandbox.field("out") { return result }
    return "no string"
}

/// A chunk that gives all results of `expressions` as one text, errors without their place.
private func gather(_ expressions: [String]) -> String {
    var chunk = """
        local parts = {}
        local function show(...)
          for i = 1, select('#', ...) do parts[#parts + 1] = tostring((select(i, ...))) end
          parts[#parts + 1] = ';'
        end
        local function try(f)
          local result = { pcall(f) }
          if result[1] then show(table.unpack(result, 2, 40)) else
            show('error', (tostring(result[2]):gsub('^[^ ]*:%d+: ', '')))
          end
        end

        """
    for expression in expressions { chunk += "try(function() return \(expression) end)\n" }
    return chunk + "return table.concat(parts, '|')"
}

/// A Lua literal of bytes.
private func literal(_ bytes: [UInt8]) -> String {
    "\"" + bytes.map { byte in "\\" + String(1000 + Int(byte)).dropFirst() }.joined() + "\""
}

@Suite("The sandbox's pattern matcher")
struct PatternTests {
    private static let items = [
        "a", "b", ".", "%a", "%d", "%s", "%w", "%W", "%p", "%x", "%l", "%u", "%c", "%g", "[ab]", "[^a]", "[a-c]",
        "[%d_]", "[]]",
        "[^]]", "[a-]", "%%", "%.", "%b()", "%bxy", "%f[%w]", "%f[^a]", "()", "(", ")", "%1", "%2", "^", "$", "[", "%",
        "-", "é",
    ]
    private static let suffixes = ["", "", "", "*", "+", "-", "?"]
    private static let subjects: [UInt8] = Array("aabbc1 2_()xy%.]-é\u{0}A".utf8)

    @Test("gives the answers of Lua's own, errors included", arguments: 0..<20)
    func agreesWithLua(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let lua = PlainLua()
        for _ in 0..<20 {
            var expressions: [String] = []
            for _ in 0..<25 {
                let subject = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    Self.subjects.randomElement(using: &random)!
                }
                var pattern = Bool.random(using: &random) && Bool.random(using: &random) ? "^" : ""
                for _ in 0..<Int.random(in: 0...5, using: &random) {
                    let item = Self.items.randomElement(using: &random)!
                    let piece = item + Self.suffixes.randomElement(using: &random)!
                    pattern += Int.random(in: 0..<4, using: &random) == 0 ? "(" + piece + ")" : piece
                }
                let (s, p) = (literal(subject), literal(Array(pattern.utf8)))
                let start = Int.random(in: -14...14, using: &random)
                expressions += [
                    "string.find(\(s), \(p), \(start))", "string.match(\(s), \(p), \(start))",
                    "string.find(\(s), \(p), \(start), true)",
                    "(function() local t = {} for a, b in string.gmatch(\(s), \(p)) do t[#t + 1] = tostring(a) .. "
                        + "tostring(b) end return table.concat(t, ',') end)()",
                    "string.gsub(\(s), \(p), '<%0>')", "string.gsub(\(s), \(p), '%1', 2)",
                    "string.gsub(\(s), \(p), { a = 'x', b = false })",
                    "string.gsub(\(s), \(p), function(c) if c == 'b' then return 7 end end)",
                ]
            }
            let chunk = gather(expressions)
            let (expected, actual) = (lua.run(chunk), try runSandboxed(chunk))
            guard expected != actual else { continue }
            let pairs = zip(expected.split(separator: ";"), actual.split(separator: ";"))
            for (expression, answers) in zip(expressions, pairs) where answers.0 != answers.1 {
                Issue.record("seed \(seed): \(expression): Lua \(answers.0), sandbox \(answers.1)")
                return
            }
            Issue.record("seed \(seed): different answers: \(expected) and \(actual)")
            return
        }
    }

    @Test(
        "stops at the instruction limit where Lua's own would run for years",
        arguments: [
            "('a'):rep(3000):find(('.-'):rep(20) .. 'b')", "('a'):rep(9999):gsub(('a*'):rep(30) .. 'b', '')",
            "('('):rep(200000):find(('%b()'):rep(3))", "('a'):rep(100000):match('(.-)%f[b]%1$')",
        ])
    func stopsAtLimit(_ expression: String) throws {
        let limits = LuaLimits(memory: 8 << 20, steps: 1_000_000, nanoseconds: 0)
        #expect(
            try runSandboxed("return tostring(\(expression))", limits: limits).contains("instruction limit reached"))
    }
}

@Suite("The sandbox's libraries")
struct LibraryTests {
    @Test(
        "give the answers of Lua's own",
        arguments: [
            "('ab'):rep(3, ','), ('ab'):rep(0), ('ab'):rep(-1), ('x'):rep(1, 'long')",
            "('hello'):sub(2, -2), ('hello'):sub(-3), ('hello'):sub(4, 2), ('hello'):sub(math.mininteger, math.maxinteger)",
            "('hello'):byte(1, -1)", "('x'):byte(5)", "string.char(72, 105)",
            "('Hi é'):upper(), ('Hi É'):lower()",
            "('abc'):reverse(), #('abc'), ('abc'):len()",
            "string.format('%5d|%-5s|%05.1f|%x|%q|%%', 42, 'a', 2.55, 255, 'a\\nb')",
            "string.format('%y', 1)",
            "string.format('%10.3s|', 'abcdef')",
            "string.pack('<i4', 7):byte(1, -1)", "string.unpack('<i4', '\\1\\0\\0\\0')", "string.packsize('i4i8')",
            "table.concat({ 1, 2, 'x' }, '-')", "table.concat({ 1, 2, 3 }, ',', 2, 3)",
            "(function() local t = { 1, 2, 3 } table.insert(t, 2, 9) table.insert(t, 5) return table.unpack(t) end)()",
            "(function() local t = { 1, 2, 3 } return table.remove(t, 1), table.remove(t), #t, table.remove({}) end)()",
            "table.insert({ 1 }, 5, 2)", "table.insert({}, 1, 2, 3)",
            "table.unpack(table.move({ 1, 2, 3 }, 2, 3, 1))", "table.unpack(table.move({ 1, 2, 3 }, 1, 3, 2))",
            "table.unpack({ 1, 2, 3 }, 2)", "table.unpack({ 1, 2 }, 1, 3)", "select('#', table.unpack({}, 1, 3))",
            "(function() local t = { 3, 1, 2, 5, 4, 1 } table.sort(t) return table.concat(t, ' ') end)()",
            "(function() local t = { 'b', 'a', 'c' } table.sort(t, function(a, b) return a > b end) return table.concat(t) end)()",
            "table.pack(1, nil, 3).n",
            "utf8.char(233, 8364), utf8.len('aé€'), utf8.codepoint('é')",
            "utf8.len('\\xFF')", "utf8.offset('aé€', 3)",
            "tostring(1.0), tostring(-0.0), tostring(1e100), tostring(1 << 62)",
            "tonumber('0x10'), tonumber('  5 '), tonumber('z', 36), tonumber('5x')",
            "math.floor(2.7), math.max(1, 5, 3), 7 // 2, -7 % 3",
            "'10' + 5, '3' * '4', -'2', '7' // 2, '2' ^ 3, '7' % 4, 10 - '4', '9' / 3, '0x10' | 1, {} + '1'",
            "math.pi, math.huge, math.maxinteger, math.mininteger, math.floor('2.5'), math.sqrt(16)",
            "math.tointeger('8'), math.ult(1, -1), math.type(1), math.type(1.0)",
            "next({}), type(next), rawequal(1, 1), rawlen({ 1 })",
            "pcall(error, 'x'), pcall(error)", "xpcall(function(a) return a end, print, 5)",
            "xpcall(error, function(m) return 'handled ' .. m end, 'x')", "select(-1, 1, 2, 3)", "select(0)",
            "coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end)(1)",

            "coroutine.isyieldable(), coroutine.status(coroutine.create(print))", "('x').y", "#nil", "1 < 'x'",
            "{} .. 'x'",
        ])
    func agreeWithLua(_ expression: String) throws {
        let chunk = gather([expression])
        #expect(try runSandboxed(chunk) == PlainLua().run(chunk))
    }

    @Test(
        "say what is wrong",
        arguments: [
            ("string.char(256)", "value out of range"), ("math.floor({})", "'floor' (number expected, got table)"),
            ("tonumber()", "'tonumber' (value expected)"), ("('x'):upper(1, {}) string.rep()", "'rep'"),
            ("string.pack('i4', 'x')", "'pack'"),
            ("string.format('%d', 1.5)", "number has no integer representation"),
            ("string.format('%s')", "no value"), ("table.concat({ 1, {}, 3 })", "at index 2"),
            ("table.remove({ 1, 2, 3 }, 7)", "position out of bounds"),
            ("table.sort({ 1, 'x' })", "attempt to compare"),
            ("coroutine.wrap(function() error('inside') end)()", "inside"), ("string.upper = 1", ""),
        ])
    func explainErrors(_ code: String, _ message: String) throws {
        let plain =
            "local f = load(\"\(code)\") or load(\"return \(code)\") local ok, m = pcall(f) "
            + "return tostring(ok) .. tostring(m)"
        let result = try runSandboxed(plain)
        #expect(result.hasPrefix("false") && result.contains(message))
    }
}
