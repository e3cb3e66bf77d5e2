internal import Events

extension ViewerHistory {
    /// The types of events that a history learns from.
    public static let types = [
        "account.opened", "account.updated", "session.started", "playback.started", "playback.progressed",
        "playback.stopped", "rating.given", "recommendation.shown", "recommendation.chosen",
    ]

    /// The fields of their data that it learns from.
    public static let fields: Set<String> = [
        "country", "device", "is_kids", "language", "maturity_level", "position_seconds", "rating", "scale",
        "seconds_watched", "series", "title", "title_id",
    ]

    /// Learns from the event of the viewer's that `fields` reads, which happened at `time`, in seconds since 1970, and stands at `reference` in the
    /// log. Events may come in any order: for what a later one has said, an earlier one changes nothing.
    public mutating func add(_ fields: EventFields, at time: Int64, reference: Int64) {
        let event = fields.event
        guard event.data != 0, event.kind(of: event.data) == .object, let index = event.typeIndex else { return }
        if fields.boolean("is_kids") == true { profile.isKids = true }
        switch index {
        case Self.accountOpened, Self.accountUpdated: learn(account: fields)
        case Self.sessionStarted: learn(device: fields, at: time)
        case Self.playbackStarted:
            learn(device: fields, at: time)
            change(fields, at: time, reference) { $0.plays += 1 }
        case Self.playbackProgressed:
            change(fields, at: time, reference) { $0.reach(fields, at: time) }
        case Self.playbackStopped:
            change(fields, at: time, reference) { use in
                use.stops += 1
                use.plays = max(use.plays, use.stops)
                use.seconds += fields.seconds("seconds_watched") ?? 0
                use.reach(fields, at: time)
            }
        case Self.ratingGiven:
            guard let rating = TitleUse.Rating(fields, at: time) else { return }
            change(fields, at: time, reference) { use in
                if time >= use.rating?.time ?? .min { use.rating = rating }
            }
        case Self.recommendationShown:
            change(fields) { use in
                use.shown += 1
                use.shownAt = max(use.shownAt, time)
            }
        case Self.recommendationChosen: change(fields, at: time, reference) { $0.chosen += 1 }
        default: break
        }
    }

    private mutating func learn(account fields: EventFields) {
        if let isKids = fields.boolean("is_kids") { profile.isKids = isKids }
        if let level = fields.text("maturity_level") { profile.maturityLevel = level }
        if let language = fields.text("language") { profile.language = language }
        if let country = fields.text("country") { profile.country = country }
    }

    private mutating func learn(device fields: EventFields, at time: Int64) {
        if time < profile.time { return }
        profile.time = time
        profile.offset = fields.event.timeOffset
        if let device = fields.text("device") { profile.device = device }
    }

    private mutating func change(
        _ fields: EventFields, at time: Int64, _ reference: Int64, _ body: (inout TitleUse) -> Void
    ) {
        change(fields) { use in
            body(&use)
            if time < use.time { return }
            use.time = time
            use.reference = reference
            if fields.text("series") != nil { use.episode = fields.text("title_id") ?? fields.text("title") ?? "" }
        }
    }

    private mutating func change(_ fields: EventFields, _ body: (inout TitleUse) -> Void) {
        guard let key = fields.text("series") ?? fields.text("title_id") ?? fields.text("title") else { return }
        change(key, body)
    }

    private static let accountOpened = index("account.opened")
    private static let accountUpdated = index("account.updated")
    private static let sessionStarted = index("session.started")
    private static let playbackStarted = index("playback.started")
    private static let playbackProgressed = index("playback.progressed")
    private static let playbackStopped = index("playback.stopped")
    private static let ratingGiven = index("rating.given")
    private static let recommendationShown = index("recommendation.shown")
    private static let recommendationChosen = index("recommendation.chosen")

    private static func index(_ name: StaticString) -> Int {
        Catalogue.index(ofType: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) ?? -1
    }
}

extension TitleUse {
    /// Learns how far it was watched.
    fileprivate mutating func reach(_ fields: EventFields, at time: Int64) {
        guard let place = fields.seconds("position_seconds") ?? fields.seconds("seconds_watched") else { return }
        furthest = max(furthest, place)
        if time >= self.time { position = place }
    }
}

extension TitleUse.Rating {
    fileprivate init?(_ fields: EventFields, at time: Int64) {
        guard let value = fields.number("rating"), value.isFinite else { return nil }
        switch fields.text("scale") {
        case "stars": scale = .stars
        case "thumbs": scale = .thumbs
        case "interest": scale = .interest
        default: return nil
        }
        self.value = Float(value)
        self.time = time
    }
}
