internal import Events

/// What a recommender may know of the viewer who is asked about. Times are in seconds since 1970.
public struct ViewerProfile {
    /// What the viewer did with a title.
    public struct Title {
        public var title = ""
        /// Of a series, the episode that was watched last.
        public var episode = ""
        public var plays = 0
        /// Seconds watched, in all.
        public var seconds: Int64 = 0
        /// Where it was left last, in seconds.
        public var position: Int64 = 0
        /// How far it was watched, from 0 to 1.
        public var completion: Double?
        public var rating: Double?
        /// The rating's: `stars`, `thumbs` or `interest`.
        public var scale = ""
        /// Whether the viewer said that it is not wanted.
        public var isDisliked = false
        /// The latest event, and what stands for it.
        public var time: Int64 = 0
        public var reference: Int64 = 0

        public init() {}
    }

    /// A title that was recommended, how often, when last, and how often that was followed.
    public struct Shown {
        public var title: String
        public var count: Int
        public var chosen: Int
        public var time: Int64

        public init(title: String, count: Int, chosen: Int, time: Int64) {
            self.title = title
            self.count = count
            self.chosen = chosen
            self.time = time
        }
    }

    /// The latest first.
    public var history: [Title] = []
    public var shown: [Shown] = []
    public var isKids = false
    public var maturityLevel = ""
    public var language = ""
    public var country = ""
    public var device = ""
    public var now: Int64 = 0
    /// Seconds that the viewer's time zone is ahead of UTC.
    public var offset: Int64 = 0

    public init() {}

    /// What `grants` allow, as bytes of a Lua value: nothing else is in them.
    package func bytes(for grants: Grants) -> [UInt8] {
        var writer = StateWriter()
        write(grants, into: &writer)
        return Array(writer.bytes.rawBytes)
    }

    private func write(_ grants: Grants, into writer: inout StateWriter) {
        let hour = ((now + offset) % 86400 + 86400) % 86400 / 3600
        let seesTitles = grants.allow(.userBehaviorMediaConsumption)
        let texts: [(StaticString, String, DataCategory)] = [
            ("country", country, .userLocationImprecise), ("language", language, .userDemographicLanguage),
            ("maturity_level", maturityLevel, .userAccountSettings),
        ]
        let granted = texts.filter { !$0.1.isEmpty && grants.allow($0.2) }
        let seesDevice = grants.allow(.userDevice) && !device.isEmpty
        writer.beginMap(3 + (seesTitles ? 2 : 0) + (seesDevice ? 1 : 0))
        if seesDevice {
            writer.put("device" as StaticString)
            writer.put(device)
        }
        writer.put("hour" as StaticString)
        writer.put(hour)
        writer.put("now" as StaticString)
        writer.put(now)
        writer.put("profile" as StaticString)
        let seesChildren = grants.allow(.userChildrens)
        writer.beginMap(granted.count + (seesChildren ? 1 : 0))
        for (name, text, _) in granted {
            writer.put(name)
            writer.put(text)
        }
        if seesChildren {
            writer.put("is_kids" as StaticString)
            writer.put(isKids)
        }
        guard seesTitles else { return }
        writer.put("history" as StaticString)
        writer.beginArray(history.count)
        for title in history { title.write(into: &writer) }
        writer.put("shown" as StaticString)
        writer.beginMap(shown.count)
        for title in shown {
            writer.put(title.title)
            writer.beginMap(3)
            writer.put("at" as StaticString)
            writer.put(title.time)
            writer.put("chosen" as StaticString)
            writer.put(Int64(title.chosen))
            writer.put("count" as StaticString)
            writer.put(Int64(title.count))
        }
    }
}

extension ViewerProfile.Title {
    fileprivate func write(into writer: inout StateWriter) {
        writer.beginMap(
            6 + (episode.isEmpty ? 0 : 1) + (completion == nil ? 0 : 1) + (rating == nil ? 0 : 2) + (isDisliked ? 1 : 0)
        )
        writer.put("title" as StaticString)
        writer.put(title)
        writer.put("plays" as StaticString)
        writer.put(Int64(plays))
        writer.put("seconds" as StaticString)
        writer.put(seconds)
        writer.put("position" as StaticString)
        writer.put(position)
        writer.put("at" as StaticString)
        writer.put(time)
        writer.put("ref" as StaticString)
        writer.put(reference)
        if !episode.isEmpty {
            writer.put("episode" as StaticString)
            writer.put(episode)
        }
        if let completion {
            writer.put("completion" as StaticString)
            writer.put(completion)
        }
        if let rating {
            writer.put("rating" as StaticString)
            writer.put(rating)
            writer.put("scale" as StaticString)
            writer.put(scale)
        }
        if isDisliked {
            writer.put("disliked" as StaticString)
            writer.put(true)
        }
    }
}
