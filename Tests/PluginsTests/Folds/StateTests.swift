import Plugins
import TestSupport
import Testing

@Suite("Stored states")
struct StateTests {
    private static let any = segment(fold: "return state", start: "return {}", member: "return true, tostring(state)")

    /// A segment whose state is what a Lua expression gives, and which says whether it came back as it was.
    private func roundTrip(_ expression: String, _ check: String) throws -> String? {
        var viewer = KeptViewer(
            try loadFold(
                segment(fold: "return \(expression)", member: "local s = state return true, tostring(\(check))")))
        viewer.fold([viewerEvent()])
        #expect(viewer.tally.failure == nil)
        return try viewer.reason()
    }

    @Test(
        "come back as they were",
        arguments: [
            ("true", "s == true"), ("false", "s == false"), ("0", "math.type(s) == 'integer' and s == 0"),
            ("-1", "s == -1"), ("63", "s == 63"), ("64", "s == 64"), ("math.maxinteger", "s == math.maxinteger"),
            ("math.mininteger", "s == math.mininteger"), ("1.0", "math.type(s) == 'float' and s == 1"),
            ("0.1", "s == 0.1"),
            ("1/0", "s == 1/0"), ("0/0", "s ~= s"), ("''", "s == ''"), ("('x'):rep(31)", "s == ('x'):rep(31)"),
            ("('x'):rep(1000)", "s == ('x'):rep(1000)"), ("'\\0\\255'", "s == '\\0\\255'"), ("{}", "next(s) == nil"),
            ("{ 1, 'a', { true } }", "s[1] == 1 and s[2] == 'a' and s[3][1] == true and #s == 3"),
            ("{ a = 1, [5] = 2, [-3] = 'x' }", "s.a == 1 and s[5] == 2 and s[-3] == 'x'"),
            ("{ json.null }", "s[1] == json.null"),
            (
                "(function() local t = {} for i = 1, 300 do t['k' .. i] = i end return t end)()",
                "s.k1 == 1 and s.k300 == 300"
            ),
            (
                "(function() local q = sketch.quantiles() q:add(3) return { q = q } end)()",
                "s.q:count() == 1 and s.q:max() == 3"
            ),
        ])
    func roundTrips(_ expression: String, _ check: String) throws {
        #expect(try roundTrip(expression, check) == "true")
    }

    @Test("have the same bytes in whatever order their keys were set")
    func isDefined() throws {
        let fold = try loadFold(
            segment(
                fold: """
                    local names = {}
                    for name in event.data.title:gmatch("%a+") do state[name] = true end
                    return state
                    """))
        var entries: Set<[UInt8]> = []
        var random = SplitMix(state: 9)
        var names = (0..<40).map { "k" + String(repeating: "x", count: $0) }
        for _ in 0..<10 {
            names.shuffle(using: &random)
            var viewer = KeptViewer(fold)
            viewer.fold([viewerEvent(data: #"{"title":"\#(names.joined(separator: " "))"}"#)])
            entries.insert(viewer.entry)
        }
        #expect(entries.count == 1)
    }

    @Test("that are damaged are refused, whatever they are", arguments: 0..<20)
    func damaged(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let fold = try loadFold(Self.any)
        var sound = KeptViewer(
            try loadFold(
                segment(fold: "return { a = { 1, 2, { b = 'text', [3] = 1.5 } }, q = sketch.distinct(), n = -70000 }")))
        sound.fold([viewerEvent()])
        for _ in 0..<2000 {
            var viewer = KeptViewer(fold)
            if Bool.random(using: &random) {
                viewer.entry = sound.entry
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    let place = Int.random(in: 0..<viewer.entry.count, using: &random)
                    viewer.entry[place] = UInt8.random(in: 0...255, using: &random)
                }
                viewer.entry.removeLast(Int.random(in: 0..<viewer.entry.count, using: &random))
            } else {
                viewer.entry = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                    .random(in: 0...255, using: &random)
                }
            }
            // It is read or refused; neither does any harm.
            _ = try? viewer.answer()
            viewer.fold([viewerEvent()])
        }
    }

    @Test("are at most sixteen KiB and sixteen levels")
    func limits() throws {
        for (expression, fits) in [
            ("('x'):rep(16380)", true), ("('x'):rep(16385)", false),
            ("(function() local t = 1 for _ = 1, 16 do t = { t } end return t end)()", true),
            ("(function() local t = 1 for _ = 1, 17 do t = { t } end return t end)()", false),
        ] {
            var viewer = KeptViewer(try loadFold(segment(fold: "return \(expression)")))
            viewer.fold([viewerEvent()])
            #expect((viewer.tally.failures == 0) == fits, "\(expression)")
        }
    }
}
