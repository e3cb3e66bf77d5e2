internal import Events

/// Why a row gave no event.
struct RowError: Error {
    /// The column's name or number; empty where it is about the whole row.
    let column: String
    let expected: StaticText

    init(_ column: String, _ expected: StaticString) {
        self.column = column
        self.expected = StaticText(expected)
    }

    /// `column 'Duration' must be a duration such as 00:21:37`
    var message: String {
        (column.isEmpty ? "the row" : "column \(column)") + " must be \(expected.text)"
    }
}
