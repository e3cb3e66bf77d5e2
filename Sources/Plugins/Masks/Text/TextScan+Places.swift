/// Parts of an address behind the street.
extension TextScan {
    func address(_ start: Int, _ end: Int) -> TextMatch {
        TextMatch(start, tailEnd(from: end), "[address]")
    }

    /// Flats and a place behind a street.
    private func tailEnd(from street: Int) -> Int {
        var end = street
        var hasPlace = false
        for _ in 0..<4 {
            var index = end
            while index - end < 4, text[index] == 0x2c || text[index].isSpace || text[index] == 0x2d { index += 1 }
            guard index > end else { return end }
            if let unit = unitEnd(from: index) {
                end = unit
            } else if !hasPlace, let place = placeEnd(from: index, isAfterComma: text[end] == 0x2c) {
                end = place
                hasPlace = true
            } else {
                return end
            }
        }
        return end
    }

    /// A flat or a floor: `Apt 12`, `#4`, `bâtiment C`, `3º B`, `2º izq.`
    private func unitEnd(from start: Int) -> Int? {
        if text[start] == 0x23 { return houseNumberEnd(from: start + 1) }
        let wordEnd = text.wordEnd(from: start)
        if text.isOne(of: Vocabulary.units, from: start, to: wordEnd) {
            let value = afterDotAndBlank(wordEnd)
            return houseNumberEnd(from: value) ?? letterEnd(from: value)
        }
        var end = start
        while end - start < 2, text[end].isDigit { end += 1 }
        // º and ª
        guard end > start, text[end] == 0xc2, text[end + 1] == 0xba || text[end + 1] == 0xaa else { return nil }
        end += 2
        let door = end + text.blankLength(at: end)
        let doorEnd = text.wordEnd(from: door)
        if text.isOne(of: ["izq", "izda", "dcha", "der", "centro"], from: door, to: doorEnd) {
            return text[doorEnd] == 0x2e ? doorEnd + 1 : doorEnd
        }
        return letterEnd(from: door) ?? end
    }

    private func letterEnd(from start: Int) -> Int? {
        text[start].isCapitalLetter && isBoundary(start + 1) ? start + 1 : nil
    }

    /// A postal code and a city, in the order of the country, or after a comma a city alone.
    private func placeEnd(from start: Int, isAfterComma: Bool) -> Int? {
        if let code = placeCodeEnd(from: start) {
            let city = properNameEnd(from: code + text.blankLength(at: code))
            return city.map { provinceEnd(behind: $0) } ?? (code - start >= 5 ? code : nil)
        }
        if let end = stateAndZIPEnd(from: start) ?? britishPostcodeEnd(from: start, to: text.wordEnd(from: start)) {
            return end
        }
        guard isAfterComma, text.isCapital(at: start), !isCue(at: start), let city = properNameEnd(from: start) else {
            return nil
        }
        let comma = text[city] == 0x2c ? city + 1 : city
        let next = comma + text.blankLength(at: comma)
        return stateAndZIPEnd(from: next) ?? britishPostcodeEnd(from: next, to: text.wordEnd(from: next))
            ?? postalEnd(from: next) ?? codeEndBehindName(from: next) ?? city
    }

    /// `Colorado 80302`, `Cornwall TR13 0LL`.
    private func codeEndBehindName(from start: Int) -> Int? {
        guard text.isCapital(at: start), let name = properNameEnd(from: start) else { return nil }
        let next = name + text.blankLength(at: name)
        return postalEnd(from: next) ?? britishPostcodeEnd(from: next, to: text.wordEnd(from: next))
    }

    /// Whether a phrase begins at `index` that says what follows: no city is called "Phone".
    func isCue(at index: Int) -> Bool {
        CueIndex.shared.candidates(in: text, at: index).contains { $0.end(in: text, at: index) != nil }
    }

    /// An Italian province behind its city: `(VR)`.
    private func provinceEnd(behind city: Int) -> Int {
        let open = city + text.blankLength(at: city)
        guard text[open] == 0x28, text[open + 1].isCapitalLetter, text[open + 2].isCapitalLetter, text[open + 3] == 0x29
        else { return city }
        return open + 4
    }

    /// A postal code as it stands in an address: with a country before it (`A-8010`), or Dutch (`1017 GC`).
    func placeCodeEnd(from start: Int) -> Int? {
        var index = start
        while index - start < 2, text[index].isCapitalLetter { index += 1 }
        if index > start {
            guard text[index] == 0x2d else { return nil }
            return postalEnd(from: index + 1)
        }
        return dutchPostcodeEnd(from: start) ?? spacedCodeEnd(from: start) ?? postalEnd(from: start)
    }

    /// `113 55` as in Sweden, Czechia, Slovakia and Greece.
    private func spacedCodeEnd(from start: Int) -> Int? {
        for index in start..<(start + 3) where !text[index].isDigit { return nil }
        let tail = start + 3 + text.blankLength(at: start + 3)
        guard tail > start + 3, text[tail].isDigit, text[tail + 1].isDigit, isBoundary(tail + 2) else { return nil }
        return tail + 2
    }

    private func dutchPostcodeEnd(from start: Int) -> Int? {
        for index in start..<(start + 4) where !text[index].isDigit { return nil }
        let letters = start + 4 + text.blankLength(at: start + 4)
        guard text[start] != 0x30, text[letters].isCapitalLetter, text[letters + 1].isCapitalLetter else { return nil }
        return isBoundary(letters + 2) ? letters + 2 : nil
    }

    /// Four or five digits, or one of the forms 12345-6789, 12345-678 and 1234-567.
    func postalEnd(from start: Int) -> Int? {
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
    func stateAndZIPEnd(from start: Int) -> Int? {
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
    func britishPostcodeEnd(from start: Int, to end: Int) -> Int? {
        let letters = text[start + 1].isDigit ? 1 : 2
        let length = end - start
        guard length >= letters + 1, length <= letters + 2, text.blankLength(at: end) == 1 else { return nil }
        for index in 0..<letters where !text[start + index].isCapitalLetter { return nil }
        guard text[start + letters].isDigit, text[end + 1].isDigit else { return nil }
        guard text[end + 2].isCapitalLetter, text[end + 3].isCapitalLetter else { return nil }
        return isBoundary(end + 4) ? end + 4 : nil
    }
}

/// The two letters of every US state, one after another.
private let states: StaticString = """
    ALAKAZARCACOCTDEFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWYDC
    """
