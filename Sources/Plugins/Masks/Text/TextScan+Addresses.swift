extension TextScan {
    /// A number and a street: `221B Baker Street`, `12 bis rue de la Paix`, with what follows of the address.
    func numberAddressMatch(at start: Int) -> TextMatch? {
        for title in Vocabulary.titles where text.hasPrefix(title, at: start) { return nil }
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
        let isCalle = end == start + 1 && text[start] | 0x20 == 0x63 && text[end] == 0x2f
        if isCalle || text.isOne(of: Vocabulary.streetsBefore, from: start, to: end) {
            return properNameEnd(from: afterDotAndBlank(isCalle ? end + 1 : end))
                .flatMap { houseNumberEnd(after: $0) }
                .map { address(start, $0) }
        }
        guard text.isCapital(at: start) else { return nil }
        if text.isOne(of: Vocabulary.streetPrepositions, from: start, to: end) {
            return prepositionalStreetMatch(from: start, to: end)
        }
        guard let streetEnd = namedStreetEnd(from: start) else { return nil }
        let numberStart = afterDotAndBlank(streetEnd)
        guard numberStart > streetEnd else { return nil }
        return houseNumberEnd(from: numberStart).map { address(start, $0) }
    }

    /// A word that ends as streets do, perhaps behind an adjective, or two words: Berliner Straße.
    private func namedStreetEnd(from start: Int) -> Int? {
        let first = nameWordEnd(from: start)
        if hasStreetEnding(from: start, to: first) { return first }
        guard text[first] == 0x20, text.isCapital(at: first + 1) else { return nil }
        let second = nameWordEnd(from: first + 1)
        if text.isOne(of: Vocabulary.streetEndings, from: first + 1, to: second) {
            return text.isOne(of: ["auf", "der", "die", "den", "am"], from: start, to: first) ? nil : second
        }
        let isAdjective = text.isOne(of: Vocabulary.streetAdjectives, from: start, to: first)
        return isAdjective && hasStreetEnding(from: first + 1, to: second) ? second : nil
    }

    private func hasStreetEnding(from start: Int, to end: Int) -> Bool {
        for ending in Vocabulary.streetEndings {
            let split = end - ending.utf8CodeUnitCount
            if split - start >= 3, text.hasPrefix(ending, at: split) { return true }
        }
        return false
    }

    /// `Unter den Linden 77, 10117 Berlin`: only with the postal code or as a line of its own, for `Am Montag 5` is
    /// something else.
    private func prepositionalStreetMatch(from start: Int, to end: Int) -> TextMatch? {
        guard let name = properNameEnd(from: afterDotAndBlank(end)), let number = houseNumberEnd(after: name) else {
            return nil
        }
        let startsLine = start > 0 && text[start - 1] == 0x0a
        if startsLine, number == text.count || text[number] == 0x0a || text[number] == 0x0d {
            return address(start, number)
        }
        var postal = number
        while postal - number < 3, text[postal] == 0x2c || text[postal].isSpace { postal += 1 }
        guard postal > number, placeCodeEnd(from: postal) != nil else { return nil }
        let match = address(start, number)
        return match.end > number ? match : nil
    }

    /// Behind a phrase such as "I live at": a name and a number in either order, with what follows of the address.
    func residenceMatch(at start: Int) -> TextMatch? {
        guard let residenceCue, start < residenceCue + 28, !isGlued(start) else { return nil }
        if text[start].isDigit {
            guard start < residenceCue + 4, let number = houseNumberEnd(from: start), text.blankLength(at: number) > 0,
                let name = properNameEnd(from: number + text.blankLength(at: number)), !isDuration(behind: number)
            else { return nil }
            return endOfSense(address(start, endOfNumber(after: name)))
        }
        guard text.isCapital(at: start), !isCue(at: start), let name = properNameEnd(from: start),
            let number = houseNumberEnd(after: name)
        else { return nil }
        return endOfSense(address(start, number))
    }

    private func isDuration(behind number: Int) -> Bool {
        let start = number + text.blankLength(at: number)
        return text.isOne(of: Vocabulary.durations, from: start, to: text.wordEnd(from: start))
    }

    private func endOfNumber(after name: Int) -> Int {
        houseNumberEnd(after: name) ?? name
    }

    /// Not where a word in small letters or a number follows: "in Berlin 3 years".
    private func endOfSense(_ match: TextMatch) -> TextMatch? {
        // The number of an IP address or a version goes on.
        if text[match.end] == 0x2e || text[match.end] == 0x3a, text[match.end + 1].isAlphanumeric { return nil }
        let next = match.end + text.blankLength(at: match.end)
        guard next > match.end, !text.isOne(of: Vocabulary.conjunctions, from: next, to: text.wordEnd(from: next))
        else {
            return match
        }
        return text.wordLength(at: next) > 0 || labelEnd(at: next) != nil ? nil : match
    }

    /// A box at a post office, with the place behind it.
    func boxMatch(from start: Int, after end: Int) -> TextMatch? {
        let number = afterDotAndBlank(end)
        guard number > end else { return nil }
        return houseNumberEnd(from: number).map { address(start, $0) }
    }

    /// A postal code known by its form, by a word before it, or by the name of a city.
    func postalMatch(at start: Int) -> TextMatch? {
        let isAnnounced = start < postalCueEnd
        guard !isGlued(start), let end = isAnnounced ? placeCodeEnd(from: start) : postalEnd(from: start) else {
            return nil
        }
        let digits = text.wordEnd(from: start) - start
        let isBrazilian = digits == 5 && end == start + 9
        if isAnnounced || isBrazilian { return TextMatch(start, end, "[address]") }
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
}
