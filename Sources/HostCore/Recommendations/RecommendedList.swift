internal import Models
internal import Plugins

/// Titles for a viewer, by one recommender.
public struct RecommendedList: Sendable {
    /// The plugin's name, or else the model's recipe.
    public let recommender: String
    public let titles: [RecommendedTitle]
    /// What the plugin gave and may not be shown, in words.
    public let leftOut: [String]
    /// Why these are the popular titles, where they are.
    public let fallback: String?

    init(recommender: String, titles: [RecommendedTitle], leftOut: [String] = [], fallback: String? = nil) {
        self.recommender = recommender
        self.titles = titles
        self.leftOut = leftOut
        self.fallback = fallback
    }
}

/// A title that was recommended, and why.
public struct RecommendedTitle: Sendable {
    /// A title that the viewer took up.
    public struct Reason: Sendable {
        public let key: String
        public let name: String
    }

    public let key: String
    public let name: String
    /// The recommender's own; nil where it gave none.
    public let score: Double?
    /// The row of the page that it stands in; empty where there is none.
    public let row: String
    /// In the plugin's words; empty where it gave none.
    public let text: String
    public let because: [Reason]
    /// Places in the log of events that the plugin named.
    let events: [Int64]

    init(_ title: TitleCatalogue.Title, score: Double, because: [Reason] = []) {
        key = title.key
        name = title.name
        self.score = score
        row = ""
        text = ""
        self.because = because
        events = []
    }

    init(_ title: TitleCatalogue.Title, _ item: RecommendationList.Item, reasons: [Reason]) {
        key = title.key
        name = title.name
        score = item.score
        row = item.row
        text = item.reason
        because = reasons
        events = item.events
    }
}

extension RecommendationList.Fault {
    var text: String {
        switch self {
        case .noTitle: "without a title"
        case .unavailable: "not in the catalogue, or not for this viewer now"
        case .duplicate: "twice"
        case .noNumber: "with a score that is no number"
        case .tooMany: "more than were asked for"
        }
    }
}
