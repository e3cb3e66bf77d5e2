import Events
import Lua
import Plugins
import Testing

/// Knows a viewer who saw one title, and titles from "a" to "e", of which "gone" cannot be watched.
private final class FewTitles: RecommendationSource {
    override func history() -> [HistoryEntry] {
        var entry = HistoryEntry()
        entry.title = "seen"
        entry.rating = 4.5
        entry.scale = "stars"
        entry.completion = 0.75
        entry.reference = 12
        return [entry]
    }

    override func shown() -> [ShownTitle] {
        [ShownTitle(title: "b", count: 3, chosen: 1, time: 9)]
    }

    override func titles(_ order: Order, count: Int, genre: String?) -> [Candidate] {
        ["a", "b", "c"].prefix(count).map { Candidate(title: $0, score: 1) }
    }

    override func similar(to title: String, count: Int) -> [Candidate] {
        title == "a" ? [Candidate(title: "b", score: 0.5)] : []
    }

    override func scores(of titles: [String]) -> [Double?] {
        titles.map { $0 == "a" ? 0.25 : nil }
    }

    override func foldIn(count: Int) -> [Candidate] {
        ["a", "b", "c"].prefix(count).map { Candidate(title: $0, score: 1) }
    }

    override func reasons(for title: String) -> [String] {
        title == "c" ? [] : ["seen", title]
    }

    override func title(_ key: String) -> Title? {
        guard isAvailable(key) else { return nil }
        var title = Title()
        title.key = key
        title.name = key.uppercased()
        title.genres = ["Drama"]
        title.year = 1999
        return title
    }

    override func isAvailable(_ title: String) -> Bool {
        ["a", "b", "c", "d", "e"].contains(title)
    }
}

private func loadRecommender(_ body: String, reads: String = "\"user.behavior.media_consumption\"") throws
    -> LuaRecommender
{
    let text = """
        return { kind = "recommender", name = "test", version = "1.0.0", reads = { \(reads) },
          recommend = function(viewer, catalogue, n) \(body) end }
        """
    var limits = LuaLimits()
    limits.steps = 1_000_000
    return try Array(text.utf8).withUnsafeBytes {
        try LuaRecommender(
            source: $0, file: "test.lua", context: PluginContext(limits: limits, hash: KeyedHash(key: [1])))
    }
}

private func titles(_ body: String, _ viewer: ViewerProfile = ViewerProfile(), count: Int = 5) throws -> [String] {
    try loadRecommender(body).recommend(viewer, count: count, seed: 1, from: FewTitles()).items.map { $0.title }
}

private var anna: ViewerProfile {
    var viewer = ViewerProfile()
    viewer.device = "smart tv"
    viewer.country = "CZ"
    viewer.isKids = true
    viewer.maturityLevel = "12"
    viewer.now = 86400 + 3 * 3600
    viewer.offset = 3600
    return viewer
}

@Suite("A recommender in Lua")
struct LuaRecommenderTests {
    @Test("asks the models and the catalogue, and gives titles with reasons")
    func asks() throws {
        let plugin = try loadRecommender(
            """
            local score = host.score({ "a", "x" })
            return {
              { title = "a", score = score[1], because = { "seen", viewer.history[1].ref } },
              { title = host.similar("a", 3)[1].title, row = catalogue.title("a").name, because = "of a" },
              { title = host.popular(3)[3].title, score = score[2] == false and 7 or 0 },
            }
            """)
        let list = try plugin.recommend(anna, count: 5, seed: 1, from: FewTitles())
        #expect(list.items.map { $0.title } == ["a", "b", "c"])
        #expect(list.items[0].score == 0.25 && list.items[0].titles == ["seen"] && list.items[0].events == [12])
        #expect(list.items[1].row == "A" && list.items[1].reason == "of a" && list.items[1].score == nil)
        #expect(list.items[2].score == 7)
    }

