extension TextScan {
    /// A number and a street: `221B Baker Street`, `12 bis rue de la Paix`, with what follows of the address.
    func numberAddressMatch(at start: Int) -> TextMatch? {
        guard !isGlued(start), let afterNumber = houseNumberEnd(from: start) else { return nil }
        var index = afterNumber
        if text[index] == 0x2c { index += 1 }
        index += text.blankLength(at: index)
        guard index > afterNumber else { return nil }
        if let end = englishStreetEnd(from: index) { return address(start, end) }
        index = skipWord(of: ["bis", "ter", "quater"], from: index)
        let streetWordEnd = text.wordEnd(from: index)
        guard text.isOne(of: Vocabulary.streetsBefore, from: index, to: streetWordEnd) else { return nil }
        return properNameEnd(from: afterDotAndBlank(streetWordEnd)).map { address(start, $0) }
    }

    /// A street and a number: `Lindenstr. 5`, `Berliner Straße 12a`, `Calle Mayor, 3`, `Rua das Flores nº 10`.
    func streetMatch(from start: Int, to end: Int) -> TextMatch? {
        if text.isOne(of: Vocabulary.streetsBefore, from: start, to: end) {
            return properNameEnd(from: afterDotAndBlank(end))
                .flatMap { houseNumberEnd(after: $0) }
                .map { address(start, $0) }
        }
        guard text.isCapital(at: start) else { return nil }
        if text.isOne(of: Vocabulary.streetPrepositions, from: start, to: end) {
            return prepositionalStreetMatch(from: start, to: end)
        }
        let compoundEnd = nameWordEnd(from: start)
        var streetEnd = hasStreetEnding(from: start, to: compoundEnd) ? compoundEnd : nil
        if streetEnd == nil, text[compoundEnd] == 0x20, text.isCapital(at: compoundEnd + 1) {
            let second = text.wordEnd(from: compoundEnd + 1)
            let isStreet = text.isOne(of: Vocabulary.streetEndings, from: compoundEnd + 1, to: second)
            if isStreet, !text.isOne(of: ["auf", "der", "die", "den", "am"], from: start, to: compoundEnd) {
                streetEnd = second
            }
        }
        guard let streetEnd else { return nil }
        let numberStart = afterDotAndBlank(streetEnd)
        guard numberStart > streetEnd else { return nil }
        return houseNumberEnd(from: numberStart).map { address(start, $0) }
    }

    /// `Unter den Linden 77, 10117 Berlin`: only with the postal code, for `Am Montag 5` is something else.
    private func prepositionalStreetMatch(from start: Int, to end: Int) -> TextMatch? {
        guard let name = properNameEnd(from: afterDotAndBlank(end)), let number = houseNumberEnd(after: name) else {
            return nil
        }
        var postal = number
        while postal - number < 3, text[postal] == 0x2c || text[postal].isSpace { postal += 1 }
        guard postal > number, postalEnd(from: postal) != nil else { return nil }
        let match = address(start, number)
        return match.end > number ? match : nil
    }

    /// A postal code known by its form, by a word before it, or by the name of a city.
    func postalMatch(at start: Int) -> TextMatch? {
        guard !isGlued(start), let end = postalEnd(from: start) else { return nil }
        let digits = text.wordEnd(from: start) - start
        let isBrazilian = digits == 5 && end == start + 9
        if start < postalCueEnd || isBrazilian { return TextMatch(start, end, "[address]") }
        let cityStart = end + text.blankLength(at: end)
        guard cityStart > end else { return nil }
        let cityEnd = text.wordEnd(from: cityStart)
        let isPortuguese = digits == 4 && end == start + 8 && text.isCapital(at: cityStart)
        let isCity = text.isCapital(at: cityStart) && text.isOne(of: Vocabulary.cities, from: cityStart, to: cityEnd)
        return isPortuguese || isCity && digits >= 4 ? TextMatch(start, cityEnd, "[address]") : nil
    }

    /// A British postcode, a US state and ZIP code, or a known city with a postal code behind it.
    func postcodeMatch(from start: Int, to end: Int) -> TextMatch? {
        if let codeEnd = britishPostcodeEnd(from: start, to: end) { return TextMatch(start, codeEnd, "[address]") }
        if let zipEnd = stateAndZIPEnd(from: start) { return TextMatch(start, zipEnd, "[address]") }
        guard text.isCapital(at: start), text.isOne(of: Vocabulary.cities, from: start, to: end) else { return nil }
        let comma = text[end] == 0x2c ? end + 1 : end
        let next = comma + text.blankLength(at: comma)
        let nextEnd = text.wordEnd(from: next)
        if let zipEnd = stateAndZIPEnd(from: next) { return TextMatch(start, zipEnd, "[address]") }
        if let postcodeEnd = britishPostcodeEnd(from: next, to: nextEnd) {
            return TextMatch(start, postcodeEnd, "[address]")
        }
        guard nextEnd - next == 5, let zipEnd = postalEnd(from: next) else { return nil }
        return TextMatch(start, zipEnd, "[address]")
    }

    // MARK: Parts of an address

    private func address(_ start: Int, _ end: Int) -> TextMatch {
        TextMatch(start, tailEnd(from: end), "[address]")
    }

