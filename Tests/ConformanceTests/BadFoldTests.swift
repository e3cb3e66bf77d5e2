import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

@Suite("An engine that lies about what it folds")
struct BadFoldTests {
    private static func number(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian) { Array($0) }
    }

    private static func long(_ value: Int64) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func text(_ value: String) -> [UInt8] {
        number(value.utf8.count) + Array(value.utf8)
    }

    private static let segment =
        text("segment") + text("liar") + text("1.0.0") + number(0) + number(0) + [0] + text("1234") + [0, 0] + number(7)
    private static let quality =
        text("quality") + text("liar") + text("1.0.0") + number(0) + number(0) + [1] + text("A title") + number(1) + [3]
        + number(2) + text("n") + text("m") + number(1)

    /// The bytes of an empty state.
    private static let empty: [UInt8] = [0x60]

    /// A plugin of an engine that says these things.
    private func fold(_ manifest: [UInt8], _ answer: [UInt8], returning code: Int = 1) throws -> IsolatedFold? {
        var module = SmallModule.engine()
        // Where the results are is kept at 60000.
        module.data = manifest + answer
        module.pages = 2
        let place = 60000
        let set = { (start: Int, count: Int) in
            SmallModule.constant(place) + SmallModule.constant(start) + SmallModule.store
                + SmallModule.constant(place + 4) + SmallModule.constant(count) + SmallModule.store
        }
        let say = set(manifest.count, answer.count) + SmallModule.constant(code)
        module.replace([
            .init(name: "vh_results", returns: true, body: SmallModule.constant(place) + SmallModule.load),
            .init(name: "vh_results_length", returns: true, body: SmallModule.constant(place + 4) + SmallModule.load),
            .init(
                name: "vh_fold_load", parameters: "iiiiill", returns: true,
                body: set(0, manifest.count) + SmallModule.constant(1)),
            .init(name: "vh_fold", parameters: "iii", returns: true, body: say),
            .init(name: "vh_fold_member", parameters: "iiil", returns: true, body: say),
            .init(name: "vh_fold_report", parameters: "iii", returns: true, body: say),
            .init(name: "vh_titles_clear"), .init(name: "vh_titles_add", parameters: "ii"),
            .init(name: "vh_block_new", parameters: "i", returns: true, body: SmallModule.constant(70000)),
            .init(name: "vh_progress", returns: true, body: SmallModule.constant(place + 16)),
        ])
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "engine.wasm")
        try Data(module.bytes).write(to: path)
        return try Isolation(engine: path.path, library: try library.get(), cache: nil)
            .fold(IsolatedPlugin(file: "a.lua", source: []), key: [], limits: LuaLimits(nanoseconds: 100_000_000))
    }

    /// What becomes of one event.
    private func tally(_ fold: IsolatedFold, entry: inout [UInt8]) -> FoldTally {
        var rules = GateRules()
        rules[.advertising] = .objection
        let folder = ViewerFolder([fold], rules)
        let text = #"{"specversion":"1.0","id":"1","source":"t","type":"x","time":"2026-02-01T00:00:00Z"}"#
        Array(text.utf8).withUnsafeBytes { bytes in
            folder.begin { _ in UnsafeRawBufferPointer(start: nil, count: 0) }
            folder.add(bytes, received: nil, reference: 7)
            folder.finish { entry = Array($1) }
        }
        return folder.tallies[0]
    }

    private static let folded = number(1) + [1] + number(2) + [0x70, 0x05] + number(0)
    private static let failure = number(2) + text("error") + text("a") + text("error") + text("b")
    static let right: [(String, [UInt8])] = [
        ("folded", folded + number(1) + [1] + number(0) + number(0)),
        ("failed", folded + number(1) + [2] + number(0) + failure),
    ]
    static let wrong: [(String, [UInt8])] = [
        ("nothing", []), ("end early", Array(right[0].1.dropLast())),
        (
            "other values",
            number(2) + folded.dropFirst(4) + folded.dropFirst(4) + number(1) + [1] + number(0) + number(0)
        ),
        ("a flag", number(1) + [2] + number(0) + number(0) + number(1) + [1] + number(0) + number(0)),
        (
            "a large state",
            number(1) + [1] + number(16385) + [UInt8](repeating: 1, count: 16385) + number(0) + number(1) + [1]
                + number(0) + number(0)
        ),
        ("a state of 4 GB", number(1) + [1] + number(-1)),
        ("late failures", number(1) + [1] + number(0) + number(2) + number(1) + [1] + number(0) + failure),
        ("other steps", folded + number(2) + [1, 1] + number(0) + number(0)),
        ("an outcome", folded + number(1) + [3] + number(0) + number(0)),
        ("a step left out", folded + number(1) + [0] + number(0) + number(0)),
        ("a sample", folded + number(1) + [1] + number(1) + number(0) + text("x") + number(0)),
        ("a failure of none", folded + number(1) + [1] + number(0) + failure),
        ("a failure without one", folded + number(1) + [2] + number(0) + number(0)),
        ("half of the failures", folded + number(1) + [2] + number(0) + number(1) + text("error") + text("a")),
        (
            "a code",
            folded + number(1) + [2] + number(0) + number(2) + text("\u{1B}[2J") + text("a") + text("error") + text("b")
        ),
        (
            "a long message",
            folded + number(1) + [2] + number(0) + number(2) + text("error")
                + text(String(repeating: "a", count: 5000)) + text("error") + text("b")
        ),
    ]

    @Test("is believed where its answer could be true", arguments: right)
    func believed(_ name: String, _ answer: [UInt8]) throws {
        var entry: [UInt8] = []
        let tally = tally(try #require(try fold(Self.segment, answer)), entry: &entry)
        #expect(tally.calls == 1 && tally.failures == (name == "failed" ? 1 : 0))
        #expect(tally.failure?.message == (name == "failed" ? "a" : nil))
        #expect(entry == [0, 0x70, 0x05])
    }

    @Test("costs the event, and changes nothing, where it could not", arguments: wrong)
    func unbelieved(_ name: String, _ answer: [UInt8]) throws {
        var entry: [UInt8] = []
        let tally = tally(try #require(try fold(Self.segment, answer)), entry: &entry)
        #expect(tally.calls == 1 && tally.failures == 1 && tally.failure?.code == "trap" && entry.isEmpty)
        #expect(tally.failure?.message.hasPrefix("the engine gave a wrong answer: ") == true, "\(tally.failure as Any)")
    }

    @Test("cannot give samples of events that it was not shown")
    func samples() throws {
        for (step, bytes) in [(0, 16385), (1, 1), (-1, 1)] {
            let sample = Self.number(step) + Self.number(bytes) + [UInt8](repeating: 1, count: bytes)
            let answer = Self.folded + Self.number(1) + [1] + Self.number(1) + sample + Self.number(0)
            var entry: [UInt8] = []
            let tally = tally(try #require(try fold(Self.quality, answer)), entry: &entry)
            #expect(tally.failure?.code == "trap" && tally.admitted.isEmpty)
        }
    }

    @Test(
        "is not believed about viewers",
        arguments: [
            (true, [1] + text("why") + number(1) + long(7) + [1] + long(9)),
            (false, [2] + text("why") + number(0) + [0] + long(0)),
            (false, [1] + text(String(repeating: "x", count: 1501)) + number(0) + [0] + long(0)),
            (false, [1] + text("why") + number(33) + [UInt8](repeating: 0, count: 33 * 8 + 9)),
            (false, [1] + text("why") + number(-1)), (false, [1] + text("why") + number(0) + [1] + long(.max)),
            (false, []),
        ])
    func members(_ isBelieved: Bool, _ answer: [UInt8]) throws {
        let fold = try #require(try fold(Self.segment, answer))
        let membership = Result { () throws(PluginFailure) in
            try Self.empty.span.withUnsafeBytes { bytes throws(PluginFailure) in
                try fold.membership(of: bytes, now: 0)
            }
        }
        switch membership {
        case .success(let membership):
            #expect(isBelieved && membership.isMember && membership.events == [7] && membership.until == 9)
        case .failure(let failure): #expect(!isBelieved && failure.code == "trap")
        }
    }

    @Test("is not believed about quality")
    func reports() throws {
        let nan = Self.long(Int64(bitPattern: Double.nan.bitPattern))
        let five = Self.long(Int64(bitPattern: Double(5).bitPattern))
        func report(_ answer: [UInt8]) throws -> Result<[Double?], PluginFailure> {
            let fold = try #require(try fold(Self.quality, answer))
            return Result { () throws(PluginFailure) in
                try Self.empty.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.report(of: bytes) }
            }
        }
        #expect(try report(Self.number(2) + nan + five).get() == [nil, 5])
        for answer in [Self.number(1) + five, Self.number(3) + five + five + five, Self.number(2) + five, []] {
            #expect(throws: PluginFailure.self) { _ = try report(answer).get() }
        }
    }

    @Test(
        "is refused with a manifest that cannot be",
        arguments: [
            Array(segment.dropLast()), Array(segment.dropLast(4)) + number(0), Array(segment.dropLast(4)) + number(366),
            Array(quality.dropLast(4)) + number(2), Array(quality.dropLast(4)) + number(-1),
            text("crowd") + text("a") + text("b") + number(0) + number(0) + [0],
            text("segment") + text("a") + text("b") + number(0) + number(0) + [0] + text("") + [0, 0] + number(7),
        ])
    func manifests(_ manifest: [UInt8]) {
        #expect(throws: WasmError.self) { _ = try fold(manifest, []) }
    }
}
