extension QualityReport {
    /// The reports as one table (RFC 4180): a line for each number of each row, with `dimension` and `value` "all" for the
    /// numbers of all events. A number that is not there is empty.
    ///
    /// A text that a spreadsheet could take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage
    /// return, has an apostrophe before it. Other control characters become U+FFFD, for a terminal's sake.
    public static func csv(_ reports: [QualityReport]) -> String {
        var output = "plugin,dimension,value,events,column,number\r\n"
        for report in reports {
            report.append(report.total, "all", "all", to: &output)
            for table in report.tables {
                for row in table.rows { report.append(row, table.dimension, row.value, to: &output) }
            }
        }
        return output
    }

    private func append(_ row: Row, _ dimension: String, _ value: String, to output: inout String) {
        let start = "\(Self.field(plugin)),\(Self.field(dimension)),\(Self.field(value)),\(row.events),"
        for (column, number) in zip(columns, row.numbers) {
            output += "\(start)\(Self.field(column.name)),\(number.map(Self.digits) ?? "")\r\n"
        }
    }

    private static func field(_ text: String) -> String {
        let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        if !isFormula, !text.utf8.contains(where: isSpecial) { return text }
        var output = String.UnicodeScalarView()
        var isQuoted = false
        if isFormula { output.append("'") }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"":
                isQuoted = true
                output.append("\"")
                output.append("\"")
            case ",", "\n", "\r":
                isQuoted = true
                output.append(scalar)
            case _ where scalar != "\t" && scalar.properties.generalCategory == .control: output.append("\u{FFFD}")
            default: output.append(scalar)
            }
        }
        return isQuoted ? "\"\(String(output))\"" : String(output)
    }

    /// Whether a byte of a text makes it necessary to look at its characters: separators, quotes, control characters.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0xC2
    }
}