    /// One to five digits and at most one letter: `12`, `221B`.
    private func houseNumberEnd(from start: Int) -> Int? {
        var end = start
        while end - start < 5, text[end].isDigit { end += 1 }
        guard end > start else { return nil }
        if text[end].isLetter { end += 1 }
        return isBoundary(end) ? end : nil
    }

    /// A house number after a comma or a word for "number".
    private func houseNumberEnd(after end: Int) -> Int? {
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

    private func englishStreetEnd(from start: Int) -> Int? {
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
    private func properNameEnd(from start: Int) -> Int? {
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
            let next = afterDotAndBlank(end)
            guard next > end, text[next - 1] != 0x2e else { return found }
            index = next
        }
        return found
    }

    private func hasStreetEnding(from start: Int, to end: Int) -> Bool {
        for ending in Vocabulary.streetEndings {
            let split = end - ending.utf8CodeUnitCount
            if split - start >= 3, text.hasPrefix(ending, at: split) { return true }
        }
        return false
    }

    /// Flat, postal code and city behind a street.
    private func tailEnd(from street: Int) -> Int {
        var end = street
        for _ in 0..<3 {
            var index = end
            while index - end < 4, text[index] == 0x2c || text[index].isSpace || text[index] == 0x2d { index += 1 }
            guard index > end, let next = tailPartEnd(from: index, isAfterComma: text[end] == 0x2c) else { return end }
            end = next
        }
        return end
    }

    private func tailPartEnd(from start: Int, isAfterComma: Bool) -> Int? {
        let wordEnd = text.wordEnd(from: start)
        guard wordEnd > start else { return text[start] == 0x23 ? houseNumberEnd(from: start + 1) : nil }
        if text.isOne(of: Vocabulary.units, from: start, to: wordEnd) {
            return houseNumberEnd(from: afterDotAndBlank(wordEnd))
        }
        if text[start].isDigit {
            guard let postal = postalEnd(from: start) else { return nil }
            return properNameEnd(from: postal + text.blankLength(at: postal)) ?? (postal - start >= 5 ? postal : nil)
        }
        if let end = stateAndZIPEnd(from: start) ?? britishPostcodeEnd(from: start, to: wordEnd) { return end }
        guard isAfterComma, text.isCapital(at: start), let city = properNameEnd(from: start) else { return nil }
        let comma = text[city] == 0x2c ? city + 1 : city
        let next = comma + text.blankLength(at: comma)
        return stateAndZIPEnd(from: next) ?? britishPostcodeEnd(from: next, to: text.wordEnd(from: next))
            ?? postalEnd(from: next) ?? city
    }

    /// Four or five digits, or one of the forms 12345-6789, 12345-678 and 1234-567.
    private func postalEnd(from start: Int) -> Int? {
        var end = start
        while end - start < 6, text[end].isDigit { end += 1 }
        guard end - start == 4 || end - start == 5 else { return nil }
        if text[end] == 0x2d {
            var tail = end + 1
            while tail - end < 6, text[tail].isDigit { tail += 1 }
            let length = tail - end - 1
            let isCode = length == 3 || length == 4 && end - start == 5
            if isCode, isBoundary(tail) { return tail }
            return nil
        }
        return isBoundary(end) ? end : nil
    }

    /// `CA 94105`, `NY 10001-1234`.
    private func stateAndZIPEnd(from start: Int) -> Int? {
        guard text[start].isCapitalLetter, text[start + 1].isCapitalLetter, text.wordEnd(from: start) == start + 2,
            text.blankLength(at: start + 2) == 1, let end = postalEnd(from: start + 3), end - start != 7,
            Self.isState(text[start], text[start + 1])
        else { return nil }
        return end
    }

    private static func isState(_ first: UInt8, _ second: UInt8) -> Bool {
        let table = states.utf8Start
        for index in 0..<(states.utf8CodeUnitCount / 2) where table[2 * index] == first {
            if table[2 * index + 1] == second { return true }
        }
        return false
    }

    /// `SW1A 1AA`: one or two letters, a digit, perhaps one more of either; a digit and two letters.
    private func britishPostcodeEnd(from start: Int, to end: Int) -> Int? {
        let letters = text[start + 1].isDigit ? 1 : 2
        let length = end - start
        guard length >= letters + 1, length <= letters + 2, text.blankLength(at: end) == 1 else { return nil }
        for index in 0..<letters where !text[start + index].isCapitalLetter { return nil }
        guard text[start + letters].isDigit, text[end + 1].isDigit else { return nil }
        guard text[end + 2].isCapitalLetter, text[end + 3].isCapitalLetter else { return nil }
        return isBoundary(end + 4) ? end + 4 : nil
    }

    private func afterDotAndBlank(_ end: Int) -> Int {
        let next = text[end] == 0x2e ? end + 1 : end
        return next + text.blankLength(at: next)
    }

    private func skipWord(of words: [StaticString], from start: Int) -> Int {
        let end = text.wordEnd(from: start)
        return text.isOne(of: words, from: start, to: end) ? afterDotAndBlank(end) : start
    }
}

/// The two letters of every US state, one after another.
private let states: StaticString = """
    ALAKAZARCACOCTDEFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWYDC
    """
