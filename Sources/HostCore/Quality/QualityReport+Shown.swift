/// What people are shown of a report, in a terminal and on a page.
extension QualityReport {
    private static let longestName = 60
    private static let longestReason = 200

    var shownTitle: String { title.shown(atMost: Self.longestName) }

    var shownPlugin: String {
        "\(plugin.shown(atMost: Self.longestName)) \(version.shown(atMost: Self.longestName))"
    }

    /// The time of the latest event, to the minute.
    var shownTime: String? {
        time.map { "\($0.prefix(10)) \($0.dropFirst(11).prefix(5)) UTC" }
    }

    /// That the plugin is taken out and why, where it is.
    var shownSuspension: String? {
        suspended.map { "The plugin is taken out: " + $0.shown(atMost: Self.longestReason) }
    }

    /// How many events the plugin failed on, where there are any.
    var shownFailures: String? {
        failures > 0 ? "The plugin failed on \(failures.counted("event"))." : nil
    }

    /// The number that is drawn, of a row.
    func charted(_ row: Row) -> Double? { row.numbers[chart] }

    /// The numbers of a row in the columns' order, with their units.
    func shownNumbers(of row: Row) -> [String] {
        zip(columns, row.numbers).map { column, number in column.unit.text(number) }
    }
}

extension QualityReport.Column {
    fileprivate static let longestTitle = 24

    /// The name as words: without a unit that the numbers are shown with.
    var title: String {
        let ending =
            switch unit {
            case .milliseconds: "_ms"
            case .seconds: "_seconds"
            case .count, .share: ""
            }
        let words = name.count > ending.count ? name.dropLast(ending.count) : name[...]
        return String(words.map { $0 == "_" ? " " : $0 }).shown(atMost: Self.longestTitle)
    }
}

extension QualityReport.Row {
    private static let longestValue = 200

    var shownValue: String {
        value.isEmpty ? "(none)" : value.shown(atMost: Self.longestValue)
    }
}

extension QualityReport.Table {
    /// The dimension as words.
    var title: String {
        String(dimension.map { $0 == "_" ? " " : $0 }).shown(atMost: QualityReport.Column.longestTitle)
    }

    /// The `count` rows with the most events, beginning with the largest, and how many are left out with the hidden ones.
    func leading(_ count: Int) -> (rows: ArraySlice<QualityReport.Row>, more: Int) {
        let sorted = rows.sorted { ($1.events, $0.value) < ($0.events, $1.value) }
        return (sorted.prefix(count), max(0, rows.count - count) + hidden)
    }
}
