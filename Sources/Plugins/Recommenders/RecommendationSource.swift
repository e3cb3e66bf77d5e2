/// What answers a recommender's questions while it runs: what the viewer did, the host's models and its catalogue. This one knows
/// nothing; a host's own answers in its place.
///
/// Titles go by the catalogue's keys. All that is given can be watched now, by this viewer.
open class RecommendationSource {
    /// A title, and how it scores.
    public struct Candidate {
        public let title: String
        public let score: Double

        public init(title: String, score: Double) {
            self.title = title
            self.score = score
        }
    }

    /// How titles are ordered that are the same for all viewers.
    public enum Order {
        case popular
        /// Popular of late.
        case trending
        /// New in the catalogue.
        case newest
    }

    /// What the catalogue has of a title.
    public struct Title {
        public var key = ""
        public var name = ""
        public var kind = ""
        public var genres: [String] = []
        public var year: Int?
        public var durationSeconds: Int64 = 0
        public var maturityRating = ""
        public var isForKids: Bool?
        public var people: [String] = []

        public init() {}
    }

    public init() {}

    /// What the viewer did with titles, the latest first.
    open func history() -> [HistoryEntry] { [] }

    /// What was recommended to the viewer.
    open func shown() -> [ShownTitle] { [] }

    /// The first titles of an order, of a genre where one is named.
    open func titles(_ order: Order, count: Int, genre: String?) -> [Candidate] { [] }

    /// The titles most like one, best first.
    open func similar(to title: String, count: Int) -> [Candidate] { [] }

    /// The viewer's scores of some titles; nil for those that are unknown or cannot be watched.
    open func scores(of titles: [String]) -> [Double?] { titles.map { _ in nil } }

    /// The viewer's best titles, without those that the viewer knows.
    open func foldIn(count: Int) -> [Candidate] { [] }

    /// The titles of the viewer's history for which the model has a title among the viewer's best, those that count most first.
    open func reasons(for title: String) -> [String] { [] }

    open func title(_ key: String) -> Title? { nil }

    /// Whether a title is in the catalogue and can be watched now, by this viewer.
    open func isAvailable(_ title: String) -> Bool { false }
}
