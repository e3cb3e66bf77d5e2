public import Events
internal import Foundation
public import Plugins
public import Privacy
internal import Store

/// The record of processing activities (GDPR Art. 30(1)), as the event schema, the plugins' manifests, the gate's rules and the
/// retention schedule make it: what is processed for which purpose, on what it rests, by which plugins, and for how long.
public struct ProcessingRegister: Sendable {
    /// What is done for one purpose.
    public struct Activity: Sendable {
        public let purpose: Purpose
        public let basis: GateRules.Basis
        /// Data categories, each with how many days it is kept; nil where there is no limit.
        public let data: [(category: DataCategory, days: Int?)]
        /// Name, version and kind of each.
        public let plugins: [(name: String, version: String, kind: String)]
        /// Who was given something for this purpose.
        public let recipients: [String]

        /// The article of the legal basis.
        public var article: String {
            switch basis {
            case .consent: "GDPR Art. 6(1)(a), consent"
            case .objection: "GDPR Art. 6(1)(f), legitimate interests, until the viewer objects (Art. 21)"
            case .contract: "GDPR Art. 6(1)(b), performance of a contract"
            }
        }
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
                .union(purpose == .service ? Self.allCategories : [])
            return Activity(
                purpose: purpose, basis: rules[purpose],
                data: categories.sorted { "\($0.key)" < "\($1.key)" }.map { ($0, schedule.days(of: $0)) },
                plugins: own.map { ($0.name, $0.version, "\($0.kind.name)") },
                recipients: Set(disclosures.filter { $0.purpose == "\(purpose.name)" }.map { $0.recipient }).sorted())
        }
    }

    /// All that the catalogue has of viewers: the log itself is kept for the service.
    private static let allCategories = Set(
        Catalogue.types.flatMap { $0.fields.map { $0.category } }.filter { $0.isWithin(.user) })

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
