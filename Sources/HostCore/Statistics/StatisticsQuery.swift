internal import Events
internal import Privacy

/// A request that makes sense, and how it will be answered. Nothing in it depends on what is in a store.
public struct StatisticsQuery: Sendable {
    private static let mostDimensions = 3
    private static let mostValues = 10_000

    public let request: StatisticsRequest
    let dimensions: [StatisticsDimension]
    /// Places of types in the catalogue; nil where all count.
    let types: Set<Int>?
    /// The groups, where they are known beforehand.
    let groups: [[String]]?
    /// The field that is summed up.
    let field: [UInt8]?
    let plan: ReleasePlan

    public init(_ request: StatisticsRequest) throws(HostError) {
        self.request = request
        let types = try Self.types(request.types)
        self.types = types.map { Set($0) }
        let counted = types ?? Array(Catalogue.types.indices)
        guard request.by.count <= Self.mostDimensions else {
            throw .usage("events can be told apart by \(Self.mostDimensions) fields at the most")
        }
        var dimensions: [StatisticsDimension] = []
        for name in request.by {
            let dimension = try StatisticsDimension(name, types: counted)
            if dimensions.contains(dimension) { throw .usage("'\(name)' is named twice") }
            dimensions.append(dimension)
        }
        self.dimensions = dimensions
        let groups = try Self.groups(request.values, dimensions)
        self.groups = groups
        let (measure, field) = try Self.measure(request, types: counted)
        self.field = field.map { Array($0.utf8) }
        guard let epsilon = Epsilon(request.epsilon) else { throw HostError(.epsilon(most: ReleasePlan.most)) }
        guard let delta = Delta(request.delta) else { throw HostError(.delta) }
        guard let mechanism = Mechanism(rawValue: request.mechanism) else {
            throw .usage("there is no mechanism '\(request.mechanism)': take laplace or gaussian")
        }
        if let since = request.since, let until = request.until, since >= until {
            throw .usage("no time is from \(since.timeText) on and before \(until.timeText)")
        }
        // Groups that are known may be fewer.
        let groupsPerViewer = groups.map { min(request.groupsPerViewer, max(1, $0.count)) } ?? request.groupsPerViewer
        plan = try HostError.translating { () throws(PrivacyError) in
            try ReleasePlan(
                measure, groupsPerViewer: groupsPerViewer, areGroupsKnown: groups != nil, mechanism, epsilon: epsilon,
                delta: delta)
        }
    }

    private static func types(_ names: [String]) throws(HostError) -> [Int]? {
        if names.isEmpty { return nil }
        var types: [Int] = []
        for name in names {
            guard let index = Array(name.utf8).withUnsafeBytes({ Catalogue.index(ofType: $0) }) else {
                throw .usage("there is no type of events '\(name)': `host events` shows them")
            }
            types.append(index)
        }
        return types
    }

    /// One group of all, all that a dimension can have, or those that somebody knows.
    private static func groups(
        _ values: [String], _ dimensions: [StatisticsDimension]
    ) throws(HostError) -> [[String]]? {
        if values.isEmpty {
            let known = dimensions.compactMap { $0.values }
            if known.count < dimensions.count { return nil }
            return known.reduce([[]]) { groups, values in groups.flatMap { group in values.map { group + [$0] } } }
        }
        guard dimensions.count == 1 else { throw .usage("values are named for one --by, and for no more") }
        guard values.count <= mostValues else { throw .usage("\(mostValues) values can be named at the most") }
        if Set(values).count < values.count { throw .usage("a value is named twice") }
        return values.map { [$0] }
    }

    private static func measure(
        _ request: StatisticsRequest, types: [Int]
    ) throws(HostError) -> (Measure, field: String?) {
        func bound(_ field: String) throws(HostError) -> Measure.Bound {
            try StatisticsDimension.check(field, types: types) { $0 == .number ? nil : "'\(field)' is no number" }
            let text = try most(request)
            return try HostError.translating { () throws(PrivacyError) in try Measure.Bound(text) }
        }
        switch request.measure {
        case .viewers:
            return (.viewers, nil)
        case .events:
            guard let most = Int(try most(request)) else { throw HostError(.most) }
            return (.events(most: most), nil)
        case .sum(let field): return (.sum(try bound(field)), field)
        case .mean(let field): return (.mean(try bound(field)), field)
        }
    }

    private static func most(_ request: StatisticsRequest) throws(HostError) -> String {
        guard let most = request.mostPerViewer else {
            throw .usage(
                "how much may one viewer count for in a group? Say --max-per-viewer: the noise is made for it, and more is cut off"
            )
        }
        return most
    }
}

extension HostError {
    /// What was asked makes no sense, or more than the budget allows.
    init(_ error: PrivacyError) {
        self = if case .exceeded = error { .refused(error.message) } else { .usage(error.message) }
    }

    static func translating<T>(_ body: () throws(PrivacyError) -> T) throws(HostError) -> T {
        do throws(PrivacyError) {
            return try body()
        } catch {
            throw HostError(error)
        }
    }
}
