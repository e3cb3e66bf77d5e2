/// What a segment says of itself, beside what every plugin does.
public struct SegmentManifest: Sendable, Equatable {
    /// The id of its node in the IAB Audience Taxonomy; nil only where ``isExclusion``.
    public let taxonomy: String?
    /// Whether the author knows that it is about something sensitive.
    public let isSensitive: Bool
    /// Whether it keeps advertisements away from its viewers, instead of leading them there. Such a segment is nobody's
    /// audience: it is neither counted nor listed, and answers for one viewer alone.
    public let isExclusion: Bool
    /// How long an answer holds that does not say it itself.
    public let lifetimeDays: Int

    /// Days of an answer's lifetime.
    package static let lifetimes = 1...365

    /// One that was read elsewhere.
    package init(taxonomy: String?, isSensitive: Bool, isExclusion: Bool, lifetimeDays: Int) {
        self.taxonomy = taxonomy
        self.isSensitive = isSensitive
        self.isExclusion = isExclusion
        self.lifetimeDays = lifetimeDays
    }

    init(of table: ManifestTable) throws(ManifestError) {
        switch try table.optionalText("use") {
        case nil, "target": isExclusion = false
        case "exclude": isExclusion = true
        default: throw .wrongType(field: "use", expected: "\"target\" or \"exclude\"")
        }
        taxonomy = try isExclusion ? table.optionalText("taxonomy") : table.text("taxonomy")
        isSensitive = try table.flag("sensitive")
        lifetimeDays = try table.number("ttl_days", in: Self.lifetimes, default: 7)
    }
}
