extension TextScan {
    /// The e-mail address that starts at `start` with its marks spelled out: `anna (at) example dot org`.
    ///
    /// "at" is a word as well: without brackets around it, a dot must be spelled out too, or stand in the local part.
    func spelledEmailMatch(at start: Int) -> TextMatch? {
        var local = atom(from: start)
        var hasSpelledDot = false
        for _ in 0..<4 {
            guard local.end > start, isMarkAhead(local.end) else { return nil }
            if let at = mark(of: Vocabulary.atSigns, from: local.end) {
                guard let domain = spelledDomain(from: at.end) else { return nil }
                let isPlain = text.matches("at", from: at.wordStart, to: at.wordStart + 2)
                let isSure = at.isBracketed || !isPlain || hasSpelledDot || domain.hasSpelledDot || local.hasDot
                return isSure ? TextMatch(start, domain.end, "[email]") : nil
            }
            guard let dot = mark(of: Vocabulary.dots, from: local.end) else { return nil }
            hasSpelledDot = true
            local = atom(from: dot.end)
        }
        return nil
    }

    private struct Atom {
        let end: Int
        let hasDot: Bool
    }

    /// Letters, digits and the marks that addresses have between them.
    private func atom(from start: Int) -> Atom {
        var index = start
        var end = start
        var hasDot = false
        while index - start < 64 {
            let length = text.wordLength(at: index)
            if length > 0 {
                index += length
                hasDot = hasDot || end > start && end < index - length
                end = index
            } else if isAtomMark(text[index]), index > start {
                index += 1
            } else {
                break
            }
        }
        return Atom(end: end, hasDot: hasDot)
    }

    private func isAtomMark(_ byte: UInt8) -> Bool {
        byte == 0x2e || byte == 0x5f || byte == 0x2b || byte == 0x2d
    }

    /// Whether a blank or an opening bracket stands at `index`: a quick look, for nearly all words end here.
    @inline(__always)
    private func isMarkAhead(_ index: Int) -> Bool {
        isOpening(text[index]) || text.blankLength(at: index) > 0
    }

    private func isOpening(_ byte: UInt8) -> Bool {
        byte == 0x28 || byte == 0x5b || byte == 0x7b || byte == 0x3c
    }

    private func isClosing(_ byte: UInt8) -> Bool {
        byte == 0x29 || byte == 0x5d || byte == 0x7d || byte == 0x3e
    }

    /// One of `words` in brackets, or between blanks.
    private func mark(of words: [StaticString], from start: Int) -> (wordStart: Int, end: Int, isBracketed: Bool)? {
        var index = afterBlanks(start)
        let isBracketed = isOpening(text[index])
        if isBracketed { index = afterBlanks(index + 1) }
        let wordStart = index
        let wordEnd = max(text.wordEnd(from: index), index + (isBracketed && text[index] == 0x40 ? 1 : 0))
        guard text.isOne(of: words, from: wordStart, to: wordEnd) else { return nil }
        index = afterBlanks(wordEnd)
        if isBracketed {
            guard isClosing(text[index]) else { return nil }
            return (wordStart, afterBlanks(index + 1), true)
        }
        return wordStart > start && index > wordEnd ? (wordStart, index, false) : nil
    }

    private func afterBlanks(_ start: Int) -> Int {
        var index = start
        for _ in 0..<2 { index += text.blankLength(at: index) }
        return index
    }

    /// A domain name with at least one dot, spelled out or not, whose last label is not a number.
    private func spelledDomain(from start: Int) -> (end: Int, hasSpelledDot: Bool)? {
        var part = atom(from: start)
        var partStart = start
        var spelledDots = 0
        while part.end > partStart, spelledDots < 4, let dot = mark(of: Vocabulary.dots, from: part.end) {
            let next = atom(from: dot.end)
            guard next.end > dot.end else { break }
            spelledDots += 1
            (part, partStart) = (next, dot.end)
        }
        guard part.end - partStart >= 2, spelledDots > 0 || part.hasDot, !text[part.end - 1].isDigit,
            labelEnd(at: part.end + 1) == nil
        else { return nil }
        return (part.end, spelledDots > 0)
    }
}
