extension String {
    private static let mostMarks = 8

    /// The text as it can be shown to people, whoever wrote it: on one line and of at most `limit` scalars, the rest of
    /// which an ellipsis stands for. Control characters and line ends become U+FFFD; characters that turn the direction
    /// of what follows, or that cannot be seen, are left out, and so is what is past the eighth mark on a letter.
    func shown(atMost limit: Int) -> String {
        var output = UnicodeScalarView()
        var count = 0
        var marks = 0
        for scalar in unicodeScalars {
            var shown = scalar
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: shown = "\u{FFFD}"
            case .format where !Self.joins(scalar): continue
            case .nonspacingMark, .enclosingMark:
                marks += 1
                if marks > Self.mostMarks { continue }
            default: marks = 0
            }
            if count == limit {
                output.append("…")
                break
            }
            output.append(shown)
            count += 1
        }
        return String(output)
    }

    /// Whether emoji, flags or letters are put together by `scalar`: the joiners and the tags.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200C}" || scalar == "\u{200D}" || (0xE0020...0xE007F).contains(scalar.value)
    }
}
