extension QualityReport {
    /// The reports as one table (RFC 4180): a line for each number of each row, with `dimension` and `value` "all" for the
    /// numbers of all events. A number that is not there is empty.
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
        let start = "\(CSVField.text(plugin)),\(CSVField.text(dimension)),\(CSVField.text(value)),\(row.events),"
        for (column, number) in zip(columns, row.numbers) {
            output += "\(start)\(CSVField.text(column.name)),\(CSVField.number(number))\r\n"
        }
    }
}
