internal import Privacy

extension StatisticsTable {
    /// The table in CSV (RFC 4180): a column for each dimension, one for viewers and one for the measure's number, each with the
    /// half-width of the noise in 95 of 100 cases.
    public var csv: String {
        let viewersWidth = query.plan.viewersNoise.map { Double($0.halfWidth95) }
        var head = query.dimensions.map(\.name)
        if viewersWidth != nil { head += ["viewers", "viewers_half_width_95"] }
        if let numberColumn { head += [numberColumn, "\(numberColumn)_half_width_95"] }
        var output = Self.line(head)
        for row in rows {
            var fields = row.values.map(CSVField.text)
            if let viewers = row.viewers { fields += ["\(viewers)", CSVField.number(viewersWidth)] }
            if let number = row.number { fields += [CSVField.number(number), CSVField.number(row.halfWidth)] }
            output += Self.line(fields)
        }
        return output
    }

    private static func line(_ fields: [String]) -> String {
        fields.joined(separator: ",") + "\r\n"
    }
}
