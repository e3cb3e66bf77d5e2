internal import Events

/// What is kept of one viewer for recommendations: what the viewer did with each title, and a few facts of the profile.
///
/// Titles go by the key that events give them: of a series its name, of others the `title_id`, or else the `title`. Those that
/// were not touched for longest are forgotten where there are more than ``mostTitles``.
public struct ViewerHistory: Sendable, Equatable {
    /// Titles that are kept.
    public static let mostTitles = 10_000
    /// Bytes that a key may have; what has a longer one is left out.
    static let longestKey = 512

    /// In the order in which they came.
    public internal(set) var titles: [(key: String, use: TitleUse)] = []
    public internal(set) var profile = Profile()

    /// What is known of the profile.
    public struct Profile: Sendable, Equatable {
        public var isKids = false
        public var maturityLevel = ""
        public var language = ""
        public var country = ""
        /// The device of the latest session or play.
        public var device = ""
        /// Seconds that the time zone of that event was ahead of UTC.
        public var offset: Int64 = 0
        /// When that was, in seconds since 1970.
        public var time: Int64 = .min

        public init() {}
    }

    /// Where each title is; nil until a title is changed: who only reads has no need of it.
    private var places: [String: Int]?

    public init() {}

    /// What the viewer did with a title; nil where nothing is known.
    public subscript(key: String) -> TitleUse? {
        titles.last { $0.key == key }?.use
    }

    public static func == (one: ViewerHistory, other: ViewerHistory) -> Bool {
        one.profile == other.profile && one.titles.elementsEqual(other.titles) { $0.key == $1.key && $0.use == $1.use }
    }

    /// Adds a title that is not in it.
    mutating func append(_ key: String, _ use: TitleUse) {
        places?[key] = titles.count
        titles.append((key, use))
    }

    /// Changes what is known of a title.
    mutating func change(_ key: String, _ body: (inout TitleUse) -> Void) {
        findPlaces()
        if places?[key] == nil {
            if titles.count >= Self.mostTitles { forgetOldest() }
            append(key, TitleUse())
        }
        if let place = places?[key] { body(&titles[place].use) }
    }

    /// Of titles with one key, the last is changed.
    private mutating func findPlaces() {
        if places != nil { return }
        places = Dictionary(titles.enumerated().map { ($1.key, $0) }) { $1 }
    }

    /// Makes room for a tenth more.
    private mutating func forgetOldest() {
        let times = titles.map { max($0.use.time, $0.use.shownAt) }.sorted()
        let oldest = times[titles.count / 10]
        titles.removeAll { max($0.use.time, $0.use.shownAt) <= oldest }
        places = nil
        findPlaces()
    }
}
