/// Text in a terminal's columns: Latin letters take one, Chinese, Japanese and Korean ones and emoji two, marks none.
enum ColumnText {
    /// What is wide and no emoji (Unicode Standard Annex 11: W and F).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFF,
    ]
    /// A family of four with the tones of their skins has eleven.
    private static let longestEmoji = 12

    static func width(of text: String) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    /// The beginning of `text` with an ellipsis where it is wider than `columns`, and all of it where it is not.
    static func cut(_ text: String, to columns: Int) -> String {
        var width = 0
        var end = text.startIndex
        for index in text.indices {
            width += self.width(of: text[index])
            if width > columns { return text[..<end] + "…" }
            if width < columns { end = text.index(after: index) }
        }
        return text
    }

    /// `text` with spaces after it, up to `columns`.
    static func left(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(of: text)))
    }

    /// `text` with spaces before it, up to `columns`.
    static func right(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - width(of: text))) + text
    }

    private static func width(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.count > 1, scalars.count <= longestEmoji, isEmoji(scalars) { return 2 }
        return scalars.reduce(0) { $0 + width(of: $1) }
    }

    /// Whether the scalars are one picture: a flag, or what is put together or made a picture by what follows it.
    private static func isEmoji(_ scalars: Character.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, first.properties.isEmoji else { return false }
        return scalars.dropFirst().contains { scalar in
            scalar == "\u{200D}" || scalar == "\u{FE0F}" || scalar.properties.isEmojiModifier
                || scalar.properties.isEmojiPresentation
        }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        // The vowels and last consonants of a Korean syllable stand upon its first consonant.
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
        let isWide = scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
        return isWide ? 2 : 1
    }
}
