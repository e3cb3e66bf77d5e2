/// A text as words and punctuation marks, each with its place in the UTF-8. White space is left out.
///
/// A word is letters, digits and marks without anything between them.
struct TextTokens {
    struct Token {
        let range: Range<Int>
        let isWord: Bool
    }

    private(set) var tokens: [Token] = []
    /// The same as text, to be compared.
    private(set) var texts: [Substring.UnicodeScalarView] = []

    init(_ text: String) {
        let scalars = Substring(text).unicodeScalars
        var index = scalars.startIndex
        var offset = 0
        while index < scalars.endIndex {
            let start = index
            let length = Self.wordLength(scalars, from: &index)
            let isWord = index > start
            let size = isWord ? length : UTF8.width(scalars[start])
            if !isWord { index = scalars.index(after: start) }
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

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic { return true }
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark: return true
        default: return false
        }
    }
}
