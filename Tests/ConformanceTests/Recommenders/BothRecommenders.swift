import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Wasm

/// A plugin that recommends, in both homes.
struct BothRecommenders {
    let native: LuaRecommender
    let isolated: IsolatedRecommender

    init(_ source: String, limits: LuaLimits = .patient) throws {
        let key: [UInt8] = Array("a key of the tests".utf8)
        let plugin = IsolatedPlugin(file: "plugin.lua", source: Array(source.utf8))
        isolated = try isolation.get().recommender(plugin, key: key, limits: limits)
        native = try plugin.source.withUnsafeBytes {
            try LuaRecommender(
                source: $0, file: plugin.file, context: PluginContext(limits: limits, hash: KeyedHash(key: key)))
        }
    }

    /// What each says of the viewer of a seed.
    func answers(_ viewer: UInt64, count: Int = 20, seed: UInt64 = 1) -> (native: Recommended, isolated: Recommended) {
        answers(.madeUp(viewer), count: count, seed: seed, from: MadeUpTitles(viewer))
    }

    /// What each says of a viewer.
    func answers(
        _ viewer: ViewerProfile, count: Int = 20, seed: UInt64 = 1, from source: RecommendationSource
    ) -> (native: Recommended, isolated: Recommended) {
        (
            Recommended(native, viewer, count: count, seed: seed, source),
            Recommended(isolated, viewer, count: count, seed: seed, source)
        )
    }
}

/// All that a recommender said of a viewer.
struct Recommended: Equatable {
    var list = RecommendationList()
    var failure: PluginFailure?
    var log = ""

    init(
        _ recommender: Recommender, _ viewer: ViewerProfile, count: Int, seed: UInt64, _ source: RecommendationSource
    ) {
        do throws(PluginFailure) {
            list = try recommender.recommend(viewer, count: count, seed: seed, from: source)
        } catch {
            failure = error
        }
        log = String(decoding: recommender.log, as: UTF8.self)
    }
}

/// A recommender around a function body, with every grant that there is for its purpose.
func recommender(_ body: String) -> String {
    """
    return { kind = "recommender", name = "test", version = "1.0.0",
      reads = { "user.behavior.media_consumption", "user.device", "user.childrens", "user.location.imprecise" },
      recommend = function(viewer, catalogue, n)
    \(body)
      end }
    """
}

/// A catalogue of 300 titles, from `t0` on, of which every eleventh cannot be watched; models that have something to say of each; and
/// a viewer who did this and that with some.
class MadeUpTitles: RecommendationSource {
    private static let genres = ["Drama", "Comedy", "Žánr", "Kids"]
    private let watched: [HistoryEntry]
    private let recommended: [ShownTitle]

    /// Another viewer for each `seed`.
    init(_ seed: UInt64 = 0) {
        var random = SplitMix(state: seed)
        watched = (0..<Int(random.next() % 60)).map { place in
            var entry = HistoryEntry()
            entry.title = "t\(random.next() % 320)"
            entry.plays = Int(random.next() % 4)
            entry.seconds = Int64(random.next() % 9000)
            entry.position = entry.seconds / 2
            entry.completion = random.next() % 3 == 0 ? nil : Double(random.next() % 100) / 100
            if random.next() % 3 == 0 {
                entry.rating = Double(random.next() % 10 + 1) / 2
                entry.scale = "stars"
            }
            entry.isDisliked = random.next() % 9 == 0
            entry.episode = random.next() % 5 == 0 ? "S1 E\(place)" : ""
            entry.time = 1_770_000_000 - Int64(place) * 90_000
            entry.reference = Int64(place)
            return entry
        }
        recommended = (0..<Int(random.next() % 20)).map { title in
            ShownTitle(title: "t\(title * 3)", count: title + 1, chosen: title % 2, time: 1_769_995_000)
        }
    }

    override func history() -> [HistoryEntry] { watched }

    override func shown() -> [ShownTitle] { recommended }

    override func titles(_ order: Order, count: Int, genre: String?) -> [Candidate] {
        let step =
            switch order {
            case .popular: 7
            case .trending: 13
            case .newest: 17
            }
        let wanted = (0..<300).map { $0 * step % 300 }.filter { number in
            genre.map { title("t\(number)")?.genres.contains($0) ?? false } ?? true
        }
        return Array(candidates(wanted).prefix(count))
    }

    override func similar(to title: String, count: Int) -> [Candidate] {
        guard let number = Int(title.dropFirst()) else { return [] }
        return Array(candidates((1...40).map { (number + $0 * $0) % 300 }).prefix(count))
    }

    override func scores(of titles: [String]) -> [Double?] {
        titles.map { isAvailable($0) ? 1 / Double(2 + $0.utf8.reduce(0) { $0 + Int($1) }) : nil }
    }

    override func foldIn(count: Int) -> [Candidate] {
        Array(candidates((0..<300).map { $0 * 31 % 300 }).prefix(count))
    }

    override func reasons(for title: String) -> [String] {
        title.hasSuffix("3") ? [] : ["t1", title]
    }

    override func title(_ key: String) -> Title? {
        guard let number = Int(key.dropFirst()), key == "t\(number)", (0..<300).contains(number) else { return nil }
        var title = Title()
        title.key = key
        title.name = "Title \(number)"
        title.kind = number % 3 == 0 ? "series" : "film"
        title.genres = [Self.genres[number % 4], Self.genres[(number / 4) % 3]]
        title.year = number % 5 == 0 ? nil : 1950 + number % 70
        title.durationSeconds = Int64(number * 31)
        title.maturityRating = number % 2 == 0 ? "12" : ""
        title.isForKids = number % 4 == 3 ? true : nil
        title.people = (0..<number % 6).map { "Person \($0)" }
        return title
    }

    override func isAvailable(_ title: String) -> Bool {
        self.title(title) != nil && (Int(title.dropFirst()) ?? 0) % 11 != 10
    }

    private func candidates(_ numbers: [Int]) -> [Candidate] {
        var candidates: [Candidate] = []
        for number in numbers where isAvailable("t\(number)") {
            candidates.append(Candidate(title: "t\(number)", score: 1 / Double(candidates.count + 3)))
        }
        return candidates
    }
}

extension ViewerProfile {
    static func madeUp(_ seed: UInt64) -> ViewerProfile {
        var random = SplitMix(state: seed)
        var viewer = ViewerProfile()
        viewer.now = 1_770_000_000 + Int64(random.next() % 100_000)
        viewer.offset = Int64(random.next() % 24) * 3600
        viewer.isKids = random.next() % 4 == 0
        viewer.country = random.next() % 2 == 0 ? "CZ" : ""
        viewer.device = ["smart tv", "", "žluťoučký"][Int(random.next() % 3)]
        return viewer
    }
}
