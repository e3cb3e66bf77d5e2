/// Names that were found behind a phrase, and stand elsewhere without one.
extension TextScan {
    private static let mostNames = 16

    /// Remembers the words of a name that begin with a capital; short ones are too often something else.
    mutating func noteName(_ match: TextMatch) {
        var index = match.start
        while index < match.end, names.count < Self.mostNames {
            let end = nameWordEnd(from: index)
            if end - index >= 3, text.isCapital(at: index), notedName(from: index, to: end) == nil {
                names.append(index..<end)
            }
            index = max(end, index + 1)
        }
    }

    /// The remembered words that begin at `start`.
    func notedNameMatch(at start: Int) -> TextMatch? {
        guard !names.isEmpty, text.isCapital(at: start) else { return nil }
        var found: Int?
        var index = start
        while let end = notedName(at: index) {
            found = end
            let blank = text.blankLength(at: end)
            guard blank > 0 else { break }
            index = end + blank
        }
        return found.map { TextMatch(start, $0, "[name]") }
    }

    private func notedName(at start: Int) -> Int? {
        let end = nameWordEnd(from: start)
        guard end > start, isBoundary(end) else { return nil }
        if notedName(from: start, to: end) != nil { return end }
        // Without what an apostrophe or a hyphen has put behind it: Anna's.
        let first = text.wordEnd(from: start)
        return first < end && notedName(from: start, to: first) != nil ? first : nil
    }

    private func notedName(from start: Int, to end: Int) -> Range<Int>? {
        names.first { name in
            guard name.count == end - start else { return false }
            for offset in 0..<name.count where text[name.lowerBound + offset] != text[start + offset] { return false }
            return true
        }
    }
}
