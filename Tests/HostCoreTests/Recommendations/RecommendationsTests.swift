import Foundation
import HostCore
import Models
import Testing

@Suite("Recommendations")
struct RecommendationsTests {
    /// Viewers of two camps, and one who is new; titles from 0 to 9, of which the even ones are for children.
    private static func store() throws -> TestStore {
        let store = try TestStore()
        var events = (0..<10).map { title in
            #""type":"title.added","data":{"title_id":"t\#(title)","title":"Title \#(title)","for_kids":\#(title % 2 == 0),"genres":["\#(title < 5 ? "Drama" : "Comedy")"]}"#
        }
        for viewer in 0..<40 {
            for title in 0..<5 where (viewer + title) % 5 != 0 {
                events.append(Self.rating("v\(viewer)", "t\(viewer % 2 * 5 + title)", 5))
            }
        }
        events.append(Self.rating("anna", "t0", 5))
        events.append(#""subject":"kid","type":"account.opened","data":{"is_kids":true}"#)
        events.append(Self.rating("kid", "t0", 5))
        try store.add(events)
        return store
    }

    private static func rating(_ viewer: String, _ title: String, _ stars: Int) -> String {
        #""subject":"\#(viewer)","type":"rating.given","data":{"title_id":"\#(title)","rating":\#(stars),"scale":"stars"}"#
    }

    private static func plugin(_ body: String, in store: TestStore) throws -> PluginFile {
        let path = store.path + ".\(UInt32.random(in: 0...UInt32.max)).lua"
        let text = """
            return { kind = "recommender", name = "own", version = "1", reads = { "user.behavior.media_consumption" },
              recommend = function(viewer, catalogue, n) \(body) end }
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try PluginFile(path, folder: "plugins")
    }

    /// What the model itself recommends; the models are trained the first time.
    private static func keys(_ viewer: String, _ count: Int, _ store: TestStore) throws -> [String] {
        let recommendations = try Recommendations(store: store.path, plugins: [])
        defer { try? recommendations.close() }
        return try recommendations.answer(for: viewer, count: count)[0].titles.map { $0.key }
    }

    @Test("come from what viewers of the same taste took up, with the titles and events behind them")
    func model() throws {
        let store = try Self.store()
        let recommendations = try Recommendations(store: store.path, plugins: [])
        let list = try #require(try recommendations.answer(for: "anna", count: 4).first)
        #expect(list.recommender == "ease" && list.fallback == nil)
        #expect(Set(list.titles.map { $0.key }) == ["t1", "t2", "t3", "t4"])
        #expect(list.titles[0].because.map { $0.name } == ["Title 0"])
        let events = try recommendations.events(behind: list.titles[0], for: "anna")
        #expect(events.count == 1 && String(decoding: events[0], as: UTF8.self).contains(#""subject":"anna""#))
        #expect(try recommendations.similar(to: "Title 7", count: 3).allSatisfy { $0.key >= "t5" })
    }

    @Test("a new event counts at once, without training")
    func foldIn() throws {
        let store = try Self.store()
        let before = try Self.keys("anna", 1, store)[0]
        try store.add([Self.rating("anna", before, 5)] + (5..<10).map { Self.rating("anna", "t\($0)", 5) }, from: 5000)
        let after = try Self.keys("anna", 9, store)
        #expect(!after.isEmpty && !after.contains(before) && after.allSatisfy { $0 < "t5" })
    }

    @Test("a title that nobody took up yet comes up by what it has in common with others, without training")
    func coldStart() throws {
        let store = try Self.store()
        #expect(!(try Self.keys("anna", 9, store)).contains("new"))
        try store.add(
            [
                #""type":"title.added","data":{"title_id":"new","title":"Brand New","genres":["Drama"]}"#,
                #""type":"title.added","data":{"title_id":"other","title":"Another","genres":["Western"]}"#,
            ], from: 8000)
        let keys = try Self.keys("anna", 5, store)
        #expect(keys.contains("new") && !keys.contains("other"))
    }

    @Test("children get what is made for children, whatever a plugin says")
    func children() throws {
        let store = try Self.store()
        let own = Set(try Self.keys("kid", 9, store))
        #expect(!own.isEmpty && own.isSubset(of: ["t2", "t4", "t6", "t8"]))
        let plugin = try Self.plugin("return { { title = 't1' }, { title = 't2' } }", in: store)
        let list = try Recommendations(store: store.path, plugins: [plugin]).answer(for: "kid", count: 9)[0]
        #expect(list.titles.map { $0.key } == ["t2"] && list.leftOut.count == 1)
    }

    @Test("who refuses personalization, or is not known, gets what is popular, and is told so")
    func refused() throws {
        let store = try Self.store()
        try store.add(
            [#""subject":"anna","type":"consent.changed","data":{"purpose":"personalization","granted":false}"#],
            from: 9000)
        let recommendations = try Recommendations(store: store.path, plugins: [])
        for viewer in ["anna", "nobody"] {
            let list = try recommendations.answer(for: viewer, count: 3)[0]
            #expect(list.titles.count == 3 && list.titles.allSatisfy { $0.because.isEmpty })
            #expect(list.fallback?.contains(viewer == "anna" ? "refused personalization" : "nothing") == true)
        }
    }

    @Test(
        "a plugin that fails, or gives nothing that may be shown, is stood in for by what is popular",
        arguments: [
            "error('no')", "while true do end", "return { { title = 'nowhere' } }", "return 5",
            "return { { title = 't1', score = 0 / 0 } }",
        ])
    func fallback(body: String) throws {
        let store = try Self.store()
        let plugin = try Self.plugin(body, in: store)
        let list = try Recommendations(store: store.path, plugins: [plugin]).answer(for: "anna", count: 3)[0]
        #expect(list.recommender == "own" && list.titles.count == 3 && list.fallback?.contains("'own'") == true)
    }

    @Test("a title that is withdrawn is not recommended any more")
    func withdrawn() throws {
        let store = try Self.store()
        #expect(try Self.keys("anna", 9, store).contains("t2"))
        try store.add(
            [#""type":"title.updated","data":{"title_id":"t2","available_until":"2020-01-01T00:00:00Z"}"#], from: 7000)
        let keys = try Self.keys("anna", 9, store)
        #expect(!keys.isEmpty && !keys.contains("t2"))
    }

    @Test("a store in which nobody took up anything says so, and a damaged model too")
    func nothing() throws {
        let empty = try TestStore()
        try empty.add([#""subject":"anna","type":"session.started","data":{}"#])
        let failure = #expect(throws: HostError.self) { try Recommendations(store: empty.path, plugins: []) }
        #expect(failure?.exitCode == 65)
        let store = try Self.store()
        try Recommendations(store: store.path, plugins: []).close()
        try Data("no model".utf8).write(to: URL(fileURLWithPath: ModelShelf(store: store.path).path(of: .picks)))
        let damaged = #expect(throws: HostError.self) { try Recommendations(store: store.path, plugins: []) }
        #expect(damaged?.message.contains("host models train") == true)
    }
}
