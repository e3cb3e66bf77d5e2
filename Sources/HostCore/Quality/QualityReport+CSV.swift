internal import Events

extension QualityReport {
    /// The reports as one table (RFC 4180): a line for each number of each row, with `dimension` and `value` "all" for the
    /// numbers of all events. A number that is not there is empty.
    ///
    /// A text that a spreadsheet could take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage
    /// return, has an apostrophe before it. Other control characters become U+FFFD, for a terminal's sake.
    public static func csv(_ reports: [QualityReport]) -> String {
        var output = ByteBuffer()
        output.append("plugin,dimension,value,events,column,number\r\n")
        for report in reports {
            report.append(report.total, "all", "all", to: &output)
            for table in report.tables {
                for row in table.rows { report.append(row, table.dimension, row.value, to: &output) }
            }
        }
        return String(decoding: output.rawBytes, as: UTF8.self)
    }

    private func append(_ row: Row, _ dimension: String, _ value: String, to output: inout ByteBuffer) {
        var start = ByteBuffer()
        for text in [plugin, dimension, value] {
            CSVField.append(text, into: &start)
            start.append(",")
        }
        for byte in "\(row.events),".utf8 { start.append(byte) }
        for (column, number) in zip(columns, row.numbers) {
            output.append(start.rawBytes)
            CSVField.append(column.name, into: &output)
            for byte in ",\(CSVField.number(number))\r\n".utf8 { output.append(byte) }
        }
    }
}
