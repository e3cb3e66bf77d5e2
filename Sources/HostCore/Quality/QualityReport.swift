internal import Events

/// What one quality plugin found.
public struct QualityReport: Equatable, Sendable {
    /// What the numbers of a column are.
    public enum Unit: String, Sendable {
        case count
        case milliseconds
        case seconds
        /// 1 is the whole.
        case share
    }

    /// One of the numbers that the plugin reports.
    public struct Column: Equatable, Sendable {
        public let name: String
        public let unit: Unit

        /// The unit is told by the ending of `name`: `_ms`, `_seconds` or `_share`, else it is a count.
        public init(name: String) {
            self.name = name
            unit =
                switch name {
                case _ where name.hasSuffix("_ms"): .milliseconds
                case _ where name.hasSuffix("_seconds"): .seconds
                case _ where name.hasSuffix("_share"): .share
                default: .count
                }
        }
    }

    /// The numbers of one value of a dimension.
    public struct Row: Equatable, Sendable {
        /// A title, a device, an hour ("23"), a day ("2026-02-01").
        public let value: String
        /// How many events were folded.
        public let events: Int
        /// One for each column of the report, in their order; nil where there is none.
        public let numbers: [Double?]

        /// What is no finite number becomes nil.
        public init(value: String, events: Int, numbers: [Double?]) {
            self.value = value
            self.events = events
            self.numbers = numbers.map { number in number.flatMap { $0.isFinite ? $0 : nil } }
        }
    }

    /// The rows of a dimension.
    public struct Table: Equatable, Sendable {
        /// `title`, `device`, `app_version`, `region`, `hour` or `day`.
        public let dimension: String
        /// In any order.
        public let rows: [Row]
        /// How many rows there are besides.
        public let hidden: Int

        public init(dimension: String, rows: [Row], hidden: Int = 0) {
            self.dimension = dimension
            self.rows = rows
            self.hidden = hidden
        }
    }

    public let plugin: String
    public let version: String
    public let title: String
    public let columns: [Column]
    /// Which column is drawn.
    public let chart: Int
    /// The numbers of all events together.
    public let total: Row
    public let tables: [Table]
    /// How many events the plugin failed on.
    public let failures: Int
    /// Why the plugin is taken out, where it is.
    public let suspended: String?
    /// The time of the latest event, in seconds since 1970; nil where there is none.
    public let upTo: Int64?

    /// `chart` must be an index of `columns`, and every row have as many numbers as there are columns.
    public init(
        plugin: String, version: String, title: String, columns: [Column], chart: Int, total: Row, tables: [Table],
        failures: Int = 0, suspended: String? = nil, upTo: Int64? = nil
    ) {
        precondition(columns.indices.contains(chart))
        precondition(total.numbers.count == columns.count)
        precondition(tables.allSatisfy { $0.rows.allSatisfy { $0.numbers.count == columns.count } })
        self.plugin = plugin
        self.version = version
        self.title = title
        self.columns = columns
        self.chart = chart
        self.total = total
        self.tables = tables
        self.failures = failures
        self.suspended = suspended
        self.upTo = upTo
    }
}

extension QualityReport {
    var chartColumn: Column { columns[chart] }

    /// The time of the latest event as an RFC 3339 date-time in UTC; nil where it is before 1970 or past 9999.
    var time: String? {
        upTo.flatMap {
            (0..<253_402_300_800).contains($0)
                ? String(decoding: Timestamp.text(ofSeconds: $0), as: UTF8.self) : nil
        }
    }

    /// The shortest digits that are this number, and no fraction where it has none.
    static func digits(_ number: Double) -> String {
        Int(exactly: number).map { String($0) } ?? String(number)
    }
}
