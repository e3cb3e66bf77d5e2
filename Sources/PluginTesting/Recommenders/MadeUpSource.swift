internal import Plugins

/// A catalogue, models and what a viewer did, as a test makes them up.
final class MadeUpSource: RecommendationSource {
    private var known: [String: Title] = [:]
    private var withdrawn: Set<String> = []
    private var orders: [[Candidate]] = [[], [], []]
    private var neighbours: [String: [Candidate]] = [:]
    private var viewerScores: [String: Double] = [:]
    private var folded: [Candidate] = []
    private var reasons: [String: [String]] = [:]
    private let watched: [HistoryEntry]
    private let recommended: [ShownTitle]

    /// `fields` are `titles`, `popular`, `trending`, `newest`, `similar`, `scores` and `fold_in`. A title is a name, or a table with a
    /// `title`; those that are named anywhere are in the catalogue. Those of `viewer` are `history` and `shown`.
    init(_ fields: JSONFields, _ viewer: JSONFields) {
        watched = viewer.elements("history").map { HistoryEntry($0) }
        recommended = (viewer.field("shown")?.members ?? []).map { ShownTitle($0.name, $0.value) }
        super.init()
        for title in fields.elements("titles") { add(title) }
        for (place, name) in ["popular", "trending", "newest"].enumerated() {
            orders[place] = candidates(fields.elements(name))
        }
        folded = candidates(fields.elements("fold_in"))
        for candidate in fields.elements("fold_in") {
            if let title = candidate.text("title") { reasons[title] = candidate.texts("because") }
        }
        for (title, list) in fields.field("similar")?.members ?? [] { neighbours[title] = candidates(list.elements) }
        for (title, score) in fields.field("scores")?.members ?? [] {
            viewerScores[title] = score.number
            learn(title)
        }
    }

    override func history() -> [HistoryEntry] { watched }

    override func shown() -> [ShownTitle] { recommended }

    override func titles(_ order: Order, count: Int, genre: String?) -> [Candidate] {
        let list: [Candidate]
        switch order {
        case .popular: list = orders[0]
        case .trending: list = orders[1]
        case .newest: list = orders[2]
        }
        let wanted = list.filter { candidate in
            genre.map { known[candidate.title]?.genres.contains($0) ?? false } ?? true
        }
        return Array(wanted.filter { isAvailable($0.title) }.prefix(count))
    }

    override func similar(to title: String, count: Int) -> [Candidate] {
        Array((neighbours[title] ?? []).filter { isAvailable($0.title) }.prefix(count))
    }

    override func scores(of titles: [String]) -> [Double?] {
        titles.map { isAvailable($0) ? viewerScores[$0] : nil }
    }

    override func foldIn(count: Int) -> [Candidate] {
        Array(folded.filter { isAvailable($0.title) }.prefix(count))
    }

    override func reasons(for title: String) -> [String] { reasons[title] ?? [] }

    override func title(_ key: String) -> Title? { known[key] }

    override func isAvailable(_ title: String) -> Bool {
        known[title] != nil && !withdrawn.contains(title)
    }

    private func add(_ fields: JSONFields) {
        guard let key = fields.text ?? fields.text("title") else { return }
        var title = Title()
        title.key = key
        title.name = fields.text("name") ?? key
        title.kind = fields.text("kind") ?? ""
        title.genres = fields.texts("genres")
        title.people = fields.texts("people")
        title.year = fields.integer("year").map { Int(truncatingIfNeeded: $0) }
        title.durationSeconds = fields.integer("duration_seconds") ?? 0
        title.maturityRating = fields.text("maturity_rating") ?? ""
        title.isForKids = fields.boolean("for_kids")
        known[key] = title
        if fields.boolean("available") == false { withdrawn.insert(key) }
    }

    private func learn(_ key: String) {
        if known[key] != nil { return }
        var title = Title()
        title.key = key
        title.name = key
        known[key] = title
    }

    /// Titles with falling scores, where none is given.
    private func candidates(_ list: [JSONFields]) -> [Candidate] {
        var candidates: [Candidate] = []
        for (place, fields) in list.enumerated() {
            guard let title = fields.text ?? fields.text("title") else { continue }
            learn(title)
            let score = fields.number("score") ?? 1 / Double(place + 1)
            candidates.append(Candidate(title: title, score: score))
        }
        return candidates
    }
}

extension HistoryEntry {
    /// As tests write it.
    fileprivate init(_ fields: JSONFields) {
        self.init()
        title = fields.text ?? fields.text("title") ?? ""
        episode = fields.text("episode") ?? ""
        plays = Int(fields.integer("plays") ?? 1)
        seconds = fields.integer("seconds") ?? 0
        position = fields.integer("position") ?? seconds
        completion = fields.number("completion")
        rating = fields.number("rating")
        scale = fields.text("scale") ?? (rating == nil ? "" : "stars")
        isDisliked = fields.boolean("disliked") ?? false
        time = fields.integer("at") ?? 0
        reference = fields.integer("ref") ?? 0
    }
}

extension ShownTitle {
    /// As tests write it.
    fileprivate init(_ title: String, _ fields: JSONFields) {
        self.init(
            title: title, count: Int(fields.integer("count") ?? 1), chosen: Int(fields.integer("chosen") ?? 0),
            time: fields.integer("at") ?? 0)
    }
}
