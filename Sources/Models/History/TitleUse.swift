/// What a viewer did with one title. Times are in seconds since 1970.
public struct TitleUse: Sendable, Equatable {
    /// The steps of a rating.
    public enum Scale: UInt8, Sendable {
        /// From 0.5 to 5.
        case stars
        /// 1 is down, 2 is up, 3 is up twice; 0 takes it back.
        case thumbs
        /// 1 is interested, 0 is not.
        case interest
    }

    /// A rating, and when it was given.
    public struct Rating: Sendable, Equatable {
        public var value: Float
        public var scale: Scale
        public var time: Int64

        public init(value: Float, scale: Scale, time: Int64) {
            self.value = value
            self.scale = scale
            self.time = time
        }
    }

    /// How often it began to play, and how often it is known when it stopped.
    public var plays = 0
    public var stops = 0
    /// Seconds watched, in all.
    public var seconds: Int64 = 0
    /// Where it was left last, and the furthest place that was reached, in seconds.
    public var position: Int64 = 0
    public var furthest: Int64 = 0
    /// The latest event but for what was shown.
    public var time: Int64 = 0
    /// That event's place in the log.
    public var reference: Int64 = 0
    public var rating: Rating?
    /// How often it was recommended, when last, and how often the recommendation was followed.
    public var shown = 0
    public var shownAt: Int64 = 0
    public var chosen = 0
    /// Of a series: the episode that was watched last.
    public var episode = ""

    public init() {}

    /// Adds what was done with the same title under another of its keys.
    public mutating func merge(_ other: TitleUse) {
        plays += other.plays
        stops += other.stops
        seconds += other.seconds
        furthest = max(furthest, other.furthest)
        if let theirs = other.rating, theirs.time >= rating?.time ?? .min { rating = theirs }
        shown += other.shown
        shownAt = max(shownAt, other.shownAt)
        chosen += other.chosen
        if other.time < time { return }
        position = other.position
        time = other.time
        reference = other.reference
        if !other.episode.isEmpty { episode = other.episode }
    }

    /// Whether anything was done with it, and not only shown.
    public var isKnown: Bool {
        plays > 0 || stops > 0 || rating != nil || chosen > 0
    }

    /// Whether the viewer said that it is not wanted: at most two stars, a thumb down, or no interest.
    public var isDisliked: Bool {
        guard let rating else { return false }
        switch rating.scale {
        case .stars: return rating.value <= 2
        case .thumbs: return rating.value == 1
        case .interest: return rating.value == 0
        }
    }

    /// How far it was watched, from 0 to 1, where its running time in seconds is known.
    public func completion(of duration: Int64) -> Float? {
        if duration <= 0 || stops == 0 && furthest == 0 { return nil }
        return min(1, Float(max(furthest, min(seconds, duration))) / Float(duration))
    }
}
