extension TextScan {
    /// The name that the phrase at `start` introduces; notes phrases that introduce numbers.
    mutating func cueMatch(from start: Int) -> TextMatch? {
        for cue in CueIndex.shared.candidates(in: text, at: start) {
            guard let end = cue.end(in: text, at: start) else { continue }
            switch cue.kind {
            case .phone: phoneCueEnd = max(phoneCueEnd, end + 24)
            case .card: cardCueEnd = max(cardCueEnd, end + 24)
            case .residence: residenceCue = end
            case .box: if let match = boxMatch(from: start, after: end) { return match }
            case .postal: postalCueEnd = max(postalCueEnd, end + 4)
            case .possessive: if let match = relativeMatch(after: end) { return match }
            case .statement, .presentation:
                if !isTitle(from: start, to: end), let match = nameMatch(after: end, kind: cue.kind) { return match }
            default: if let match = nameMatch(after: end, kind: cue.kind) { return match }
            }
        }
        return nil
    }

    /// Whether the phrase is written as titles are: This Is Spinal Tap.
    private func isTitle(from start: Int, to end: Int) -> Bool {
        var last = end
        while last > start, text[last - 1] != 0x20 { last -= 1 }
        return last > start && text.isCapital(at: last) && text.isCapital(at: start) && !text.isCapital(at: last + 1)
    }

    private func nameMatch(after end: Int, kind: Cue.Kind) -> TextMatch? {
        if kind == .closing { return signatureMatch(after: end) }
        var index = end
        switch kind {
        case .label:
            guard text[index] == 0x3a else { return nil }
            index += 1
        case .honorific where text[index] == 0x2e: index += 1
        case .statement where text[index] == 0x3a: index += 1
        default: break
        }
        guard let start = skipBlanks(from: index), start > end else { return nil }
        index = skipHonorifics(from: text[start] == 0x22 ? start + 1 : start)
        let looseWords = kind == .statement ? 1 : kind == .label ? 2 : 0
        return nameEnd(from: index, looseWords: looseWords).map { TextMatch(index, $0, "[name]") }
    }

    /// A name behind a word for a relation: "my sister Anna".
    private func relativeMatch(after end: Int) -> TextMatch? {
        guard let start = skipBlanks(from: end), start > end else { return nil }
        let relationEnd = nameWordEnd(from: start)
        guard text.isOne(of: Vocabulary.relations, from: start, to: relationEnd) else { return nil }
        guard let name = skipBlanks(from: relationEnd), name > relationEnd else { return nil }
        return nameEnd(from: name, looseWords: 0).map { TextMatch(name, $0, "[name]") }
    }

    /// A name on the line after a closing phrase, or after its comma.
    private func signatureMatch(after end: Int) -> TextMatch? {
        var index = end
        var hasComma = false
        while index - end < 3, text[index] == 0x2c || text[index] == 0x21 || text[index] == 0x2e {
            hasComma = hasComma || text[index] == 0x2c
            index += 1
        }
        let gap = index
        var lines = 0
        while index - gap < 8, text[index].isSpace {
            if text[index] == 0x0a { lines += 1 }
            index += 1
        }
        guard index > gap, lines > 0 || hasComma else { return nil }
        let start = skipHonorifics(from: index)
        guard let nameEnd = nameEnd(from: start, looseWords: lines > 0 ? 2 : 0) else { return nil }
        let isLineEnd = nameEnd == text.count || text[nameEnd] == 0x0a || text[nameEnd] == 0x0d
        return isLineEnd || text.isCapital(at: start) ? TextMatch(start, nameEnd, "[name]") : nil
    }

    func skipBlanks(from start: Int) -> Int? {
        var index = start
        for _ in 0..<8 {
            let length = text.blankLength(at: index)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    func skipHonorifics(from start: Int) -> Int {
        var index = start
        for _ in 0..<3 {
            let end = text.wordEnd(from: index)
            guard end > index, isHonorific(from: index, to: end) else { return index }
            let next = text[end] == 0x2e ? end + 1 : end
            guard text.blankLength(at: next) > 0 else { return index }
            index = next + text.blankLength(at: next)
        }
        return index
    }

    private func isHonorific(from start: Int, to end: Int) -> Bool {
        for cue in CueIndex.shared.candidates(in: text, at: start) where cue.kind == .honorific {
            if text.matches(cue.phrase, from: start, to: end) { return true }
        }
        return false
    }

    /// The end of up to four capitalised words with small particles (von, de la) between them.
    ///
    /// The first `looseWords` words may be in small letters.
    func nameEnd(from start: Int, looseWords: Int) -> Int? {
        var found: Int?
        var index = start
        var words = 0
        for position in 0..<7 where words < 4 {
            let end = nameWordEnd(from: index)
            guard end > index, isBoundary(end), !text[index].isDigit else { return found }
            let isInitial = text.wordLength(at: index) == end - index && text[end] == 0x2e && text.isCapital(at: index)
            if isInitial {
                found = end + 1
                words += 1
            } else if isCapitalised(from: index) || position < looseWords {
                if text.isOne(of: Vocabulary.notNames, from: index, to: end) {
                    guard text.isCapital(at: index), text.isOne(of: Vocabulary.articles, from: index, to: end) else {
                        return found
                    }
                } else {
                    found = endWithoutPossessive(from: index, to: end)
                    words += 1
                }
            } else if !text.isOne(of: Vocabulary.particles, from: index, to: end) {
                return found
            }
            let next = found == end + 1 ? end + 1 : end
            let blank = text.blankLength(at: next)
            guard blank > 0 else { return found }
            index = next + blank
        }
        return found
    }

    /// The `'s` of "Anna's" is no part of the name.
    private func endWithoutPossessive(from start: Int, to end: Int) -> Int {
        guard text[end - 1] | 0x20 == 0x73 else { return end }
        for length in [1, 3] where end - 1 - length > start {
            if text.apostropheLength(at: end - 1 - length) == length { return end - 1 - length }
        }
        return end
    }

    /// A word with up to four hyphens or apostrophes inside: Anne-Marie, O'Brien.
    func nameWordEnd(from start: Int) -> Int {
        var end = text.wordEnd(from: start)
        guard end > start else { return start }
        for _ in 0..<4 {
            let joint = max(text.apostropheLength(at: end), text[end] == 0x2d ? 1 : 0)
            let next = text.wordEnd(from: end + joint)
            guard joint > 0, next > end + joint else { return end }
            end = next
        }
        return end
    }

    /// A capital at the start, or after an elision as in d'Artagnan.
    func isCapitalised(from start: Int) -> Bool {
        if text.isCapital(at: start) { return true }
        let apostrophe = text.apostropheLength(at: start + 1)
        return apostrophe > 0 && text[start].isLetter && text.isCapital(at: start + 1 + apostrophe)
    }
}
