internal import Events
internal import Plugins

/// What something is kept for, and on which articles of the GDPR that rests.
///
/// The one table of it, by what is asked first:
///
/// | what | purpose | article |
/// | --- | --- | --- |
/// | consents, objections (`user.privacy_preferences`), and requests for access and erasure | service | 6(1)(c): they have to be shown to an authority (Art. 7(1), 5(2)) |
/// | what others supplied, advertisements, web beacons, ad segments | advertising | that of the store's rules |
/// | recommendations, viewers' histories, what models take in | personalization | that of the store's rules |
/// | `user.telemetry` | quality | that of the store's rules |
/// | all else | service | 6(1)(b) |
///
/// A rule of consent is Art. 6(1)(a), one of objection 6(1)(f), one of contract 6(1)(b). What is of a special category, or
/// a sensitive segment, needs Art. 9(2)(a) besides, and what is about offences Art. 10.
struct LegalBasis: Equatable, Sendable {
    let purpose: Purpose
    let articles: [LegalArticle]

    /// That of a field of an event; `type` is nil where the catalogue does not know the event's type.
    init(of category: DataCategory, inType type: TypeSchema?, _ rules: GateRules) {
        let name = type.map { "\($0.name)" } ?? ""
        if category.isWithin(.userPrivacyPreferences) || Self.records.contains(name) {
            self.init(.service, .duty, category)
        } else if type?.group == .fromOthers || Self.advertising.contains(name) {
            self.init(for: .advertising, category, rules)
        } else if Self.recommendations.contains(name) {
            self.init(for: .personalization, category, rules)
        } else if category.isWithin(.userTelemetry) {
            self.init(for: .quality, category, rules)
        } else {
            self.init(for: .service, category, rules)
        }
    }

    /// That of what is made for a purpose.
    init(for purpose: Purpose, _ category: DataCategory, _ rules: GateRules, isSensitive: Bool = false) {
        self.init(purpose, LegalArticle(of: rules[purpose]), category, isSensitive: isSensitive)
    }

    private init(_ purpose: Purpose, _ article: LegalArticle, _ category: DataCategory, isSensitive: Bool = false) {
        self.purpose = purpose
        let isSpecial = isSensitive || Self.special.contains { category.isWithin($0) }
        let isOffence = category.isWithin(.userCriminalHistory)
        articles = [article] + (isSpecial ? [.explicitConsent] : []) + (isOffence ? [.offences] : [])
    }

    private static let records: Set<String> = ["consent.changed", "access.requested", "erasure.requested"]
    private static let advertising: Set<String> = ["ad.shown", "ad.clicked", "beacon.fired"]
    private static let recommendations: Set<String> = ["recommendation.shown", "recommendation.chosen"]
    private static let special: [DataCategory] = [
        .userBiometric, .userAuthorizationBiometric, .userHealthAndMedical, .userDemographicPoliticalOpinion,
        .userDemographicRaceEthnicity, .userDemographicReligiousBelief, .userDemographicSexualOrientation,
    ]
}

extension Purpose {
    /// What a viewer reads.
    var words: String {
        switch self {
        case .personalization: "Recommendations"
        case .advertising: "Advertising"
        case .quality: "Finding faults of the service"
        case .service: "The service itself"
        }
    }

    /// The Fideslang data use that the purpose stands for.
    var dataUse: String {
        switch self {
        case .personalization: "personalize.content"
        case .advertising: "marketing.advertising"
        case .quality: "improve.system"
        case .service: "essential.service"
        }
    }
}
