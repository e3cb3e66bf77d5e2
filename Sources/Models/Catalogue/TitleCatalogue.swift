/// What can be recommended: films and series, by numbers from 0 on.
///
/// Episodes are no titles of their own: they stand for their series. A title is found by its key, its name, and the keys and
/// names of its episodes; of several with one name, the first is found.
///
/// ```swift
/// var catalogue = TitleCatalogue()
/// try store.forEachTitle { if event.load($0) { catalogue.add(fields) } }
/// let number = catalogue.number(of: "the-snow-fox")
/// ```
public struct TitleCatalogue: Sendable {
    public struct Title: Sendable {
        /// What recommendations call it: the `title_id`, or else the name; of a series that has no entry of its own, the name.
        public let key: String
        public fileprivate(set) var name: String
        public fileprivate(set) var kind = ""
        /// Numbers of ``TitleCatalogue/genres``.
        public fileprivate(set) var genres: [Int] = []
        public fileprivate(set) var year: Int?
        /// Day of release, `YYYY-MM-DD`.
        public fileprivate(set) var released = ""
        /// Running time in seconds, of a series that of its longest episode; 0 where it is not known.
        public fileprivate(set) var duration: Int64 = 0
        /// The local authority's.
        public fileprivate(set) var maturityRating = ""
        /// Whether it is made for children, as the service says; nil where it does not.
        public fileprivate(set) var isForKids: Bool?
        /// From when and until when it can be watched, in seconds since 1970.
        public fileprivate(set) var availableFrom = Int64.min
        public fileprivate(set) var availableUntil = Int64.max
        /// Actors and directors.
        public fileprivate(set) var people: [String] = []
        public fileprivate(set) var description = ""
        /// Whether the service's catalogue has it; others are known from events alone.
        public fileprivate(set) var isListed = false

        fileprivate init(key: String) {
            self.key = key
            name = key
        }
    }

    public private(set) var titles: [Title] = []
    /// Names of genres, in the order in which they came.
    public private(set) var genres: [String] = []

    private var numbers: [String: Int] = [:]
    private var genreNumbers: [String: Int] = [:]

    public init() {}

    /// The number of a title by a key or a name; nil where none is known.
    public func number(of key: String) -> Int? {
        numbers[key]
    }

    /// The number of a title, which is made where none is known.
    public mutating func number(ofSeen key: String) -> Int {
        if let number = numbers[key] { return number }
        return make(key)
    }

    /// The number of a genre; nil where no title has it.
    public func number(ofGenre name: String) -> Int? {
        genreNumbers[name]
    }

    /// Adds what the event that `fields` reads says of a title.
    public mutating func add(_ fields: EventFields) {
        let names = [fields.text("title_id"), fields.text("title")].compactMap { $0 }
        let series = fields.text("kind") == "series" ? nil : fields.text("series")
        guard let key = series ?? names.first else { return }
        let number =
            ([key] + (series == nil ? names : [])).lazy.compactMap { [numbers] in numbers[$0] }.first ?? make(key)
        for name in names where numbers[name] == nil { numbers[name] = number }
        titles[number].isListed = true
        let genres = fields.texts("genres").map { self.genre($0) }
        titles[number].learn(fields, isEpisode: series != nil, genres)
    }

    private mutating func make(_ key: String) -> Int {
        numbers[key] = titles.count
        titles.append(Title(key: key))
        return titles.count - 1
    }

    private mutating func genre(_ name: String) -> Int {
        if let number = genreNumbers[name] { return number }
        genreNumbers[name] = genres.count
        genres.append(name)
        return genres.count - 1
    }
}

extension TitleCatalogue.Title {
    fileprivate mutating func learn(_ fields: EventFields, isEpisode: Bool, _ genres: [Int]) {
        duration = max(duration, fields.seconds("duration_seconds") ?? 0)
        for genre in genres where !self.genres.contains(genre) { self.genres.append(genre) }
        for person in fields.texts("cast") + fields.texts("directors") where !people.contains(person) {
            people.append(person)
        }
        if let rating = fields.text("maturity_rating") { maturityRating = rating }
        if let isForKids = fields.boolean("for_kids") { self.isForKids = isForKids }
        if isEpisode {
            if kind.isEmpty { kind = "series" }
            return
        }
        if let name = fields.text("title") { self.name = name }
        if let kind = fields.text("kind") { self.kind = kind }
        if let year = fields.number("year"), abs(year) < 100_000 { self.year = Int(year) }
        if let day = fields.text("released") { released = day }
        if let from = fields.instant("available_from") { availableFrom = from }
        if let until = fields.instant("available_until") { availableUntil = until }
        if let text = fields.longText("description") { description = text }
    }
}
