internal import Models
internal import Plugins

/// Answers a recommender's questions about one viewer.
final class ViewerSource: RecommendationSource {
    private let served: ServedTitles
    private let audience: ServedTitles.Audience
    private let time: Int64
    private let taste: KnownTaste
    private let known: Set<Int>
    private lazy var scores = served.scores(of: taste)

    init(_ served: ServedTitles, _ history: ViewerHistory, at time: Int64) {
        self.served = served
        audience = ServedTitles.Audience(history.profile)
        self.time = time
        var taste = Taste()
        var places: [Int: Int] = [:]
        var known: Set<Int> = []
        for (key, use) in history.titles {
            guard let title = served.catalogue.number(of: key) else { continue }
            if use.isKnown { known.insert(title) }
            let weight = use.interest(duration: served.catalogue.titles[title].duration)
            if weight <= 0 { continue }
            // What stands under several keys of a title counts together.
            if let place = places[title] {
                taste.entries[place].weight = max(taste.entries[place].weight, weight)
            } else {
                places[title] = taste.entries.count
                taste.entries.append((title, weight))
            }
        }
        self.taste = served.picks.known(taste)
        self.known = known
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
            TopTitles.of(scores, count: count) { scores[$0].isFinite && !known.contains($0) && isSuitable($0) }
        }
        return best.map { entry in
            let because = served.reasons(for: entry.title, taste).map { served.catalogue.titles[$0].key }
            return Candidate(title: key(of: entry.title), score: Double(entry.score), because: because)
        }
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
