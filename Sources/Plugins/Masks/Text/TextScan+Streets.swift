/// Parts of an address in the street.
extension TextScan {
    /// One to five digits and what belongs to them: `12`, `221B`, `12 bis`, `4/A`, `214-II`, `12-14`.
    func houseNumberEnd(from start: Int) -> Int? {
        var end = start
        while end - start < 5, text[end].isDigit { end += 1 }
        guard end > start else { return nil }
        if text[end].isLetter { end += 1 }
        guard isBoundary(end) else { return nil }
        if text[end] == 0x2d || text[end] == 0x2f, let suffixEnd = numberSuffixEnd(from: end + 1) { return suffixEnd }
        let blank = text.blankLength(at: end)
        let wordEnd = text.wordEnd(from: end + blank)
        let isBis = blank > 0 && text.isOne(of: ["bis", "ter", "quater"], from: end + blank, to: wordEnd)
        return isBis ? wordEnd : end
    }

    /// A letter, up to three digits, or a Roman number.
    private func numberSuffixEnd(from start: Int) -> Int? {
        let end = text.wordEnd(from: start)
        guard end > start, end - start <= 3 else { return nil }
        for index in start..<end where !text[index].isDigit && text[index] != 0x49 && end - start > 1 { return nil }
        return end
    }

    /// A house number after a comma or a word for "number".
    func houseNumberEnd(after end: Int) -> Int? {
        var index = end
        if text[index] == 0x2c { index += 1 }
        index += text.blankLength(at: index)
        guard index > end else { return nil }
        if text.hasPrefix("nº", at: index) || text.hasPrefix("n°", at: index) {
            index += 3
            index += text.blankLength(at: index)
        } else {
            index = skipWord(of: ["número", "numero", "no", "n"], from: index)
        }
        return houseNumberEnd(from: index)
    }

    func englishStreetEnd(from start: Int) -> Int? {
        var index = start
        for position in 0..<5 {
            let end = nameWordEnd(from: index)
            guard end > index, text.isCapital(at: index) || text[index].isDigit else { return nil }
            if position > 0, text.isOne(of: Vocabulary.streetsAfter, from: index, to: end) {
                return text[end] == 0x2e && text[end + 1] == 0x2c ? end + 1 : end
            }
            let next = text[end] == 0x2e ? end + 1 : end
            let blank = text.blankLength(at: next)
            guard blank > 0 else { return nil }
            index = next + blank
        }
        return nil
    }

    /// Capitalised words with particles between them, of which the first may be a number (`9 de Julio`).
    func properNameEnd(from start: Int) -> Int? {
        var found: Int?
        var index = start
        for position in 0..<8 {
            let end = nameWordEnd(from: index)
            guard end > index else { return found }
            if isCapitalised(from: index) {
                for position in index..<end where text[position].isDigit { return found }
                found = end
            } else if !text.isOne(of: Vocabulary.particles, from: index, to: end) {
                guard position == 0, text[index].isDigit else { return found }
            }
            // A full stop behind more than "St." or "S." ends a sentence.
            guard text[end] != 0x2e || end - index <= 3 else { return found }
            let next = afterDotAndBlank(end)
            guard next > end, text[next - 1] != 0x2e else { return found }
            index = next
        }
        return found
    }

    func afterDotAndBlank(_ end: Int) -> Int {
        let next = text[end] == 0x2e ? end + 1 : end
        return next + text.blankLength(at: next)
    }

    func skipWord(of words: [StaticString], from start: Int) -> Int {
        let end = text.wordEnd(from: start)
        return text.isOne(of: words, from: start, to: end) ? afterDotAndBlank(end) : start
    }
}
