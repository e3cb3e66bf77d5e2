internal import Models
internal import Plugins

/// The models and the catalogue of a store, ready to answer; the same for all viewers.
struct ServedTitles {
    let catalogue: TitleCatalogue
    let picks: ServedModel
    let similar: ServedModel
    /// Scores titles that nobody took up yet.
    let coldStart: ColdStart
    /// The catalogue's numbers in the order of each, best first.
    let orders: [[ScoredTitle]]
    /// By the catalogue's numbers.
    private let terms: [Terms]

    /// Genres that stand for children's titles, where the service does not say which those are.
    private static let childrensGenres = ["Kids", "Children", "Children's", "Family"]

    init(_ shelf: ModelShelf, _ catalogue: TitleCatalogue) throws(HostError) {
        var catalogue = catalogue
        picks = ServedModel(try shelf.open(.picks), &catalogue)
        similar = ServedModel(try shelf.open(.similar), &catalogue)
        let popular = ServedModel(try shelf.open(.popular), &catalogue)
        let trending = ServedModel(try shelf.open(.trending), &catalogue)
        let count = catalogue.titles.count
        orders =
            [popular, trending].map { Self.order($0.scores(of: $0.known(Taste()), count: count)) } + [
                Self.newest(catalogue)
            ]
        let known = Set(orders[0].map { $0.title })
        coldStart = ColdStart(MetadataModel(catalogue)) { known.contains($0) }
        terms = catalogue.titles.map { Terms($0, isForKids: Self.isForKids($0, catalogue)) }
        self.catalogue = catalogue
    }

    /// The scores of a taste by the catalogue's numbers; those that are not finite are of titles of which nothing is known.
    func scores(of taste: KnownTaste) -> [Float] {
        var scores = picks.scores(of: taste, count: catalogue.titles.count)
        scores.withUnsafeMutableBufferPointer { coldStart.fill($0) }
        return scores
    }

    /// The titles of a taste that add most to a title's score; for one that nobody took up yet, those that add most to the score of
    /// the title that it is most like.
    func reasons(for title: Int, _ taste: KnownTaste) -> [Int] {
        picks.reasons(for: coldStart.sources(of: title).first?.title ?? title, taste)
    }

    /// Whether a title may be shown to a viewer at a time: it can be watched, and on a child's profile it is made for children. One of
    /// which nothing is said is not.
    @inline(__always)
    func isSuitable(_ title: Int, _ audience: Audience, at time: Int64) -> Bool {
        let terms = terms[title]
        return time >= terms.from && time < terms.until && terms.rating <= audience.level
            && (terms.isForKids || !audience.isKids)
    }

    /// What of a viewer's profile says which titles are suitable.
    struct Audience {
        fileprivate let level: Int
        fileprivate let isKids: Bool

        init(_ profile: ViewerHistory.Profile) {
            level = Int(profile.maturityLevel) ?? .max
            isKids = profile.isKids
        }
    }

    /// What decides whether a title is suitable, and how much of it was watched, where it is read soonest.
    private struct Terms {
        let from, until: Int64
        let rating: Int
        let isForKids: Bool
        let duration: Int64

        init(_ title: TitleCatalogue.Title, isForKids: Bool) {
            (from, until) = (title.availableFrom, title.availableUntil)
            rating = Int(title.maturityRating) ?? .min
            duration = title.duration
            self.isForKids = isForKids
        }
    }

    func isForKids(_ title: Int) -> Bool {
        terms[title].isForKids
    }

    /// The running time, in seconds; 0 where it is not known.
    func duration(of title: Int) -> Int64 {
        terms[title].duration
    }

    private static func isForKids(_ title: TitleCatalogue.Title, _ catalogue: TitleCatalogue) -> Bool {
        title.isForKids ?? title.genres.contains { childrensGenres.contains(catalogue.genres[$0]) }
    }

    private static func order(_ scores: [Float]) -> [ScoredTitle] {
        scores.indices.filter { scores[$0] > 0 }.map { ScoredTitle(title: $0, score: scores[$0]) }
            .sorted { ($1.score, $0.title) < ($0.score, $1.title) }
    }

    /// By when they came or were released, the latest first.
    private static func newest(_ catalogue: TitleCatalogue) -> [ScoredTitle] {
        let listed = catalogue.titles.indices.filter { catalogue.titles[$0].isListed }
        let keys = catalogue.titles.map { title in
            (title.availableFrom, title.released, title.year ?? 0)
        }
        let order = listed.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] > keys[$1] }
        return order.enumerated().map { ScoredTitle(title: $1, score: 1 / Float($0 + 1)) }
    }
}
