internal import Events

/// Fields of comma-separated values (RFC 4180).
///
/// A text that a spreadsheet could take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return, has an apostrophe before it. Other control characters become U+FFFD, for a terminal's sake.
enum CSVField {
    /// Appends a text, in quotes where that is needed.
    static func append(_ text: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
        guard let first = text.first else { return }
        let isFormula = Self.isFormulaBeginning(first)
        if isFormula { output.append(UInt8(ascii: "'")) }
        if !text.contains(where: isSpecial) { return output.append(text) }
        let isQuoted = text.contains { $0 == quote || $0 == UInt8(ascii: ",") || $0 == feed || $0 == carriageReturn }
        // The apostrophe stands within the quotes.
        if isQuoted, isFormula { output.removeLast(1) }
        if isQuoted { output.append(quote) }
        if isQuoted, isFormula { output.append(UInt8(ascii: "'")) }
        var place = 0
        while place < text.count {
            let byte = text[place]
            let next = place + 1 < text.count ? text[place + 1] : 0
            switch byte {
            case quote: output.append("\"\"")
            case feed, carriageReturn, UInt8(ascii: "\t"): output.append(byte)
            case 0..<0x20, 0x7F: output.append("\u{FFFD}")
            // U+0080 to U+009F, which are control characters too.
            case 0xC2 where (0x80...0x9F).contains(next):
                output.append("\u{FFFD}")
                place += 1
            default: output.append(byte)
            }
            place += 1
        }
        if isQuoted { output.append(quote) }
    }

    static func append(_ text: String, into output: inout ByteBuffer) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), into: &output) }
    }

    /// A text as a field of its own.
    static func text(_ text: String) -> String {
        var output = ByteBuffer()
        append(text, into: &output)
        return String(decoding: output.rawBytes, as: UTF8.self)
    }

    /// The shortest digits that are this number, and no fraction where it has none; nothing where there is no number.
    static func number(_ number: Double?) -> String {
        number.map(QualityReport.digits) ?? ""
    }

    private static let quote = UInt8(ascii: "\"")
    private static let feed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func isFormulaBeginning(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, carriageReturn: true
        default: false
        }
    }

    /// Whether a byte of a text makes it necessary to look at its characters: separators, quotes, control characters.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == quote || byte == UInt8(ascii: ",") || byte == 0xC2
    }
}
