internal import Models
internal import Plugins

extension HistoryEntry {
    /// What a viewer did with the title that a history calls `key`. Titles go by the catalogue's keys.
    init(_ key: String, _ use: TitleUse, _ catalogue: TitleCatalogue) {
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

extension ViewerProfile {
    /// What is known of a viewer at a time, in seconds since 1970.
    init(_ profile: ViewerHistory.Profile, at time: Int64) {
        self.init()
        isKids = profile.isKids
        maturityLevel = profile.maturityLevel
        language = profile.language
        country = profile.country
        device = profile.device
        now = time
        offset = profile.offset
    }
}
