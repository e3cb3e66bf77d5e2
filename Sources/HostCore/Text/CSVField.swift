/// A field of a table in CSV (RFC 4180).
enum CSVField {
    /// The text, in quotes where it needs them.
    ///
    /// A text that a spreadsheet could take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage
    /// return, has an apostrophe before it. Other control characters become U+FFFD, for a terminal's sake.
    static func text(_ text: String) -> String {
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

    /// The shortest digits that are this number, and no fraction where it has none; nothing where there is no number.
    static func number(_ number: Double?) -> String {
        number.map(QualityReport.digits) ?? ""
    }

    /// Whether a byte of a text makes it necessary to look at its characters: separators, quotes, control characters.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0xC2
    }
}
