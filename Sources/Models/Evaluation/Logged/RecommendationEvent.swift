public import Events

/// What an event says of a recommendation that was shown, or followed.
public struct RecommendationEvent: Sendable {
    public let isChosen: Bool
    /// In seconds since 1970.
    public let time: Int64
    /// By what a ``TitleCatalogue`` finds the title.
    public let title: String
    /// How probable it was to be shown in its place; nil where that is not said, or cannot be.
    public let propensity: Double?
    /// Place in the row, from 1.
    public let position: Double?
    public let recommender: String?
    public let experiment: String?
    public let variant: String?

    /// Reads the event that `fields` reads, which happened at `time`; nil where it is of another type, or names no title.
    public init?(_ fields: EventFields, at time: Int64) {
        guard Self.isOne(fields.event), fields.event.data != 0, fields.event.kind(of: fields.event.data) == .object,
            let title = fields.text("series") ?? fields.text("title_id") ?? fields.text("title")
        else { return nil }
        isChosen = fields.event.typeIndex == Self.chosen
        self.time = time
        self.title = title
        propensity = fields.number("propensity").flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
        position = fields.number("position")
        recommender = fields.text("recommender")
        experiment = fields.text("experiment")
        variant = fields.text("variant")
    }

    /// Whether an event has the type of one.
    public static func isOne(_ event: EventDocument) -> Bool {
        event.typeIndex == shown || event.typeIndex == chosen
    }

    /// Whether it may be about the same recommendation as another: nothing that both say differs.
    func agrees(with other: RecommendationEvent) -> Bool {
        title == other.title && Self.agree(position, other.position) && Self.agree(recommender, other.recommender)
            && Self.agree(experiment, other.experiment) && Self.agree(variant, other.variant)
    }

    private static func agree<T: Equatable>(_ one: T?, _ other: T?) -> Bool {
        one == nil || other == nil || one == other
    }

    private static let shown = index("recommendation.shown")
    private static let chosen = index("recommendation.chosen")

    private static func index(_ name: StaticString) -> Int {
        Catalogue.index(ofType: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) ?? -1
    }
}