    @Test(
        "sees of the viewer what its manifest names, and nothing else",
        arguments: [
            (#""user.behavior.media_consumption""#, "seen 4.5 3 nil nil nil"),
            (#""user.device""#, "nil nil nil smart tv nil nil"),
            (#""user.location.imprecise""#, "nil nil nil nil CZ nil"),
            (#""user.childrens""#, "nil nil nil nil nil true"),
            ("", "nil nil nil nil nil nil"),
        ])
    func grants(reads: String, seen: String) throws {
        let plugin = try loadRecommender(
            """
            local first = viewer.history and viewer.history[1]
            local text = ("%s %s %s %s %s %s"):format(first and first.title, first and first.rating,
              viewer.shown and viewer.shown.b.count, viewer.device, viewer.profile.country, viewer.profile.is_kids)
            return { { title = "a", because = text .. "|" .. viewer.hour } }
            """, reads: reads)
        let list = try plugin.recommend(anna, count: 1, seed: 1, from: FewTitles())
        #expect(list.items[0].reason == seen + "|4")
    }

    @Test(
        "is told why the model has a title when it looks, or shows it",
        arguments: [
            ("local c = host.fold_in(3) return c", ["seen a", "seen b", ""]),
            ("local c = host.fold_in(1)[1] return { { title = c.title, because = c.because } }", ["seen a"]),
            ("local l = {} for k, v in pairs(host.fold_in(1)[1]) do l[k] = v end return { l }", ["seen a"]),
            ("local c = host.fold_in(1)[1] c.because = { 'mine' } return { c }", ["mine"]),
            ("local c = host.fold_in(1)[1] c.title = 'b' c.row = 'r' return { c }", ["seen b"]),
            ("local c = host.fold_in(1)[1] c.because = nil c.row = 'r' return { c }", [""]),
            ("local c = host.fold_in(1)[1] local b = c.because c.because = nil return { c }", [""]),
            ("return { { title = 'a', because = tostring(getmetatable(host.fold_in(1)[1])) } }", [""]),
        ])
    func reasons(body: String, expected: [String]) throws {
        let list = try loadRecommender(body).recommend(anna, count: 3, seed: 1, from: FewTitles())
        #expect(list.items.map { $0.titles.joined(separator: " ") } == expected)
    }

    @Test("is not told why without a grant, nor in a later call")
    func hiddenReasons() throws {
        let plugin = try loadRecommender("return host.fold_in(1)", reads: "")
        #expect(try plugin.recommend(anna, count: 1, seed: 1, from: FewTitles()).items[0].titles == [])
        let keeper = try loadRecommender("kept = kept or host.fold_in(2) return { kept[n] }")
        let lists = try [1, 2].map { try keeper.recommend(anna, count: $0, seed: 1, from: FewTitles()) }
        #expect(lists.map { $0.items[0].titles } == [["seen", "a"], []])
    }

    @Test("learns nothing more of a viewer whose call is over", arguments: ["", "error('over')"])
    func keptViewer(end: String) throws {
        let plugin = try loadRecommender(
            """
            if not kept then kept = viewer \(end) return {} end
            return { { title = "a", because = tostring(kept.history) .. #viewer.history } }
            """)
        _ = try? plugin.recommend(anna, count: 1, seed: 1, from: FewTitles())
        let list = try plugin.recommend(anna, count: 1, seed: 1, from: FewTitles())
        #expect(list.items[0].reason == "nil1")
    }

    @Test("what may not be shown is left out, and counted")
    func faults() throws {
        let plugin = try loadRecommender(
            """
            return { { title = "a" }, { title = "a" }, { title = "nowhere" }, { title = "gone" }, { score = 1 }, "b", 7,
              { title = "b", score = 0 / 0 }, { title = "c", score = 1 / 0 }, { title = "d", score = "high" },
              { title = 5 }, { title = "e" }, { title = "c" }, { title = "d" } }
            """)
        let list = try plugin.recommend(ViewerProfile(), count: 3, seed: 1, from: FewTitles())
        #expect(list.items.map { $0.title } == ["a", "e", "c"])
        #expect(list[.duplicate] == 1 && list[.unavailable] == 2 && list[.noTitle] == 4)
        #expect(list[.noNumber] == 3 && list[.tooMany] == 1)
    }

    @Test(
        "one that fails, or gives something else, is a failure",
        arguments: [
            ("error('no')", "error"), ("return nil", "error"), ("return 'a'", "error"),
            ("while true do end", "instruction_limit"),
            ("pcall(function() while true do end end) return {}", "instruction_limit"),
            ("local t = {} for i = 1, 1e9 do t[i] = { i } end", "instruction_limit"),
            ("return { { title = 'a', because = ('x'):rep(2 ^ 21) } }", "output_limit"),
            ("return { { title = function() end } }", "error"), ("return host.similar(nil, 2)", "error"),
            ("return host.fold_in('many')", "error"), ("host.score(5)", "error"),
            ("for i = 1, 1e6 do host.fold_in(10000) end", "instruction_limit"),
            ("coroutine.wrap(function() while true do host.popular(3) end end)()", "instruction_limit"),
        ])
    func failures(body: String, code: String) throws {
        let plugin = try loadRecommender(body)
        let failure = try #require(throws: PluginFailure.self) {
            try plugin.recommend(anna, count: 3, seed: 1, from: FewTitles())
        }
        #expect(failure.code == code, "\(failure)")
        // It goes on with the next viewer.
        #expect(throws: PluginFailure.self) { try plugin.recommend(anna, count: 3, seed: 1, from: FewTitles()) }
    }

    @Test("an empty list is an answer, and so is a table that is no list")
    func empty() throws {
        #expect(try titles("return {}") == [])
        #expect(try titles("return { title = 'a' }") == [])
    }

    @Test("the models cannot be asked when nothing is recommended")
    func outside() throws {
        let text = """
            local early = pcall(host.popular, 3)
            return { kind = "recommender", name = "t", version = "1", recommend = function()
              return { { title = "a", because = tostring(early) } } end }
            """
        let plugin = try Array(text.utf8).withUnsafeBytes {
            try LuaRecommender(source: $0, file: "t.lua", context: PluginContext(hash: KeyedHash(key: [1])))
        }
        let list = try plugin.recommend(ViewerProfile(), count: 1, seed: 1, from: FewTitles())
        #expect(list.items[0].reason == "false")
    }

    @Test("the same seed gives the same random numbers, and another one others")
    func seeds() throws {
        let plugin = try loadRecommender("return { { title = 'a', score = math.random() } }")
        let scores = try [1, 1, 2].map { seed in
            try plugin.recommend(ViewerProfile(), count: 1, seed: seed, from: FewTitles()).items[0].score
        }
        #expect(scores[0] == scores[1] && scores[0] != scores[2])
    }

    @Test("a file of another kind, or without the function, is refused")
    func refused() {
        #expect(throws: PluginLoadError.manifest(.missingFunction("recommend"))) {
            try Array(#"return { kind = "recommender", name = "t", version = "1" }"#.utf8).withUnsafeBytes {
                try LuaRecommender(source: $0, file: "t.lua", context: PluginContext(hash: KeyedHash(key: [1])))
            }
        }
        #expect(throws: PluginLoadError.self) { try loadRecommender("return {}", reads: #""user.health_and_medical""#) }
    }
}
