internal import Models
internal import Plugins

/// Answers a recommender's questions about one viewer.
final class ViewerSource: RecommendationSource {
    /// Titles of a history that a recommender gets: the latest.
    private static let mostTitles = 500

    private let served: ServedTitles
    private let viewer: ViewerHistory
    private let audience: ServedTitles.Audience
    private let time: Int64
    private let taste: KnownTaste
    /// By the catalogue's numbers.
    private let isKnown: [Bool]
    private lazy var scores = served.scores(of: taste)

    init(_ served: ServedTitles, _ history: ViewerHistory, at time: Int64) {
        self.served = served
        viewer = history
        audience = ServedTitles.Audience(history.profile)
        self.time = time
        var taste = Taste()
        let count = served.catalogue.titles.count
        // Where each title stands in the taste, counted from 1.
        var places = [Int32](repeating: 0, count: count)
        var isKnown = [Bool](repeating: false, count: count)
        for (key, use) in history.titles {
            guard let title = served.catalogue.number(of: key) else { continue }
            if use.isKnown { isKnown[title] = true }
            let weight = use.interest(duration: served.duration(of: title))
            if weight <= 0 { continue }
            // What stands under several keys of a title counts together.
            if places[title] == 0 {
                taste.entries.append((title, weight))
                places[title] = Int32(taste.entries.count)
            } else {
                let place = Int(places[title]) - 1
                taste.entries[place].weight = max(taste.entries[place].weight, weight)
            }
        }
        self.taste = served.picks.known(taste)
        self.isKnown = isKnown
    }

    override func history() -> [HistoryEntry] {
        let known = viewer.titles.filter { $0.use.isKnown }.sorted {
            ($1.use.time, $0.key) < ($0.use.time, $1.key)
        }
        return known.prefix(Self.mostTitles).map { HistoryEntry($0.key, $0.use, served.catalogue) }
    }

    override func shown() -> [ShownTitle] {
        viewer.titles.filter { $0.use.shown > 0 }.map { title in
            let key = served.catalogue.number(of: title.key).map { self.key(of: $0) } ?? title.key
            return ShownTitle(title: key, count: title.use.shown, chosen: title.use.chosen, time: title.use.shownAt)
        }
    }

    override func titles(_ order: Order, count: Int, genre: String?) -> [Candidate] {
        let list =
            switch order {
            case .popular: served.orders[0]
            case .trending: served.orders[1]
            case .newest: served.orders[2]
            }
        let wanted = genre.map { served.catalogue.number(ofGenre: $0) ?? -1 }
        var candidates: [Candidate] = []
        for entry in list where candidates.count < count {
            if let wanted, !served.catalogue.titles[entry.title].genres.contains(wanted) { continue }
            if isSuitable(entry.title) { candidates.append(candidate(entry)) }
        }
        return candidates
    }

    override func similar(to title: String, count: Int) -> [Candidate] {
        guard let number = served.catalogue.number(of: title) else { return [] }
        return served.similar.similar(to: number, count: count).filter { isSuitable($0.title) }.map { candidate($0) }
    }

    override func scores(of titles: [String]) -> [Double?] {
        titles.map { title in
            guard let number = served.catalogue.number(of: title), isSuitable(number), scores[number].isFinite else {
                return nil
            }
            return Double(scores[number])
        }
    }

    /// Nothing for a viewer who took up nothing: all scores are alike then.
    override func foldIn(count: Int) -> [Candidate] {
        if taste.count == 0 { return [] }
        let best = scores.withUnsafeMutableBufferPointer { scores in
            TopTitles.of(scores, count: count) { scores[$0].isFinite && !isKnown[$0] && isSuitable($0) }
        }
        return best.map { candidate($0) }
    }

    override func reasons(for title: String) -> [String] {
        guard let number = served.catalogue.number(of: title) else { return [] }
        return served.reasons(for: number, taste).map { key(of: $0) }
    }

    override func title(_ key: String) -> Title? {
        guard let number = served.catalogue.number(of: key) else { return nil }
        let found = served.catalogue.titles[number]
        var title = Title()
        title.key = found.key
        title.name = found.name
        title.kind = found.kind
        title.genres = found.genres.map { served.catalogue.genres[$0] }
        title.year = found.year
        title.durationSeconds = found.duration
        title.maturityRating = found.maturityRating
        title.isForKids = served.isForKids(number)
        title.people = found.people
        return title
    }

    override func isAvailable(_ title: String) -> Bool {
        served.catalogue.number(of: title).map { isSuitable($0) } ?? false
    }

    private func isSuitable(_ title: Int) -> Bool {
        served.isSuitable(title, audience, at: time)
    }

    private func candidate(_ entry: ScoredTitle) -> Candidate {
        Candidate(title: key(of: entry.title), score: Double(entry.score))
    }

    private func key(of title: Int) -> String {
        served.catalogue.titles[title].key
    }
}
