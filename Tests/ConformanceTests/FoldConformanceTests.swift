import Events
import Foundation
import Lua
import Plugins
import Testing
import Wasm

@Suite("A plugin that folds does the same natively and in engine.wasm")
struct FoldConformanceTests {
    private static let limits = LuaLimits(memory: 8 << 20, steps: 100_000, nanoseconds: 60_000_000_000)

    private func titles() -> TitleTable {
        let titles = TitleTable()
        titles.keepsTexts = true
        let event = EventDocument()
        for data in [
            #""title_id":"t1","title":"A Film","genres":["Drama","Comedy"],"year":1999"#,
            #""title_id":"t2","title":"Žena","kind":"series","duration_seconds":-5.5"#,
        ] {
            let text = #"{"specversion":"1.0","id":"1","source":"test","type":"title.added","data":{\#(data)}}"#
            Array(text.utf8).withUnsafeBytes { if event.load($0) { titles.add(event) } }
        }
        return titles
    }

    @Test("where it is a segment", arguments: FoldCorpus.segments.indices)
    func segments(_ index: Int) throws {
        let both = try BothFolds(
            FoldCorpus.segment(FoldCorpus.segments[index]), limits: Self.limits, titles: titles())
        #expect(both.isolated.manifest == both.native.manifest)
        let log = MadeUpLog(seed: UInt64(index), viewers: 8, events: 12)
        let (native, isolated) = (Folded(log, with: both.native), Folded(log, with: both.isolated))
        #expect(isolated == native, "\(FoldCorpus.segments[index])\nnative:\n\(native)\n\nisolated:\n\(isolated)")
        #expect(native.entries.contains { !$0.isEmpty })
    }

    @Test("where it is about quality", arguments: FoldCorpus.qualities.indices)
    func qualities(_ index: Int) throws {
        let both = try BothFolds(FoldCorpus.quality(FoldCorpus.qualities[index]), limits: Self.limits)
        #expect(both.isolated.manifest == both.native.manifest && both.isolated.observes == both.native.observes)
        let log = MadeUpLog(seed: UInt64(index), viewers: 8, events: 12)
        let (native, isolated) = (Folded(log, with: both.native), Folded(log, with: both.isolated))
        #expect(isolated == native, "\(FoldCorpus.qualities[index])\nnative:\n\(native)\n\nisolated:\n\(isolated)")
        #expect(native.tallies.contains { !$0.hasPrefix("0 ") })
    }

    @Test("over more events than are handed over at once")
    func parts() throws {
        let both = try BothFolds(FoldCorpus.segment(FoldCorpus.segments[1]), limits: .patient)
        let filler = String(repeating: "x", count: 400_000)
        let head = #"{"specversion":"1.0","id":"1","source":"t","type":"search.made","time":"2026-02-01T00:00:00Z""#
        let text = Array((head + #","data":{"query":"\#(filler)"}}"#).utf8)
        var log = MadeUpLog(seed: 1, viewers: 1, events: 1)
        log.parts = [[(1...60).map { (text, Int64($0)) }, [], []]]
        let (native, isolated) = (Folded(log, with: both.native), Folded(log, with: both.isolated))
        #expect(isolated == native)
        #expect(native.answers[0].contains("[56, 57, 58, 59, 60]"))
    }

    @Test("when titles come after the plugin was loaded, and go again")
    func titlesLater() throws {
        let table = TitleTable()
        let both = try BothFolds(
            FoldCorpus.segment(("return state", "return host.title('A Film') ~= nil")), limits: Self.limits,
            titles: table)
        let state: [UInt8] = [0x60]
        func isMember(_ fold: Fold) throws -> Bool {
            try state.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.membership(of: bytes, now: 0) }
                .isMember
        }
        #expect(try !isMember(both.native) && !isMember(both.isolated))
        let event = EventDocument()
        let text = #"{"specversion":"1.0","id":"1","source":"test","type":"title.added","data":{"title":"A Film"}}"#
        Array(text.utf8).withUnsafeBytes { if event.load($0) { table.add(event) } }
        #expect(try isMember(both.native) && isMember(both.isolated))
        table.removeAll()
        #expect(try !isMember(both.native) && !isMember(both.isolated))
    }

    @Test("in what it is refused for")
    func refusals() throws {
        let good = FoldCorpus.segment(FoldCorpus.segments[0])
        for source in [
            "return 5", "return {", "error('no')", good.replacing("segment", with: "crowd"),
            good.replacing("member =", with: "ember ="), good.replacing("fold =", with: "old ="),
            good.replacing("taxonomy", with: "tax"), good.replacing("ttl_days = 3", with: "ttl_days = 0"),
            good.replacing("user.content.public", with: "user.payment"),
        ] {
            let bytes = Array(source.utf8)
            let context = PluginContext(limits: Self.limits, hash: KeyedHash(key: []))
            var native: String?
            do throws(PluginLoadError) {
                _ = try bytes.span.withUnsafeBytes { raw throws(PluginLoadError) in
                    try LuaPlugin(source: raw, file: "a.lua", context: context)
                }
            } catch {
                native = error.message
            }
            var isolated: String?
            do throws(WasmError) {
                _ = try PluginLoader(home: .wasm, key: [], limits: Self.limits).load([
                    PluginSource(path: "a.lua", bytes: bytes)
                ])
            } catch {
                if case .plugin(_, let message) = error { isolated = message }
            }
            #expect(native != nil && isolated == native, "\(source)")
        }
    }

    @Test("and is loaded behind walls where it is not trusted, asks for it, or all are")
    func homes() throws {
        let source = FoldCorpus.segment(FoldCorpus.segments[0])
        let asking = source.replacing("sensitive = true", with: "sensitive = true, isolation = \"wasm\"")
        for (text, path, isUntrusted, home, expected) in [
            (source, "a.lua", false, PluginHome.native, PluginHome.native), (source, "a.lua", true, .native, .wasm),
            (source, "untrusted/a.lua", false, .native, .wasm), (source, "a.lua", false, .wasm, .wasm),
            (asking, "a.lua", false, .native, .wasm),
        ] {
            let loaded = try PluginLoader(home: home, key: []).load(
                [PluginSource(path: path, bytes: Array(text.utf8), isUntrusted: isUntrusted)], count: 2)
            #expect(loaded.homes == [expected] && loaded.folds.count == 2)
            #expect(loaded.folds.allSatisfy { $0.count == 1 && ($0[0] is IsolatedFold) == (expected == .wasm) })
        }
    }
}

@Suite("An engine that stops while it folds")
struct StoppedFoldTests {
    /// Work that nothing in Lua counts while it is done, and so much of it that the engine is stopped from outside.
    private static let slow = "load(('x=9e-300 '):rep(400000))"
    private static let limits = LuaLimits(steps: 1 << 40, nanoseconds: 200_000_000)

