/// Lines of columns in a terminal: the first column from the left, all others from the right.
enum TextTable {
    /// Each of the lines has as many columns.
    static func text(of lines: [[String]]) -> String {
        guard let first = lines.first else { return "" }
        let widths = first.indices.map { column in lines.map { ColumnText.width(of: $0[column]) }.max() ?? 0 }
        return lines.map { line in
            line.indices.map { column in
                column == 0 ? ColumnText.left(line[0], widths[0]) : ColumnText.right(line[column], widths[column])
            }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
