internal import Models
internal import Plugins

extension ViewerProfile {
    /// Titles of a history that a recommender gets: the latest.
    static let mostTitles = 500

    /// What is known of a viewer, as recommenders see it. Titles go by the catalogue's keys.
    init(_ history: ViewerHistory, _ catalogue: TitleCatalogue, at time: Int64) {
        self.init()
        let known = history.titles.filter { $0.use.isKnown }.sorted {
            ($1.use.time, $0.key) < ($0.use.time, $1.key)
        }
        self.history = known.prefix(Self.mostTitles).map { Title($0.key, $0.use, catalogue) }
        shown = history.titles.filter { $0.use.shown > 0 }.map { title in
            let key = catalogue.number(of: title.key).map { catalogue.titles[$0].key } ?? title.key
            return Shown(title: key, count: title.use.shown, chosen: title.use.chosen, time: title.use.shownAt)
        }
        isKids = history.profile.isKids
        maturityLevel = history.profile.maturityLevel
        language = history.profile.language
        country = history.profile.country
        device = history.profile.device
        now = time
        offset = history.profile.offset
    }
}

extension ViewerProfile.Title {
    fileprivate init(_ key: String, _ use: TitleUse, _ catalogue: TitleCatalogue) {
        self.init()
        let number = catalogue.number(of: key)
        title = number.map { catalogue.titles[$0].key } ?? key
        episode = use.episode
        plays = use.plays
        seconds = use.seconds
        position = use.position
        completion = use.completion(of: number.map { catalogue.titles[$0].duration } ?? 0).map { Double($0) }
        rating = use.rating.map { Double($0.value) }
        scale =
            switch use.rating?.scale {
            case .stars: "stars"
            case .thumbs: "thumbs"
            case .interest: "interest"
            case nil: ""
            }
        isDisliked = use.isDisliked
        time = use.time
        reference = use.reference
    }
}
