internal import Events

/// The rows of hours or of days in the order of time, with the gaps between them.
struct TimeSeries {
    struct Slot {
        /// "23" or "2026-02-01".
        let label: String
        let number: Double?
        let events: Int
    }

    /// The lowest or the highest number, and where it is.
    typealias Extreme = (number: Double, label: String)

    /// From the first number to the last; of hours all 24. At least one has a number.
    let slots: [Slot]
    /// How many days there are, with those before the first slot.
    let days: Int
    let lowest: Extreme
    let highest: Extreme

    /// The column that is drawn, of a table of hours or of the last `longest` days; nil where the table is of something
    /// else or has no numbers. Days before 1970 are no part of it.
    init?(_ table: QualityReport.Table, of report: QualityReport, longest: Int) {
        var rows: [Int: QualityReport.Row] = [:]
        for row in table.rows where report.charted(row) != nil {
            guard let place = Self.place(of: row.value, in: table.dimension) else { continue }
            rows[place] = row
        }
        guard let first = rows.keys.min(), let last = rows.keys.max() else { return nil }
        let isDays = table.dimension == "day"
        let places = isDays ? max(first, last - longest + 1)...last : 0...23
        slots = places.map { place in
            let row = rows[place]
            return Slot(
                label: row?.value ?? (isDays ? Self.day(place) : Self.hour(place)),
                number: row.flatMap { report.charted($0) }, events: row?.events ?? 0)
        }
        days = isDays ? last - first + 1 : 0
        guard let (lowest, highest) = Self.extremes(of: slots) else { return nil }
        self.lowest = lowest
        self.highest = highest
    }

    /// Slots that are in order already; nil where none has a number.
    init?(_ slots: [Slot]) {
        guard let (lowest, highest) = Self.extremes(of: slots) else { return nil }
        self.slots = slots
        self.lowest = lowest
        self.highest = highest
        days = 0
    }

    private static func extremes(of slots: [Slot]) -> (lowest: Extreme, highest: Extreme)? {
        let numbers = slots.compactMap { slot in slot.number.map { (number: $0, label: slot.label) } }
        guard let lowest = numbers.min(by: { $0.number < $1.number }),
            let highest = numbers.max(by: { $0.number < $1.number })
        else { return nil }
        return (lowest, highest)
    }

    /// "lowest 812 ms (04), highest 1,432 ms (20)", or the number where there is but one.
    func range(_ unit: QualityReport.Unit) -> String {
        let (low, high) = (unit.text(lowest.number), unit.text(highest.number))
        return lowest.number == highest.number
            ? low : "lowest \(low) (\(lowest.label)), highest \(high) (\(highest.label))"
    }

    /// Whether a table's rows stand in the order of time.
    static func isTime(_ dimension: String) -> Bool {
        dimension == "hour" || dimension == "day"
    }

    /// The hour, or the days since 1970.
    private static func place(of value: String, in dimension: String) -> Int? {
        switch dimension {
        case "hour":
            guard value.utf8.count == 2, let hour = Int(value), value == self.hour(hour), hour < 24 else { return nil }
            return hour
        case "day":
            let parts = value.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard value.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1],
                let day = parts[2], year >= 1970, (1...12).contains(month),
                (1...Timestamp.daysIn(month: month, of: year)).contains(day)
            else { return nil }
            let place = Timestamp.days(year: year, month: month, day: day)
            return value == self.day(place) ? place : nil
        default: return nil
        }
    }

    private static func hour(_ hour: Int) -> String {
        hour < 10 ? "0\(hour)" : "\(hour)"
    }

    private static func day(_ days: Int) -> String {
        String(decoding: Timestamp.text(ofSeconds: Int64(days) * 86400).prefix(10), as: UTF8.self)
    }
}
