public import Plugins
internal import Store

/// What a store's folds go by, whoever opens it.
public struct FoldSettings: Equatable, Sendable {
    /// The smallest audience that may be set.
    public static let leastAudience = 10

    public var rules = GateRules()
    /// How many viewers a segment must have before anybody learns of it, or is shown anything for it (k-anonymity).
    public var minimumAudience = EventStore.defaultMinimumAudience

    public init() {}

    init(of store: EventStore) throws(HostError) {
        for purpose in Purpose.allCases {
            let name = try HostError.translating { () throws(StoreError) in
                try store.setting("basis:\(purpose.name)")
            }
            if let basis = GateRules.Basis.allCases.first(where: { "\($0.name)" == name }) { rules[purpose] = basis }
        }
        let minimum = try HostError.translating { () throws(StoreError) in try store.setting("minimum_audience") }
        if let number = minimum.flatMap({ Int($0) }) { minimumAudience = max(number, Self.leastAudience) }
    }

    /// The settings of the store at `path`, which must be there; saved again where `change` says that it changed them.
    public static func of(
        store path: String, _ change: (inout FoldSettings) -> Bool
    ) throws(HostError) -> FoldSettings {
        let store = try EventStore.existing(path)
        var settings = try FoldSettings(of: store)
        if change(&settings) { try settings.save(to: store) }
        try HostError.translating { () throws(StoreError) in try store.close() }
        return settings
    }

    private func save(to store: EventStore) throws(HostError) {
        for purpose in Purpose.allCases {
            try HostError.translating { () throws(StoreError) in
                try store.set("basis:\(purpose.name)", to: "\(rules[purpose].name)")
            }
        }
        try HostError.translating { () throws(StoreError) in
            try store.set("minimum_audience", to: "\(minimumAudience)")
            try store.unpublishAudiences(below: minimumAudience)
        }
    }
}
