import Events
import Foundation
import Lua
import Plugins
import Testing

/// Runs one event through one plugin and gives what comes out.
func redact(_ event: String, with source: String, limits: LuaLimits = LuaLimits()) throws -> Redacted {
    let redactor = try load(source, limits: limits)
    return try redact(event, with: redactor)
}

func redact(_ event: String, with redactor: Redactor) throws -> Redacted {
    let document = EventDocument()
    let text = Array(event.utf8)
    return try text.withUnsafeBufferPointer { bytes in
        try document.load(bytes.baseAddress!, count: bytes.count)
        switch redactor.redact(document) {
        case .passed:
            var output = ByteBuffer()
            document.write(into: &output)
            return .passed(
                String(decoding: output.rawBytes, as: UTF8.self)
            )
        case .dropped: return .dropped
        case .failed(let failure): return .failed(failure)
        }
    }
}

func load(_ source: String, limits: LuaLimits = LuaLimits()) throws -> Redactor {
    var text = source
    return try text.withUTF8 {
        try LuaRedactor(
            source: UnsafeRawBufferPointer($0),
            file: "test.lua",
            context: PluginContext(limits: limits, hash: KeyedHash(key: [1, 2, 3]))
        )
    }
}

enum Redacted: Equatable {
    case passed(String)
    case dropped
    case failed(PluginFailure)

    var text: String? {
        if case .passed(let text) = self { text } else { nil }
    }

    var failure: PluginFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}

/// A redactor around a function body, with every grant that the tests' events need.
func plugin(_ body: String, reads: String = "\"user\", \"user.unclassified\"") -> String {
    """
    return { kind = "redactor", name = "test", version = "1.0.0", reads = { \(reads) },
      redact = function(event)
    \(body)
      end }
    """
}

func event(_ data: String, type: String = "session.started") -> String {
    #"{"specversion":"1.0","id":"1","source":"test","type":"\#(type)","subject":"v1","data":{\#(data)}}"#
}

