/// In which order dates such as `3/4/19` have their parts.
public enum DateOrder: String, CaseIterable, Sendable {
    case dayMonthYear = "dmy"
    case monthDayYear = "mdy"
    case yearMonthDay = "ymd"
}

/// A date as a file has it: three numbers, in whatever order.
struct LooseDate {
    let parts: InlineArray<3, Int>
    let hasYearFirst: Bool
    let isDotted: Bool

    /// `3/14/19`, `14.03.2019`, `2019-03-14`, `2019. 3. 14.`; nil for anything else.
    init?(_ cell: Cell) {
        let runs = cell.split { $0 &- UInt8(ascii: "0") > 9 }
        let isDate = cell.allSatisfy { byte in
            byte &- UInt8(ascii: "0") <= 9
                || [0x20, UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
        }
        guard isDate, runs.count == 3, let a = runs[0].wholeNumber, let b = runs[1].wholeNumber,
            let c = runs[2].wholeNumber, runs.allSatisfy({ $0.count <= 4 })
        else { return nil }
        parts = [a, b, c]
        hasYearFirst = runs[0].count == 4
        isDotted = cell.contains(UInt8(ascii: "."))
    }

    /// `YYYY-MM-DD`; nil where the order makes no day of it. Two digits of a year are of this century: Netflix streams
    /// since 2007.
    func text(_ order: DateOrder) -> [UInt8]? {
        let (year, month, day) =
            switch order {
            case .dayMonthYear: (parts[2], parts[1], parts[0])
            case .monthDayYear: (parts[2], parts[0], parts[1])
            case .yearMonthDay: (parts[0], parts[1], parts[2])
            }
        let full = year < 100 ? 2000 + year : year
        guard (1000...9999).contains(full), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let text = "\(full)" + (month < 10 ? "-0" : "-") + "\(month)" + (day < 10 ? "-0" : "-") + "\(day)"
        return Array(text.utf8)[...].timestamp.map { Array($0[..<10]) }
    }
}

/// Finds the order of the dates in a Netflix history, from all of its rows.
public struct DateOrderScan: Sendable {
    private var reader = TableReader(.csv)
    private var row = TableRow()
    private var candidates = DateOrder.allCases.map { (order: $0, isPossible: true, isSorted: true, last: [UInt8]()) }
    private var dates = 0
    private var hasYearFirst = false
    private var isDotted = false
    private var columns: HistoryColumns?

    public init() {}

    /// Looks at the whole rows of `bytes`; how many of the bytes are done with.
    public mutating func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
        var position = 0
        // What cannot be read is reported when the file is read for its events.
        while (try? reader.next(in: bytes, at: &position, isLast: isLast, into: &row)) == true {
            let columns = self.columns ?? HistoryColumns(row)
            self.columns = columns
            if row.count > columns.date, let date = LooseDate(row[columns.date].trimmed) { note(date) }
        }
        return isLast ? bytes.count : position
    }

    /// The order; nil where more than one fits, or none.
    public var order: DateOrder? {
        if dates == 0 { return .yearMonthDay }
        if hasYearFirst { return .yearMonthDay }
        let possible = candidates.filter { $0.isPossible && $0.order != .yearMonthDay }
        if possible.count == 1 { return possible[0].order }
        if isDotted, possible.contains(where: { $0.order == .dayMonthYear }) { return .dayMonthYear }
        // Netflix writes the latest first: an order in which the days jump about is none.
        let sorted = possible.filter { $0.isSorted }
        return sorted.count == 1 ? sorted[0].order : nil
    }

    private mutating func note(_ date: LooseDate) {
        dates += 1
        if date.hasYearFirst { hasYearFirst = true }
        if date.isDotted { isDotted = true }
        for index in candidates.indices {
            guard let text = date.text(candidates[index].order) else {
                candidates[index].isPossible = false
                continue
            }
            let last = candidates[index].last
            if !last.isEmpty, last.lexicographicallyPrecedes(text) { candidates[index].isSorted = false }
            candidates[index].last = text
        }
    }
}
