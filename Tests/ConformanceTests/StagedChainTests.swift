import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

@Suite("A chain of native and isolated plugins")
struct StagedChainTests {
    /// What plugins may do to events that others have looked at, or will.
    private static let bodies = [
        "d.ip = mask.ip(d.ip)", "d.ip = nil", "d.ip = '192.0.2.7'", "d.text = mask.text(d.text) d.text = d.text",
        "if d.list then d.list[#d.list + 1] = 7 else d.list = { 1 } end", "if d.list then d.list[1] = d.list[2] end",
        "if d.list then d.list = { 1, 7 } end", "if d.list then d.list = json.array{} end", "d.list = nil",
        "d.new = { a = { 1, 2 }, b = 'x' }", "if d.new then d.new.a[2] = nil d.new.c = 5 end", "d.new = nil",
        "if d.object then d.object.a = nil d.object.z = d.object.z or 1 end",
        "if d.object then d.object = { b = { 1 } } end",
        "if d.object and d.object.b then d.object.b.c = 'deep' end", "local o = d.object d.object = nil d.object = o",
        "for k, v in pairs(d) do if type(v) == 'string' then d[k] = v .. '!' end end",
        "for k in pairs(d) do host.log(k) end", "if d.n % 5 == 0 then return nil end",
        "if d.n % 7 == 3 then error('seven') end", "if d.n % 11 == 4 then return 5 end", "d.n = d.n + 0.5",
        "count = (count or 0) + 1 d.count = count", "event.subject = host.hash(event.subject)", "event.subject = nil",
        "event.time = '2026-01-01T00:00:00Z'", "d.r = math.random(1000)", "",
        "if d.n % 9 == 1 then for i = 1, 6 do d['x' .. i] = ('x'):rep(100000) end end",
        "if d.n % 9 == 1 then for i = 1, 9 do d['y' .. i] = ('y'):rep(100000) end end",
        "for i = 1, 6 do d['x' .. i] = nil end",
    ]

    private static func lines(_ random: inout SplitMix) -> String {
        var text = ""
        for number in 1...40 {
            let space = Bool.random(using: &random) ? " " : ""
            var members = ["\"n\":\(space)\(number)"]
            for member in [
                "\"ip\":\"192.0.2.33\"", "\"text\" : \"I am Anna, anna@example.org\"", "\"list\":[1, 7]", "\"list\":[]",
                "\"object\":{ \"a\":1, \"b\":{\"c\":null}, \"z\":[[]]}", "\"device_id\":\"d\\u0031\"",
            ]
            where Bool.random(using: &random)
                && !(member.hasPrefix("\"list") && members.contains { $0.hasPrefix("\"list") })
            { members.append(member) }
            members.shuffle(using: &random)
            text += event(members.joined(separator: ",\(space)"), id: "\(number)")
            if number % 13 == 0 { text += ["\n", "{\n", "{\"id\":1}\n", "  \r\n"].randomElement(using: &random) ?? "" }
        }
        return text + (Bool.random(using: &random) ? "\n\n" : "")
    }

