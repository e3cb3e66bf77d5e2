/// What a quality plugin says of itself, beside what every plugin does.
public struct QualityManifest: Sendable, Equatable {
    /// What events are told apart by; each value has a report of its own.
    public enum Dimension: UInt8, CaseIterable, Sendable {
        case title
        case device
        case appVersion
        case region
        /// The hour of the day, in the event's own time zone.
        case hour
        case day

        /// The number under which a store keeps it, from 1 on.
        public var number: Int {
            Int(rawValue) + 1
        }

        public var name: StaticString {
            switch self {
            case .title: "title"
            case .device: "device"
            case .appVersion: "app_version"
            case .region: "region"
            case .hour: "hour"
            case .day: "day"
            }
        }
    }

    /// Columns of a report.
    package static let mostColumns = 16

    /// What people call it.
    public let title: String
    public let dimensions: [Dimension]
    public let columns: [String]
    /// The column that is drawn.
    public let chart: Int

    /// One that was read elsewhere.
    package init(title: String, dimensions: [Dimension], columns: [String], chart: Int) {
        self.title = title
        self.dimensions = dimensions
        self.columns = columns
        self.chart = chart
    }

    init(of table: ManifestTable, name: String) throws(ManifestError) {
        title = try table.optionalText("title") ?? name
        var dimensions: [Dimension] = []
        for name in try table.list("by") ?? [] {
            guard let dimension = Dimension.allCases.first(where: { "\($0.name)" == name }) else {
                throw .wrongType(field: "by", expected: "a list of title, device, app_version, region, hour and day")
            }
            if !dimensions.contains(dimension) { dimensions.append(dimension) }
        }
        self.dimensions = dimensions
        guard let columns = try table.list("columns") else { throw .missing(field: "columns") }
        guard (1...Self.mostColumns).contains(columns.count), columns.allSatisfy({ $0.utf8.count > 0 }) else {
            throw .wrongType(field: "columns", expected: "a list of 1 to \(Self.mostColumns) names")
        }
        self.columns = columns
        let chart = try table.optionalText("chart") ?? columns[0]
        guard let place = columns.firstIndex(of: chart) else {
            throw .wrongType(field: "chart", expected: "one of the columns")
        }
        self.chart = place
    }
}
