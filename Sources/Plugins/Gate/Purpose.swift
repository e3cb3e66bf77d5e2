public import Events

/// What a viewer's data are used for. The names stand for Fideslang's data uses `personalize.content`,
/// `marketing.advertising`, `improve.system` and `essential.service`.
public enum Purpose: UInt8, CaseIterable, Sendable {
    case personalization
    case advertising
    case quality
    case service

    /// As `consent.changed` names it.
    public var name: StaticString {
        switch self {
        case .personalization: "personalization"
        case .advertising: "advertising"
        case .quality: "quality"
        case .service: "service"
        }
    }

    /// The purpose of this name; nil where there is none.
    public init?(name: UnsafeRawBufferPointer) {
        for purpose in Purpose.allCases where name.elementsEqual(purpose.name.rawBytes) {
            self = purpose
            return
        }
        return nil
    }

    /// Whether no plugin of this purpose may see data of `category`, whatever it asks for: the special categories of GDPR
    /// Art. 9 and 10 and credentials for all but the service itself, and for advertising what was said in confidence, what
    /// says that somebody is a child (DSA Art. 28), and means of payment.
    public func forbids(_ category: DataCategory) -> Bool {
        switch self {
        case .service: false
        case .personalization, .quality: Self.special.contains { category.isWithin($0) }
        case .advertising: (Self.special + Self.confidential).contains { category.isWithin($0) }
        }
    }

    private static let special: [DataCategory] = [
        .userAuthorization, .userBiometric, .userCriminalHistory, .userDemographicPoliticalOpinion,
        .userDemographicRaceEthnicity, .userDemographicReligiousBelief, .userDemographicSexualOrientation,
        .userGovernmentID, .userHealthAndMedical,
    ]

    private static let confidential: [DataCategory] = [
        .userChildrens, .userContentPrivate, .userFinancial, .userPayment,
    ]
}