    @Test("costs the one event that stopped it, and the others are folded in a fresh instance")
    func goesOn() throws {
        let both = try BothFolds(
            FoldCorpus.segment(
                (
                    "state.n = (state.n or 0) + 1 if ref == 3 then \(Self.slow) end return state",
                    "return true, tostring(state.n)"
                )),
            limits: Self.limits)
        let folder = ViewerFolder([both.isolated], Self.rules)
        var entry: [UInt8] = []
        let texts = (1...6).map { Self.event($0) }
        folder.begin { _ in UnsafeRawBufferPointer(start: nil, count: 0) }
        for (index, text) in texts.enumerated() {
            folder.add(UnsafeRawBufferPointer(text), received: nil, reference: Int64(index + 1))
        }
        folder.finish { entry = Array($1) }
        for text in texts { text.deallocate() }
        let tally = folder.tallies[0]
        #expect(tally.calls == 6 && tally.failures == 1 && tally.takenOut == nil)
        #expect(
            tally.failure
                == PluginFailure(plugin: "test", code: "time_limit", message: "stopped from outside after 400 ms"))
        let answer = try entry.span.withUnsafeBytes { bytes throws(PluginFailure) in
            try SegmentReader(both.isolated, Self.rules).answer(bytes, now: 0)
        }
        #expect("\(answer)".contains(#"reason: "5""#))
    }

    @Test("takes the plugin out where it does so each time, as a native one that fails")
    func takenOut() throws {
        let both = try BothFolds(
            FoldCorpus.segment(("\(Self.slow) return state", "return true")),
            limits: LuaLimits(steps: 1 << 40, nanoseconds: 20_000_000))
        var texts: [UnsafeMutableRawBufferPointer] = []
        let folder = ViewerFolder([both.isolated], Self.rules)
        folder.begin { _ in UnsafeRawBufferPointer(start: nil, count: 0) }
        for number in 1...30 {
            texts.append(Self.event(number))
            folder.add(UnsafeRawBufferPointer(texts[number - 1]), received: nil, reference: Int64(number))
        }
        folder.finish { _, _ in }
        for text in texts { text.deallocate() }
        #expect(folder.tallies[0].calls == 20 && folder.tallies[0].takenOut?.code == "time_limit")
    }

    @Test("costs the one answer that stopped it")
    func answers() throws {
        let both = try BothFolds(
            FoldCorpus.segment(("return state", "if now == 1 then \(Self.slow) end return true")), limits: Self.limits)
        let state: [UInt8] = [0x60]
        func isMember(_ now: Int64) throws -> Bool {
            try state.span.withUnsafeBytes { bytes throws(PluginFailure) in
                try both.isolated.membership(of: bytes, now: now)
            }.isMember
        }
        #expect(
            throws: PluginFailure(plugin: "test", code: "time_limit", message: "stopped from outside after 400 ms")
        ) {
            _ = try isMember(1)
        }
        #expect(try isMember(2))
    }

    private static var rules: GateRules {
        var rules = GateRules()
        rules[.advertising] = .objection
        return rules
    }

    private static func event(_ number: Int) -> UnsafeMutableRawBufferPointer {
        let text =
            #"{"specversion":"1.0","id":"\#(number)","source":"test","type":"search.made","time":"2026-02-01T00:00:0\#(number % 10)Z","data":{}}"#
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        bytes.copyBytes(from: text.utf8)
        return bytes
    }
}
