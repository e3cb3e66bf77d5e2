public import Events
internal import Models
public import Plugins
public import Privacy
internal import Store

/// The record of processing activities (GDPR Art. 30(1)), as the event schema, the plugins' manifests, what the host does by itself,
/// the gate's rules and the retention schedule make it: what is processed for which purpose, on what it rests, by what, and for how
/// long.
public struct ProcessingRegister: Sendable {
    /// What is done for one purpose.
    public struct Activity: Sendable {
        public let purpose: Purpose
        public let basis: GateRules.Basis
        /// What the host itself does.
        public let operations: [String]
        /// Data categories, each with how many days it is kept; nil where there is no limit.
        public let data: [(category: DataCategory, days: Int?)]
        /// Name, version and kind of each.
        public let plugins: [(name: String, version: String, kind: String)]
        /// Who was given an audience for this purpose. Advertisers whom events name are not among them: to find these, all of the log
        /// would have to be opened. The access report of each viewer lists them.
        public let recipients: [String]

        public var article: LegalArticle { LegalArticle(of: basis) }
    }

    public let activities: [Activity]

    /// The register of the store at `path`, with `plugins`.
    public init(
        store path: String, plugins: [PluginFile], schedule: RetentionSchedule
    ) throws(HostError) {
        let requests = try SubjectRequests(store: path)
        let rules = try FoldSettings(of: requests.store).rules
        let disclosures = try HostError.translating { () throws(StoreError) in try requests.store.disclosures() }
        try requests.close()
        let described = PluginFile.descriptions(of: plugins.map { $0.path }, folder: "")
        var manifests: [Manifest] = []
        for (_, result) in described {
            switch result {
            case .success(let plugin): manifests.append(plugin.manifest)
            case .failure(let error): throw error
            }
        }
        activities = Purpose.allCases.map { purpose in
            // A redactor works for the service, before anything is kept.
            let own = manifests.filter { ($0.purpose ?? .service) == purpose }
            let categories = Set(own.flatMap { Self.categories(of: $0.reads) })
                .union(Self.hostCategories(for: purpose))
                // The gate opens them for no plugin, whatever wider category it reads.
                .filter { !purpose.forbids($0) }
            return Activity(
                purpose: purpose, basis: rules[purpose], operations: Self.operations(for: purpose),
                data: categories.sorted { "\($0.key)" < "\($1.key)" }.map { ($0, schedule.days(of: $0)) },
                plugins: own.map { ($0.name, $0.version, "\($0.kind.name)") },
                recipients: Set(disclosures.filter { $0.purpose == "\(purpose.name)" }.map { $0.recipient }).sorted())
        }
    }

    /// All that the catalogue has of viewers: the log itself is kept for the service.
    private static let allCategories = Set(
        Catalogue.types.flatMap { $0.fields.map { $0.category } }.filter { $0.isWithin(.user) })

    /// What the host does for a purpose whatever plugins there are.
    private static func operations(for purpose: Purpose) -> [String] {
        switch purpose {
        case .personalization:
            ["histories of what viewers did with titles", "models that are trained with the histories"]
        case .advertising: []
        case .quality: ["differentially private statistics"]
        case .service: ["the log of events, its indexes and the quarantine"]
        }
    }

    /// What it uses for that.
    private static func hostCategories(for purpose: Purpose) -> Set<DataCategory> {
        switch purpose {
        case .personalization:
            Set(
                Catalogue.types.filter { ViewerHistory.types.contains("\($0.name)") }
                    .flatMap { $0.fields.filter { ViewerHistory.fields.contains("\($0.name)") }.map { $0.category } }
                    .filter { $0.isWithin(.user) })
        case .advertising: []
        case .quality: allCategories.filter { !StatisticsDimension.isClosed($0) }
        case .service: allCategories
        }
    }

    /// The categories of what a manifest reads, which are in the catalogue.
    private static func categories(of reads: [String]) -> [DataCategory] {
        reads.flatMap { name -> [DataCategory] in
            if let category = Array(name.utf8).withUnsafeBytes({ DataCategory(key: $0) }) {
                return allCategories.filter { $0 == category || $0.isWithin(category) }
            }
            return Catalogue.types.flatMap { $0.fields }.filter { "data.\($0.name)" == name }.map { $0.category }
                .filter { $0.isWithin(.user) }
        }
    }
}
