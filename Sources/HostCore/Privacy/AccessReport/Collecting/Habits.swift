internal import Events

/// The types of events that a page has charts of.
enum Habit: String {
    case started = "playback.started"
    case stopped = "playback.stopped"
    case searched = "search.made"
    case recommended = "recommendation.shown"
    case chosen = "recommendation.chosen"
    case adShown = "ad.shown"
    case adClicked = "ad.clicked"
    case demographic = "supplement.demographic"
    case interest = "supplement.interest"
    case browsing = "supplement.browsing"
}

/// What a viewer's events come to: what the charts of the page show, and who gave and got data.
struct Habits: ~Copyable {
    /// Watching, as plays and as seconds.
    struct Watching {
        var plays = 0
        var seconds = 0.0
    }

    /// One who got or gave data, by what events say.
    struct Party {
        let name: String
        let isProvider: Bool
        var events = 0
        var first = Int64.max
        var last = Int64.min
        /// The latest event that says so.
        var latest: EventReference?
    }

    /// By months since 1970, in the viewer's time.
    private(set) var months: [Int: Watching] = [:]
    private(set) var hours = [Watching](repeating: Watching(), count: 24)
    private(set) var titles: [String: Watching] = [:]
    private(set) var devices: [String: Int] = [:]
    private(set) var searches: [String: Int] = [:]
    private(set) var parties: [String: Party] = [:]
    private(set) var recommended = 0
    private(set) var chosen = 0
    private(set) var ads = 0

    private var reader = DataReader()
    private var lastDay = Int64.min
    private var lastMonth = 0

    mutating func add(_ event: EventDocument, _ shape: EventShape, at time: Int64?, _ position: Int64, received: Int64)
    {
        if let device = reader.text("device", of: event) { devices[device, default: 0] += 1 }
        switch shape.habit {
        case .started: watch(event, at: time) { $0.plays += 1 }
        case .stopped:
            let seconds = reader.amount("seconds_watched", of: event) ?? 0
            watch(event, at: time) { $0.seconds += seconds }
        case .searched:
            if let query = reader.text("query", of: event) { searches[query, default: 0] += 1 }
        case .recommended: recommended += 1
        case .chosen: chosen += 1
        case .adShown, .adClicked:
            ads += shape.habit == .adShown ? 1 : 0
            meet(reader.text("advertiser", of: event), isProvider: false, event, position, received)
        case .demographic, .interest, .browsing:
            meet(reader.text("provider", of: event), isProvider: true, event, position, received)
        case nil: break
        }
    }

    private mutating func watch(_ event: EventDocument, at time: Int64?, _ change: (inout Watching) -> Void) {
        if let title = reader.text("series", of: event) ?? reader.text("title", of: event)
            ?? reader.text("title_id", of: event)
        {
            change(&titles[title, default: Watching()])
        }
        guard let time, time >= 0 else { return }
        let local = max(0, time + event.timeOffset)
        change(&months[month(ofDay: local / 86400), default: Watching()])
        change(&hours[Int(local % 86400 / 3600)])
    }

    private mutating func meet(
        _ name: String?, isProvider: Bool, _ event: EventDocument, _ position: Int64, _ received: Int64
    ) {
        guard let name else { return }
        let key = (isProvider ? "provider " : "advertiser ") + name
        var party = parties[key] ?? Party(name: name, isProvider: isProvider)
        party.events += 1
        let time = event.seconds(received: received) ?? received
        party.first = min(party.first, time)
        if time >= party.last {
            party.last = time
            party.latest = EventReference(event, at: position, received: received)
        }
        parties[key] = party
    }

    /// Events of one day mostly follow each other.
    private mutating func month(ofDay day: Int64) -> Int {
        if day != lastDay {
            let text = Timestamp.text(ofSeconds: min(day, 2_932_896) * 86400)
            let digits = text.map { Int($0) - 48 }
            let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
            (lastDay, lastMonth) = (day, (year - 1970) * 12 + digits[5] * 10 + digits[6] - 1)
        }
        return lastMonth
    }
}
