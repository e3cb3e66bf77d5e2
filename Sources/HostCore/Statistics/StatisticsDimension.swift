internal import Events
internal import Plugins

/// What events are told apart by.
enum StatisticsDimension: Equatable, Sendable {
    case type
    /// The genres that the catalogue has for the event's title.
    case genre
    /// The hour of the day, by the event's own clock.
    case hour
    case day
    /// A field of the event's data.
    case field(String)

    /// What names a person, a device or an account, alone or nearly so, and what people wrote: nothing is told apart by these, however
    /// many viewers a group has.
    private static let identifying: [DataCategory] = [
        .systemAuthentication, .userAccountUsername, .userContact, .userContent, .userDemographicDateOfBirth,
        .userDeviceCookie, .userDeviceCookieID, .userDeviceDeviceID, .userDeviceIPAddress, .userFinancial,
        .userLocationPrecise, .userName, .userPayment, .userSensor, .userSocial, .userUniqueID, .unclassified,
    ]
    private static let places: [DataCategory] = [
        .userContactAddressCity, .userContactAddressCountry, .userContactAddressState,
    ]

    /// The dimension of this name, for events of the types at these places of the catalogue.
    init(_ name: String, types: [Int]) throws(HostError) {
        switch name {
        case "type": self = .type
        case "genre": self = .genre
        case "hour": self = .hour
        case "day": self = .day
        default:
            try Self.check(name, types: types) { kind in
                switch kind {
                case .string, .number, .boolean, .array: nil
                case .object, .timestamp, .any:
                    "'\(name)' has no single values: take another field, or hour and day for times"
                }
            }
            self = .field(name)
        }
    }

    /// As it is written.
    var name: String {
        switch self {
        case .type: "type"
        case .genre: "genre"
        case .hour: "hour"
        case .day: "day"
        case .field(let name): name
        }
    }

    /// All values that there can be, where that is known.
    var values: [String]? {
        self == .hour ? (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" } : nil
    }

    /// Whether values lie in time, and are shown in their order.
    var isTime: Bool {
        self == .hour || self == .day
    }

    /// Whether nothing is counted by fields of the category.
    static func isClosed(_ category: DataCategory) -> Bool {
        identifying.contains { category.isWithin($0) } && !places.contains(category)
            || Purpose.quality.forbids(category)
    }

    /// Refuses a field that no type has, that may not be used, or of which `problem` finds something wrong.
    static func check(
        _ name: String, types: [Int], _ problem: (FieldKind) -> String?
    ) throws(HostError) {
        let fields = types.flatMap { Catalogue.types[$0].fields }.filter { "\($0.name)" == name }
        if fields.isEmpty {
            throw .usage(
                "no event that is counted has a field '\(name)': `host events` shows all fields and their types")
        }
        for field in fields {
            let category = field.category
            if isClosed(category) {
                throw .usage(
                    "'\(name)' is \(category.key), which may point to one viewer: statistics are not made of such fields"
                )
            }
            if let problem = problem(field.kind) { throw .usage(problem) }
        }
    }
}