    @Test("does what a native chain does, whichever of them are isolated", arguments: 0..<40)
    func anyMix(_ seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let sources = (1...Int.random(in: 2...4, using: &random)).map { number in
            let bodies = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Self.bodies.randomElement(using: &random) ?? ""
            }
            // A body may return by itself, and nothing stands behind that.
            let body = bodies.map { "do \($0) end" }.joined(separator: "\n")
            return plugin("local d = event.data\n\(body)\nreturn event", name: "plugin\(number)")
        }
        let lines = Self.lines(&random)
        let native = Ran(lines, through: try chain(sources, isolated: sources.map { _ in false }))
        for mix in mixes(of: sources.count) {
            let difference = native.difference(to: Ran(lines, through: try chain(sources, isolated: mix)))
            #expect(difference.isEmpty, "\(mix)\n\(sources.joined(separator: "\n"))\n\(difference)")
        }
    }

    @Test("does so with the plugins that come with the host")
    func bundled() throws {
        let sources = try ["minors", "pseudonymise", "redact"].map { try text(of: "plugins/\($0).lua") }
        let lines = try text(of: "examples/events.ndjson")
        let native = Ran(lines, through: try chain(sources, isolated: [false, false, false]))
        #expect(native.failures.isEmpty && native.redactions.count > 10)
        for mix in mixes(of: 3) { #expect(Ran(lines, through: try chain(sources, isolated: mix)) == native) }
    }

    @Test(
        "does so whatever a plugin does, and with what the next finds then", arguments: Corpus.values + Corpus.failures)
    func corpus(_ body: String) throws {
        let sources = [
            plugin("local d = event.data\n\(body)\nreturn event", name: "first"),
            plugin("for k, v in pairs(event.data) do event.data[k] = json.null end return event", name: "second"),
        ]
        let lines =
            event(#""ip":"192.0.2.33","n":1.50,"l":[1,null]"#) + "{\n\n" + event("", id: "2", type: "nobody.knows")
        guard let native = try? Ran(lines, through: chain(sources, isolated: [false, false])) else { return }
        for mix in mixes(of: 2) {
            let difference = native.difference(to: Ran(lines, through: try chain(sources, isolated: mix)))
            #expect(difference.isEmpty, "\(mix) \(difference)")
        }
    }

    @Test("gives large output in the same parts, on batch after batch, and shows each event when it is done")
    func parts() throws {
        let lines = (1...300).map { event(#""n":\#($0)"#, id: "\($0)") }.joined() + "\n{\n"
        let grows = "event.data.x = ('x'):rep(50000) if event.data.n % 7 == 0 then return nil end return event"
        let shrinks = "event.data.x = #event.data.x if event.data.n % 11 == 0 then error('eleven') end return event"
        let again = "event.data.y = ('y'):rep(event.data.x) return event"
        let sources = [grows, shrinks, again].map { plugin($0) }
        let native = try chain(sources, isolated: [false, false, false])
        let expected = Ran(lines, through: native)
        #expect(expected.output.utf8.count > 10_000_000 && expected.rejects.count == 1)
        for mix in mixes(of: 3) {
            let chain = try chain(sources, isolated: mix)
            #expect(Ran(lines, through: chain) == expected)
            #expect(Ran(lines, through: chain).output == expected.output)
            #expect(Ran(lines, through: chain, skipping: true).events.count == 300)
            #expect(notes(lines, chain) == notes(lines, native))
        }
    }

    /// What a chain shows of the events that passed, and how many there were.
    private func notes(_ lines: String, _ chain: any EventChain) -> [String] {
        let batch = EventBatch()
        Array(lines.utf8).withUnsafeBytes { batch.bytes.append($0) }
        var notes: [String] = []
        while !batch.isDone {
            chain.process(batch, skipping: false) { document, event in
                event.viewer = 7
                guard event.outcome == .changed || event.outcome == .passed else {
                    return notes.append("\(event.outcome)")
                }
                var output = ByteBuffer()
                document.write(into: &output)
                let text = output.rawBytes
                notes.append("\(event.line) \(String(decoding: text, as: UTF8.self))")
            }
            #expect(batch.events.allSatisfy { $0.viewer == 7 })
            batch.removeLineResults()
        }
        return notes
    }

    @Test("loses one event to a plugin that is stopped from outside, and nothing of the other plugins' memory")
    func stopped() throws {
        let counts = "count = (count or 0) + 1 event.data.count = count return event"
        let slow = "if event.data.n == 3 then load(('x=9e-300 '):rep(400000)) end return event"
        let sources = [("first", counts, false), ("slow", slow, true), ("last", counts, true)].map {
            name, body, isolated in
            PluginSource(path: "\(name).lua", bytes: Array(plugin(body, name: name).utf8), isUntrusted: isolated)
        }
        let loader = PluginLoader(key: [], limits: LuaLimits(steps: 1 << 40, nanoseconds: 200_000_000))
        let loaded = try loader.load(sources)
        #expect(loaded.homes == [.native, .wasm, .wasm])
        let ran = Ran((1...6).map { event("\"n\":\($0)", id: "\($0)") }.joined(), through: loaded.chains[0])
        #expect(ran.failures.map { $0.plugin } == ["slow"] && ran.failures.map { $0.code } == ["time_limit"])
        #expect(ran.output.contains(#""n":6,"count":5"#) && ran.calls == [6, 6, 5])
        #expect(ran.events.count == 6)
    }

    /// A chain that breaks its word: what it passes on is no event, is two, or is not answered at all.
    private final class BrokenChain: EventChain {
        var usage: [PluginUsage] { [PluginUsage()] }
        let output: String

        init(output: String) { self.output = output }

        func process(
            _ batch: EventBatch, skipping: Bool, noting note: ((EventDocument, inout BatchEvent) -> Void)?
        ) {
            RedactorChain([]).process(batch, skipping: false, noting: note)
            batch.output.removeAll()
            for index in batch.events.indices {
                Array((output + "\n").utf8).withUnsafeBytes { batch.output.append($0) }
                batch.events[index].plugin = 1
                batch.events[index].outputEnd = UInt32(batch.output.count)
            }
        }
    }

    @Test("lets no plugin pass on what is no event", arguments: ["{", "", "{}", "[1]"])
    func broken(_ output: String) throws {
        let redactor = try Array(plugin("return event", name: "last").utf8).withUnsafeBytes {
            try LuaRedactor(source: $0, file: "last.lua", context: PluginContext(hash: KeyedHash(key: [])))
        }
        let chain = StagedChain([(BrokenChain(output: output), ["broken"]), (RedactorChain([redactor]), ["last"])])
        let ran = Ran(event("") + "\n" + event("", id: "2"), through: chain)
        #expect(ran.output.isEmpty && ran.events.count == 2)
        #expect(ran.failures.map { $0.plugin } == ["broken", "broken"])
        #expect(
            ran.failures.allSatisfy {
                $0.code == "wrong_result" && $0.message == "what the plugin passed on is no event"
            })
    }
}
