import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

@Suite("An engine that lies about what it recommends, and asks what it may not")
struct BadRecommenderTests {
    private static func number(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian) { Array($0) }
    }

    private static func block(_ bytes: [UInt8]) -> [UInt8] {
        number(bytes.count) + bytes
    }

    private static func text(_ value: String) -> [UInt8] {
        block(Array(value.utf8))
    }

    private static let manifest = text("recommender") + text("liar") + text("1.0.0") + number(0)
    /// A list of one table with the title `t1`.
    private static let list: [UInt8] = [0x71, 0x61, 0x45] + Array("title".utf8) + [0x42] + Array("t1".utf8)

    /// Asks the host; `values` are what it asks with.
    private static func ask(_ values: [Int]) -> [UInt8] {
        values.flatMap { SmallModule.constant($0) } + [0x10, 0x00]
    }

    private static let drop: [UInt8] = [0x1A]

    /// A plugin of an engine that says these things, and does something before.
    private func load(
        _ answer: [UInt8], returning code: Int = 1, doing body: [UInt8] = [], atLoad early: [UInt8] = [],
        _ manifest: [UInt8] = manifest
    ) throws -> IsolatedRecommender {
        var module = SmallModule.engine()
        module.imported = ("viewerhost", "ask")
        module.importedType = (parameters: "iiiiii", returns: true)
        // Where the results are is kept behind them.
        let place = (manifest.count + answer.count + 1023) / 1024 * 1024
        module.data = manifest + answer
        module.pages = place / 65536 + 3
        let set = { (start: Int, count: Int) in
            SmallModule.constant(place) + SmallModule.constant(start) + SmallModule.store
                + SmallModule.constant(place + 4) + SmallModule.constant(count) + SmallModule.store
        }
        module.replace([
            .init(name: "vh_results", returns: true, body: SmallModule.constant(place) + SmallModule.load),
            .init(name: "vh_results_length", returns: true, body: SmallModule.constant(place + 4) + SmallModule.load),
            .init(
                name: "vh_recommend_load", parameters: "iiiiill", returns: true,
                body: early + set(0, manifest.count) + SmallModule.constant(1)),
            .init(
                name: "vh_recommend", parameters: "iiiil", returns: true,
                body: body + set(manifest.count, answer.count) + SmallModule.constant(code)),
            .init(name: "vh_block_new", parameters: "i", returns: true, body: SmallModule.constant(place + 4096)),
        ])
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "engine.wasm")
        try Data(module.bytes).write(to: path)
        return try Isolation(engine: path.path, library: try library.get(), cache: nil).recommender(
            IsolatedPlugin(file: "a.lua", source: []), key: [], limits: LuaLimits(nanoseconds: 100_000_000))
    }

    private func said(_ recommender: Recommender, from source: RecommendationSource = MadeUpTitles()) -> Recommended {
        Recommended(recommender, ViewerProfile(), count: 5, seed: 1, source)
    }

    @Test("is believed where its answer could be true")
    func believed() throws {
        let found = said(try load(Self.block(Self.list) + Self.text("a line\n")))
        #expect(found.list.items.map { $0.title } == ["t1"] && found.failure == nil && found.log == "a line\n")
        let failed = said(try load(Self.text("error") + Self.text("why") + Self.text(""), returning: 0))
        #expect(failed.failure == PluginFailure(plugin: "liar", code: "error", message: "why"))
    }

    @Test(
        "costs the call where it could not",
        arguments: [
            ("nothing", [], 1), ("end early", block(list).dropLast() + [], 1), ("no log", block(list), 1),
            ("a list of 4 GB", number(-1), 1),
            ("a list of more than may be", block([UInt8](repeating: 0, count: 1 << 20 + 1)) + number(0), 1),
            ("a log of more than may be", block(list) + block([UInt8](repeating: 65, count: 65538)), 1),
            ("a code that is none", text("\u{1B}[2J") + text("why") + text(""), 0),
            ("a long message", text("error") + text(String(repeating: "a", count: 5000)) + text(""), 0),
        ] as [(String, [UInt8], Int)])
    func unbelieved(_ name: String, _ answer: [UInt8], _ code: Int) throws {
        let found = said(try load(answer, returning: code))
        #expect(found.failure?.code == "trap" && found.list.items.isEmpty && found.log.isEmpty)
        #expect(found.failure?.message.hasPrefix("the engine gave a wrong answer: ") == true, "\(found)")
    }

    @Test("shows nothing that may not be shown, whatever bytes its list is", arguments: 0..<60)
    func fuzzed(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var bytes = Self.list + Self.list + [0x7F]
        if seed % 2 == 0 {
            bytes = (0..<Int(random.next() % 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        } else {
            for _ in 0..<3 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
        }
        let found = said(try load(Self.block(bytes) + Self.number(0)))
        #expect(found.failure == nil && found.list.items.allSatisfy { MadeUpTitles().isAvailable($0.title) })
    }

    @Test("has to be a recommender, of what such a one may read")
    func manifests() throws {
        for manifest in [
            Self.text("redactor") + Self.text("liar") + Self.text("1.0.0") + Self.number(0),
            Self.text("recommender") + Self.text("liar") + Self.text("1.0.0") + Self.number(1)
                + Self.text("user.health_and_medical"),
            Self.text("recommender") + Self.text("liar") + Self.text("1.0.0") + Self.number(-1), [],
        ] {
            #expect(throws: WasmError.self) { try load([], manifest) }
        }
    }

    @Test(
        "cannot make the host read or write outside of its memory, nor ask what is no question",
        arguments: [
            [0, -1, 1, 5, 0, 0], [0, 0, -1, 5, 0, 0], [0, 1 << 30, 1, 5, 0, 0], [6, -65536, 65537, 0, 0, 0],
            [0, 0, 0, 5, -1, 1], [0, 0, 0, 5, 0, -1], [0, 0, 0, 5, 1 << 30, 65536], [11, 0, 0, 5, 0, 0],
            [254, 0, 0, 5, 0, 0], [-1, 0, 0, 5, 0, 0],
        ])
    func outside(_ values: [Int]) throws {
        let found = said(try load(Self.block(Self.list) + Self.number(0), doing: Self.ask(values) + Self.drop))
        #expect(found.failure?.code == "trap" && found.list.items.isEmpty, "\(found)")
    }

    @Test("is not told what its manifest does not name, whatever it asks")
    func grants() throws {
        final class Watched: MadeUpTitles {
            var wasAsked = false

            override func history() -> [HistoryEntry] {
                wasAsked = true
                return super.history()
            }
        }
        let asked = Self.ask([8, 0, 0, 0, 0, 0]) + Self.drop
        for reads in [[], ["user.behavior.media_consumption"]] {
            let manifest =
                Self.text("recommender") + Self.text("liar") + Self.text("1.0.0") + Self.number(reads.count)
                + reads.flatMap { Self.text($0) }
            let source = Watched()
            let found = said(try load(Self.block(Self.list) + Self.number(0), doing: asked, manifest), from: source)
            #expect(found.failure == nil && source.wasAsked == !reads.isEmpty)
        }
    }

    @Test("gets no more than ten thousand titles, and no answer before it has asked")
    func answers() throws {
        final class Counting: MadeUpTitles {
            var counts: [Int] = []

            override func foldIn(count: Int) -> [Candidate] {
                counts.append(count)
                return super.foldIn(count: 2)
            }
        }
        let source = Counting()
        let asked = Self.ask([255, 0, 0, 0, 0, 10]) + Self.drop + Self.ask([5, 0, 0, -1, 0, 0]) + Self.drop
        let found = said(try load(Self.block(Self.list) + Self.number(0), doing: asked), from: source)
        #expect(found.failure == nil && source.counts == [10_000])
    }

    @Test("cannot ask before it is asked itself")
    func early() throws {
        #expect(throws: WasmError.self) {
            try load([], atLoad: Self.ask([0, 0, 0, 5, 0, 0]) + Self.drop)
        }
    }

    @Test("is stopped where it asks for ever, whatever progress it makes up")
    func endless() throws {
        // loop: ask, drop, br 0
        let loop: [UInt8] = [0x03, 0x40] + Self.ask([0, 0, 0, 1, 0, 0]) + Self.drop + [0x0C, 0x00, 0x0B]
        let started = ContinuousClock.now
        let found = said(try load(Self.block(Self.list) + Self.number(0), doing: loop))
        #expect(found.failure?.code == "time_limit" && ContinuousClock.now - started < .seconds(20))
    }
}
