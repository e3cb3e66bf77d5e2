/// A text as words and punctuation marks, each with its place in the UTF-8. White space is left out.
///
/// A word is letters, digits and marks without anything between them. A label in brackets, such as `[phone]`, is one mark.
struct TextTokens {
    struct Token {
        let range: Range<Int>
        let isWord: Bool
    }

    private(set) var tokens: [Token] = []
    /// The same as text, to be compared.
    private(set) var texts: [Substring.UnicodeScalarView] = []

    /// The words' places.
    var words: [Range<Int>] { tokens.filter { $0.isWord }.map { $0.range } }

    init(_ text: String) {
        let scalars = Substring(text).unicodeScalars
        var index = scalars.startIndex
        var offset = 0
        while index < scalars.endIndex {
            let start = index
            let length = Self.wordLength(scalars, from: &index)
            let isWord = index > start
            if !isWord { index = Self.markEnd(scalars, from: start) }
            let size = isWord ? length : scalars[start..<index].reduce(0) { $0 + UTF8.width($1) }
            if isWord || !scalars[start].properties.isWhitespace {
                tokens.append(Token(range: offset..<(offset + size), isWord: isWord))
                texts.append(scalars[start..<index])
            }
            offset += size
        }
    }

    /// Moves `index` behind the word that begins there; the word's bytes.
    private static func wordLength(
        _ scalars: Substring.UnicodeScalarView, from index: inout Substring.UnicodeScalarView.Index
    ) -> Int {
        var length = 0
        while index < scalars.endIndex, isOfWord(scalars[index]) {
            length += UTF8.width(scalars[index])
            index = scalars.index(after: index)
        }
        return length
    }

    private static func markEnd(
        _ scalars: Substring.UnicodeScalarView, from start: Substring.UnicodeScalarView.Index
    ) -> Substring.UnicodeScalarView.Index {
        let next = scalars.index(after: start)
        guard scalars[start] == "[" else { return next }
        let name = scalars[next...].prefix { ("a"..."z").contains($0) || $0 == "_" }
        let isLabel = !name.isEmpty && name.endIndex < scalars.endIndex && scalars[name.endIndex] == "]"
        return isLabel ? scalars.index(after: name.endIndex) : next
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic { return true }
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark: return true
        default: return false
        }
    }
}
