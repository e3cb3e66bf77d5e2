internal import Privacy

/// Numbers of groups with noise, and how much noise that is; or, before anything is released, only the latter.
public struct StatisticsTable: Sendable {
    struct Row: Sendable {
        /// A value for each dimension.
        let values: [String]
        let viewers: Int?
        /// The measure's number, where it is not that of viewers.
        let number: Double?
        /// How far that is from the number without noise at the most, in 95 of 100 cases.
        let halfWidth: Double?
    }

    let query: StatisticsQuery
    /// Its number in the ledger; nil where nothing was released.
    public let release: Int64?
    /// Why nothing can be released, where that is known.
    public let refusal: String?
    let rows: [Row]

    /// What is known beforehand.
    init(_ query: StatisticsQuery, refusal: String?) {
        self.query = query
        self.refusal = refusal
        release = nil
        rows = []
    }

    /// Groups in time are in its order, others by their numbers. All that decides about the order has noise.
    init(_ query: StatisticsQuery, release: Int64, _ groups: [[String]], _ released: [ReleasedGroup?]) {
        self.query = query
        self.release = release
        refusal = nil
        let rows = zip(groups, released).compactMap { values, group in
            group.map { Row(values: values, $0, query.plan) }
        }
        let isTime = query.dimensions.allSatisfy { $0.isTime }
        self.rows = rows.sorted { one, other in
            let (first, second) = (one.size, other.size)
            if isTime || first == second { return one.values.lexicographicallyPrecedes(other.values) }
            return first > second
        }
    }

    /// The name of the column with the measure's number, where that is not the one of viewers.
    var numberColumn: String? {
        switch query.request.measure {
        case .viewers: nil
        case .events: "events"
        case .sum(let field): "sum_\(field)"
        case .mean(let field): "mean_\(field)"
        }
    }
}

extension StatisticsTable.Row {
    init(values: [String], _ group: ReleasedGroup, _ plan: ReleasePlan) {
        self.values = values
        viewers = group.viewers
        number = group.number
        halfWidth = group.number.flatMap { plan.halfWidth(of: $0, viewers: group.viewers) }
    }

    fileprivate var size: Double {
        number ?? Double(viewers ?? 0)
    }
}

extension StatisticsQuery {
    /// What is told, and of what.
    var title: String {
        let measure =
            switch request.measure {
            case .viewers: "viewers"
            case .events: "events"
            case .sum(let field): "sum of \(field)"
            case .mean(let field): "mean of \(field)"
            }
        return dimensions.isEmpty ? measure : measure + " by " + dimensions.map(\.name).joined(separator: ", ")
    }
}
