internal import Foundation
internal import Models
internal import Plugins
internal import Store
public import Wasm

/// What a store's viewers may like, by its models and by plugins. What is new in the log counts at once: a viewer's taste is
/// read when the viewer is asked about.
///
/// ```swift
/// let recommendations = try Recommendations(store: "viewers.sqlite", plugins: [])
/// let answer = try recommendations.answer(for: "account-1/Anna", count: 20)
/// ```
///
/// Used from one thread at a time.
public final class Recommendations {
    let histories: Histories
    private let shelf: ModelShelf
    private let recommenders: [Recommender]
    private var served: ServedTitles

    /// Opens a store with the recommenders among `plugins`; `isolation` is the home of those that may run in either. Where it has no models yet, they are trained first, and `training` is
    /// told of it.
    public init(
        store path: String, plugins: [PluginFile], keyFile: String = KeyFile.defaultPath,
        isolation: PluginHome = .native, jobs: Int = 1,
        _ progress: (Int, Int) -> Void = { _, _ in }, training: (TrainingData) -> Void = { _ in }
    ) throws(HostError) {
        histories = try Histories(store: path, jobs: jobs)
        shelf = ModelShelf(store: path)
        let loaded = try PluginLoader(home: isolation, key: try KeyFile.key(at: keyFile)).load(files: plugins)
        try PluginNames.check(plugins, loaded.manifests)
        recommenders = loaded.recommenders.first ?? []
        try histories.update(progress)
        if !shelf.isFull {
            let data = try TrainingData(histories)
            training(data)
            _ = try shelf.train(data, jobs: jobs)
        }
        served = try ServedTitles(shelf, histories.catalogue)
    }

    /// The time of the latest event of a viewer's, in seconds since 1970: what is taken for now where nobody says otherwise.
    public var now: Int64 { histories.clock }

    /// What each recommender has for a viewer, or where there is none, the model itself. `time` is in seconds since 1970.
    public func answer(for viewer: String, count: Int, at time: Int64? = nil) throws(HostError) -> [RecommendedList] {
        try refresh()
        let time = time ?? now
        switch try histories.history(of: viewer) {
        case .refused(let refusal):
            let source = ViewerSource(served, ViewerHistory(), at: time)
            return [fallback(because: refusal.text(purpose: "personalization"), nil, source, count)]
        case .known(let history):
            let source = ViewerSource(served, history, at: time)
            if recommenders.isEmpty { return [ownList(source, count)] }
            let profile = ViewerProfile(history.profile, at: time)
            let seed = Self.seed(viewer, time)
            return recommenders.map { list(of: $0, profile, source, count, seed) }
        }
    }

    /// The titles most like one, which goes by its key or its name.
    public func similar(to title: String, count: Int) throws(HostError) -> [RecommendedTitle] {
        try refresh()
        guard let number = served.catalogue.number(of: title) else {
            throw .usage("there is no title '\(title)': titles go by their keys or their names")
        }
        return served.similar.similar(to: number, count: count).map { entry in
            RecommendedTitle(served.catalogue.titles[entry.title], score: Double(entry.score))
        }
    }

    /// The events behind a title that was recommended, as they are stored: those of the viewer's history with the titles that are its
    /// reason.
    public func events(behind title: RecommendedTitle, for viewer: String) throws(HostError) -> [[UInt8]] {
        guard case .known(let history) = try histories.history(of: viewer) else { return [] }
        let numbers = Set(title.because.compactMap { served.catalogue.number(of: $0.key) })
        let behind = history.titles.filter { served.catalogue.number(of: $0.key).map { numbers.contains($0) } ?? false }
        return try histories.events(at: behind.map { $0.use.reference } + title.events, of: viewer)
    }

    public func close() throws(HostError) {
        try histories.close()
    }

    private func refresh() throws(HostError) {
        if try histories.update() { served = try ServedTitles(shelf, histories.catalogue) }
    }

    private func ownList(_ source: ViewerSource, _ count: Int) -> RecommendedList {
        let best = source.foldIn(count: count)
        if best.isEmpty { return fallback(because: "the viewer took up nothing yet", nil, source, count) }
        return RecommendedList(
            recommender: served.picks.file.recipe.text,
            titles: best.map { title($0, because: source.reasons(for: $0.title)) })
    }

    private func list(
        of recommender: Recommender, _ viewer: ViewerProfile, _ source: ViewerSource, _ count: Int, _ seed: UInt64
    ) -> RecommendedList {
        do throws(PluginFailure) {
            let list = try recommender.recommend(viewer, count: count, seed: seed, from: source)
            let titles = list.items.compactMap { item in
                served.catalogue.number(of: item.title).map { number in
                    RecommendedTitle(served.catalogue.titles[number], item, reasons: reasons(item.titles))
                }
            }
            let leftOut = RecommendationList.Fault.allCases.filter { list[$0] > 0 }
                .map { "\(list[$0]) \($0.text)" }
            if titles.isEmpty, !leftOut.isEmpty {
                let reason = "'\(recommender.manifest.name)' gave no title that may be shown"
                return fallback(because: reason, recommender.manifest.name, source, count, leftOut)
            }
            return RecommendedList(recommender: recommender.manifest.name, titles: titles, leftOut: leftOut)
        } catch {
            let reason = "'\(recommender.manifest.name)' failed (\(error.code): \(error.message))"
            return fallback(because: reason, recommender.manifest.name, source, count)
        }
    }

    private func fallback(
        because reason: String, _ recommender: String?, _ source: ViewerSource, _ count: Int, _ leftOut: [String] = []
    ) -> RecommendedList {
        let popular = source.titles(.popular, count: count, genre: nil)
        return RecommendedList(
            recommender: recommender ?? "popular", titles: popular.map { title($0) }, leftOut: leftOut, fallback: reason
        )
    }

    private func title(
        _ candidate: RecommendationSource.Candidate, because keys: [String] = []
    ) -> RecommendedTitle {
        let number = served.catalogue.number(of: candidate.title) ?? 0
        return RecommendedTitle(served.catalogue.titles[number], score: candidate.score, because: reasons(keys))
    }

    private func reasons(_ keys: [String]) -> [RecommendedTitle.Reason] {
        keys.map { key in
            let name = served.catalogue.number(of: key).map { served.catalogue.titles[$0].name } ?? key
            return RecommendedTitle.Reason(key: key, name: name)
        }
    }

    /// The same for a viewer all day long (FNV-1a).
    private static func seed(_ viewer: String, _ time: Int64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(viewer.utf8) + Array("\(time / 86400)".utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return hash
    }
}
