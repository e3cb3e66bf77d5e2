internal import Foundation
internal import Privacy

extension StatisticsTable {
    private static let widestValue = 40

    /// The table as lines for a terminal.
    public var lines: [String] {
        let cost = query.plan.cost
        let number = release.map { "release \($0)" } ?? "nothing is released"
        var lines = [
            "\(query.title), epsilon \(cost.epsilon), delta \(cost.delta), \(query.request.mechanism) (\(number))"
        ]
        lines += bounds.map { "  " + $0 }
        if let refusal { lines.append("  " + refusal) }
        return rows.isEmpty ? lines : lines + [""] + tableLines
    }

    /// What is cut off, how much noise there is, and what is not shown.
    private var bounds: [String] {
        var lines: [String] = []
        let groups = query.plan.groupsPerViewer
        if !query.dimensions.isEmpty { lines.append("a viewer counts in \(groups.counted("group")) at the most") }
        if let most = query.request.mostPerViewer, numberColumn != nil {
            lines.append("and for \(most) in each of them at the most")
        }
        if let noise = query.plan.viewersNoise {
            lines.append("noise of viewers: \(Self.noise(noise.standardDeviation, Double(noise.halfWidth95)))")
        }
        if let deviation = query.plan.totalDeviation, let numberColumn {
            if case .mean = query.request.measure {
                lines.append("noise of each mean's sum: standard deviation \(Self.shown(deviation))")
            } else {
                let width = query.plan.halfWidth(of: 0, viewers: nil) ?? 0
                lines.append("noise of \(numberColumn): \(Self.noise(deviation, width))")
            }
        }
        if let threshold = query.plan.threshold {
            lines.append("groups with fewer than \(threshold.counted("viewer")), noise included, are not shown")
        }
        if release == nil { lines.append("every viewer would be charged rho \(query.plan.cost.rho), by zcdp") }
        return lines
    }

    private static func noise(_ deviation: Double, _ width: Double) -> String {
        "standard deviation \(shown(deviation)), ±\(shown(width)) in 95 of 100 cases"
    }

    private var tableLines: [String] {
        let viewersWidth = query.plan.viewersNoise.map { Double($0.halfWidth95) }
        var head = query.dimensions.map(\.name)
        if viewersWidth != nil { head.append("viewers") }
        if let numberColumn { head.append(numberColumn) }
        let cells = rows.map { row in
            var cells = row.values.map {
                ColumnText.cut($0.shown(atMost: Self.widestValue), to: Self.widestValue)
            }
            if let viewers = row.viewers { cells.append(Self.shown(Double(viewers), viewersWidth)) }
            if let number = row.number { cells.append(Self.shown(number, row.halfWidth)) }
            return cells
        }
        let widths = head.indices.map { column in ([head] + cells).map { ColumnText.width(of: $0[column]) }.max() ?? 0 }
        return ([head] + cells).map { cells in
            let columns = cells.indices.map { place in
                place < query.dimensions.count
                    ? ColumnText.left(cells[place], widths[place]) : ColumnText.right(cells[place], widths[place])
            }
            return "  " + columns.joined(separator: "  ")
        }
    }

    private static func shown(_ number: Double, _ width: Double?) -> String {
        shown(number) + (width.map { " ±\(shown($0))" } ?? "")
    }

    /// Three digits, or all of a whole number.
    private static func shown(_ number: Double) -> String {
        if let whole = Int(exactly: number) { return whole.grouped }
        if abs(number) >= 100 { return Int(number.rounded()).grouped }
        return String(format: abs(number) >= 10 ? "%.1f" : "%.3f", number)
    }
}