@Suite("A redactor")
struct RedactorTests {
    @Test(
        "sees nothing of a type that nobody knows, unless it asks for unclassified data",
        arguments: [
            (#"{"secret":"x"}"#, "event.data.secret"), (#"{"a":{"secret":"x"}}"#, "event.data.a.secret"),
            (#""x""#, "event.data"), (#"["x"]"#, "event.data[1]"),
        ])
    func unknownTypes(_ data: String, _ expression: String) throws {
        let event = #"{"specversion":"1.0","id":"1","source":"s","type":"nobody.knows","data":\#(data)}"#
        let body = "if \(expression) == 'x' then error('seen') end return event"
        let refused = try redact(event, with: plugin(body, reads: "\"user.contact\""))
        #expect(refused.failure?.message.contains("add \"user.unclassified\" to the manifest's reads") == true)
        let seen = try redact(event, with: plugin(body, reads: "\"user.unclassified\""))
        #expect(seen.failure?.message.hasSuffix("seen") == true)
    }

    @Test("removes and masks fields, and leaves every other byte as it came in")
    func redactsFields() throws {
        let before =
            #"{ "specversion":"1.0", "id":"1","source":"s","type":"session.started" , "subject":"v", "data": "#
            + #"{"ip":"84.12.33.201", "email" : "a@b.cz","x":null,"y":[],"z":{},"n":1.0,"l":[1,null,"w"],"#
            + #""big":12345678901234567890,"e":"é"} }"#
        let after =
            #"{ "specversion":"1.0", "id":"1","source":"s","type":"session.started" , "subject":"v", "data": "#
            + #"{"ip":"84.12.33.0","x":null,"y":[],"z":{},"n":1.0,"l":[1,null,"w"],"#
            + #""big":12345678901234567890,"e":"é"} }"#
        let source = plugin("event.data.email = nil; event.data.ip = mask.ip(event.data.ip); return event")
        #expect(try redact(before, with: source) == .passed(after))
    }

    @Test("drops an event by returning nil")
    func dropsEvents() throws {
        #expect(try redact(event(""), with: plugin("return nil")) == .dropped)
    }

    @Test("fails where it returns something else", arguments: ["42", "{}", "event.data", "'event'", "true"])
    func refusesRubbish(_ value: String) throws {
        let outcome = try redact(event(""), with: plugin("return \(value)"))
        #expect(outcome.failure?.code == "wrong_result")
    }

    @Test("sees only what its manifest asks for")
    func enforcesGrants() throws {
        let read = plugin("local x = event.data.ip; return event", reads: "")
        let failure = try #require(try redact(event(#""ip":"1.2.3.4""#), with: read).failure)
        #expect(
            failure.message == "test.lua:3: may not read 'ip': add \"user.device.ip_address\" to the manifest's reads")
        let write = plugin("event.data.ip = nil; return event", reads: "\"user.contact\"")
        #expect(try redact(event(#""ip":"1.2.3.4""#), with: write).failure?.code == "error")
        let walk = plugin(
            "for k in pairs(event.data) do host.log(k) end; event.data.email = nil; return event",
            reads: "\"user.contact.email\"")
        #expect(try redact(event(#""ip":"1.2.3.4","email":"a@b.c""#, type: "account.updated"), with: walk).text != nil)
    }

    @Test(
        "cannot get at other fields by a way round",
        arguments: [
            "local step = pairs(event.data) step(event.data) local _, v = step(event.data.x) seen = v",
            "local step = pairs(event) local _, v = step(event.data) seen = v",
            "event.data.y = event.data seen = event.data.y.email",
            "event.data.y = { event } seen = event.data.y[1].data.email or event.data.y[1].subject",
            "event.y = { a = event.data } seen = event.y.a.email",
            "event.y = event event.y = event.y seen = event.y.data.email or event.y.subject",
        ])
    func keepsFieldsApart(_ body: String) throws {
        let source = plugin(
            "local seen \(body) assert(not tostring(seen):find('anna'), seen) return event",
            reads: "\"user.unclassified\"")
        let outcome = try redact(
            event(#""x":{"k":1},"email":"anna@example.com""#, type: "account.updated"), with: source)
        let text = try #require(outcome.text, "\(outcome)")
        #expect(text.components(separatedBy: "anna").count == 2)
    }

    @Test("moves a value from one field to another, and keeps one that was replaced apart")
    func movesValues() throws {
        let body = """
            local d = event.data
            local list, a = d.list, d.a
            d.list, d.a = nil, 5
            a.y = 6
            d.moved = list
            d.b = a
            return event
            """
        let outcome = try redact(event(#""list":[1, 2],"a":{}"#), with: plugin(body))
        #expect(outcome.text == event(#""a":5,"moved":[1, 2],"b":{"y":6}"#))
    }

    @Test("walks an array with the positions of its elements")
    func walksArrays() throws {
        let body = """
            local names = {}
            for i, v in pairs(event.data.list) do names[#names + 1] = i .. v end
            event.data.walk = table.concat(names, " ")
            return event
            """
        let outcome = try redact(event(#""list":["a","b","c"]"#), with: plugin(body))
        #expect(outcome.text == event(#""list":["a","b","c"],"walk":"1a 2b 3c""#))
    }

    @Test("reads and makes null, empty arrays and empty objects")
    func makesEmptyValues() throws {
        let source = plugin(
            """
            local d = event.data
            assert(d.a == json.null and #d.b == 0 and d.l[2] == json.null)
            d.a = 1
            d.new = json.null
            d.list, d.object = json.array{}, {}
            d.b[1] = json.null
            return event
            """)
        let outcome = try redact(event(#""a":null,"b":[],"l":[1,null]"#), with: source)
        #expect(outcome.text == event(#""a":1,"b":[null],"l":[1,null],"new":null,"object":{},"list":[]"#))
    }

    @Test(
        "cannot swallow a limit",
        arguments: [
            "while true do end",
            "pcall(function() while true do end end) return event",
            "while true do pcall(function() while true do end end) end",
            "while true do pcall(pcall, error) end",
            "while true do coroutine.wrap(function() for i = 1, 50 do end end)() end",
            "local t = {} while true do t[#t + 1] = ('x'):rep(1000) end",
            "local ok = pcall(string.rep, 'x', 1 << 40) return event",
            "local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(100000) end) end",
            "local s = ('a'):rep(3000) pcall(string.find, s, ('.-'):rep(20) .. 'b') return event",
            "setmetatable({}, { __close = function() while true do end end }) while true do end",
            "local co = coroutine.create(function() while true do end end) coroutine.resume(co) return event",
            "table.sort({3, 1, 2}, function() while true do end end)",
            "table.move({}, 1, 1 << 60, 2)",
            "table.concat(setmetatable({}, { __index = tostring }), '', 1, 1 << 60)",
            "for i = 1, 1 << 40 do ('x'):rep(1000):upper() end",
            "local s = ('x'):rep(1 << 20) while true do local u = utf8.len(s) end",
            "return setmetatable({}, { __index = function() while true do end end }).x",
            "xpcall(function() while true do end end, function() while true do end end) return event",
            "xpcall(error, function() while true do end end) return event",
            "coroutine.wrap(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) "
                + "while true do end end)()",
            "local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() while true do "
                + "end end }) while true do end end) coroutine.resume(co) coroutine.close(co)",
            "host.log(('x'):rep(100000)) return event",
        ])
    func enforcesLimits(_ body: String) throws {
        let limits = LuaLimits(memory: 8 << 20, steps: 1_000_000, nanoseconds: 0)
        let failure = try #require(try redact(event(""), with: plugin(body), limits: limits).failure)
        #expect(failure.code.hasSuffix("_limit"), "\(failure)")
    }

    @Test(
        "has nothing that reaches out of the sandbox",
        arguments: [
            "io", "debug", "package", "require", "dofile", "loadfile", "collectgarbage", "os.execute", "os.getenv",
            "os.exit",
            "os.remove", "os.rename", "os.tmpname", "os.clock", "string.dump", "math.randomseed", "getmetatable('')",
        ])
    func hidesGlobals(_ expression: String) throws {
        let outcome = try redact(event(""), with: plugin("assert(not \(expression)); return event"))
        #expect(outcome.text != nil)
    }

    @Test(
        "may neither load bytecode nor set a finalizer nor change a library",
        arguments: [
            "load('\\27Lua')()",
            "setmetatable({}, { __gc = function() end })",
            "string.upper = nil",
            "rawset(string, 'upper', nil)",
            "getmetatable('').__index = nil",
            "local x = next({}) .. 'a'",
            "event.data.f = function() end",
            "event.data.t = { 1, a = 2 }",
            "local t = {} t.t = t event.data.t = t",
            "event.id = 'other'", "event.data = {}", "event.data = nil",
            "event.data.ip = 5",
            "event.data.x = 0/0",
            "event.data.x = '\\xFF'",
            "for k in pairs({ [{}] = 1, [{}] = 2 }) do end",
        ])
    func refuses(_ body: String) throws {
        let outcome = try redact(event(""), with: plugin("\(body) return event"))
        #expect(outcome.failure?.code == "error")
    }

    @Test("cannot give shared metatables away through json.array")
    func keepsSharedMetatables() throws {
        let body = """
            json.array({}, 'text')
            json.array({}, 5)
            assert(('a'):upper() == 'A' and tostring(5) == '5')
            assert(not pcall(json.array, string) and string.upper)
            assert(#json.array(json.array{ 1 }) == 1)
            return event
            """
        #expect(try redact(event(""), with: plugin(body)).text != nil)
    }

    @Test("walks tables in a defined order")
    func walksInOrder() throws {
        let body = """
            local t, names = { b = 1, a = 2, [10] = 3, [2.5] = 4, [true] = 5, 'x' }, {}
            for k in pairs(t) do names[#names + 1] = tostring(k) end
            event.data.walk = table.concat(names, ' ')
            return event
            """
        #expect(try redact(event(""), with: plugin(body)).text == event(#""walk":"1 2.5 10 a b true""#))
    }

    @Test("draws the same random numbers for the same event")
    func seedsRandomNumbers() throws {
        let source = plugin("event.data.n = math.random(1000000); return event")
        let redactor = try load(source)
        let first = try redact(event(""), with: redactor)
        #expect(try redact(event(""), with: redactor) == first)
        #expect(try redact(event(""), with: source) == first)
    }

    @Test("cannot use an event after its call")
    func refusesStaleValues() throws {
        let redactor = try load(
            "local kept\n"
                + plugin("if kept then event.data.x = kept.y end kept = event.data.list; return event"))
        #expect(try redact(event(#""list":{"y":1}"#), with: redactor).text != nil)
        #expect(try redact(event(#""list":{"y":1}"#), with: redactor).failure?.code == "error")
    }

    @Test(
        "names what is wrong with its manifest",
        arguments: [
            ("", ManifestError.notATable),
            ("return 5", .notATable),
            ("return {}", .missing(field: "kind")),
            ("return { kind = 'sorter', name = 'x', version = '1' }", .unknownKind("sorter")),
            ("return { kind = 'redactor', version = '1' }", .missing(field: "name")),
            (
                "return { kind = 'redactor', name = 'x', version = 1 }",
                .wrongType(field: "version", expected: "a non-empty string")
            ),
            (
                "return { kind = 'redactor', name = 'x', version = '1', reads = { 'user.shoes' } }",
                .unknownCategory("user.shoes")
            ),
            ("return { kind = 'redactor', name = 'x', version = '1' }", .missingFunction("redact")),
        ])
    func checksManifest(_ source: String, _ expected: ManifestError) throws {
        #expect(throws: PluginLoadError.manifest(expected)) { try load(source) }
    }

    @Test("with a syntax error is refused with file and line")
    func reportsSyntaxErrors() throws {
        #expect {
            try load("return {\n  kind = = 'redactor' }")
        } throws: { error in
            (error as? PluginLoadError)?.message.hasPrefix("test.lua:2:") == true
        }
    }
}
