extension TextScan {
    /// The card, tax, social security or phone number that starts with the digit at `index`.
    mutating func numberMatch(at index: Int) -> TextMatch? {
        guard !isDate(at: index) else { return nil }
        number.read(text, from: index, isOpen: false)
        let isInternational = text[index] == 0x30 && text[index + 1] == 0x30
        let isTail = isGlued(index) || index < longNumberEnd
        let match = bestMatch(from: index, isInternational: isInternational, isTail: isTail)
        if match == nil, number.digits.count > 12, !number.startsWithYear, let last = number.groups.last {
            longNumberEnd = last.end
        }
        return match
    }

    /// The phone number that starts with the `+` or `(` at `index`.
    mutating func phoneMatch(at index: Int) -> TextMatch? {
        var first = index
        while first - index < 4, text[first] == 0x28 || text[first] == 0x2b || text[first] == 0x20 { first += 1 }
        guard text[first].isDigit else { return nil }
        let isInternational = text[index] == 0x2b || text[first - 1] == 0x2b
        guard isInternational || first == index + 1 else { return nil }
        number.read(text, from: first, isOpen: !isInternational)
        return bestMatch(from: index, isInternational: isInternational, isTail: false)
    }

    /// The longest prefix of the run that is something.
    private func bestMatch(from start: Int, isInternational: Bool, isTail: Bool) -> TextMatch? {
        var count = number.groups.count
        while count > 0 {
            let end = number.groups[count - 1].end
            if isBoundary(end) || NumberRun.isExtensionMark(text, at: end) {
                if let label = strictLabel(count) { return TextMatch(number.groups[0].start, end, label) }
                if !isTail, !isContinued(end), !isAmount(from: start, to: end),
                    isPhone(count, from: start, isInternational)
                {
                    return TextMatch(start, extensionEnd(behind: end), "[phone]")
                }
            }
            count -= 1
        }
        return nil
    }

    /// Numbers that prove themselves by a check digit or a fixed form.
    private func strictLabel(_ count: Int) -> StaticString? {
        let digitCount = number.groups[count - 1].digitsThrough
        if number.isCard(count, isAnnounced: number.groups[0].start < cardCueEnd),
            number.groups[count - 1].separator == .blank || !isContinued(number.groups[count - 1].end)
        {
            return "[card]"
        }
        if digitCount == 11, isCPF(), count == 1 || number.hasShape(3332, count) { return "[cpf]" }
        if number.hasShape(324, count), number.isSeparated(by: .dash, or: .blank, count), isSSN() { return "[ssn]" }
        return nil
    }

    private func isSSN() -> Bool {
        let area = value(0, 3)
        return area != 0 && area != 666 && area < 900 && value(3, 2) != 0 && value(5, 4) != 0
    }

    /// Cadastro de Pessoas Físicas: nine digits and two check digits modulo 11; eleven equal digits are not given out.
    private func isCPF() -> Bool {
        var isUniform = true
        for index in 1..<11 where number.digits[index] != number.digits[0] { isUniform = false }
        guard !isUniform else { return false }
        for checked in 9...10 {
            var sum = 0
            for index in 0..<checked { sum += value(index, 1) * (checked + 1 - index) }
            guard sum * 10 % 11 % 10 == value(checked, 1) else { return false }
        }
        return true
    }

    private func value(_ start: Int, _ count: Int) -> Int {
        var value = 0
        for index in start..<(start + count) { value = value * 10 + Int(number.digits[index] - 0x30) }
        return value
    }

    // MARK: Phone numbers

    private func isPhone(_ count: Int, from start: Int, _ isInternational: Bool) -> Bool {
        let digitCount = number.groups[count - 1].digitsThrough
        guard count <= 8 else { return false }
        if isInternational {
            let prefix = number.digits[0] == 0x30 ? 2 : 0
            guard digitCount > prefix, number.digits[prefix] != 0x30 else { return false }
            return digitCount - prefix >= 8 && digitCount - prefix <= 15
        }
        if number.groups.count >= 4, number.hasShape(4444, 4) { return false }
        if start < phoneCueEnd { return digitCount >= 6 && digitCount <= 13 }
        guard !(start > copied && text[start - 1] == 0x23) else { return false }
        if number.groups[0].separator == .parenthesis {
            let area = number.digitCount(of: 0)
            guard area >= 2, area <= 5, count > 1, number.groups[1].separator == .parenthesis else { return false }
            return digitCount >= 8 && digitCount <= 13
        }
        return isTrunkNumber(count, digitCount) || isAmericanNumber(count, digitCount)
            || isIberianNumber(count, digitCount) || isBrazilianNumber(count, digitCount)
    }

    /// A leading 0 as in Germany, France, Italy and the United Kingdom.
    private func isTrunkNumber(_ count: Int, _ digitCount: Int) -> Bool {
        guard digitCount >= 9, digitCount <= 12, number.digits[0] == 0x30, number.digits[1] != 0x30 else {
            return false
        }
        return number.digitCount(of: 0) > 1 || number.groups.count > 1 && number.groups[1].separator != .dot
    }

    /// The North American plan: neither area nor exchange starts with 0 or 1.
    private func isAmericanNumber(_ count: Int, _ digitCount: Int) -> Bool {
        let hasPrefix = digitCount == 11 && number.digits[0] == 0x31 && number.digitCount(of: 0) == 1
        guard digitCount == 10 || hasPrefix else { return false }
        let area = hasPrefix ? 1 : 0
        guard number.digits[area] >= 0x32, number.digits[area + 3] >= 0x32 else { return false }
        return count == 1 || number.hasShape(334, count) || number.hasShape(37, count) || number.hasShape(1334, count)
    }

    /// Nine digits as in Spain and Portugal.
    private func isIberianNumber(_ count: Int, _ digitCount: Int) -> Bool {
        guard digitCount == 9, number.isSeparated(by: .blank, or: .dash, count) else { return false }
        switch number.digits[0] {
        case 0x36, 0x37:
            return count == 1 || hasIberianShape(count)
        case 0x39:
            return count == 1 && number.digits[1] <= 0x36 || hasIberianShape(count)
        case 0x32, 0x38: return hasIberianShape(count)
        default: return false
        }
    }

    private func hasIberianShape(_ count: Int) -> Bool {
        number.hasShape(333, count) || number.hasShape(3222, count) || number.hasShape(2322, count)
            || number.hasShape(234, count)
    }

    /// Area code and eight digits, or nine with a leading 9, the last four set off.
    private func isBrazilianNumber(_ count: Int, _ digitCount: Int) -> Bool {
        if digitCount == 11, number.digits[2] == 0x39, number.digits[0] != 0x30, number.digits[1] != 0x30 {
            return count == 1 || number.hasShape(254, count) || number.hasShape(2144, count)
                || number.hasShape(29, count)
        }
        guard count > 1, number.groups[count - 1].separator == .dash else { return false }
        return number.hasShape(244, count) || number.hasShape(54, count) && number.digits[0] == 0x39
    }

    /// Whether digits follow at `end` behind a dash or a dot: it is a part of a longer number.
    private func isContinued(_ end: Int) -> Bool {
        (text[end] == 0x2d || text[end] == 0x2e) && (text[end + 1].isDigit || labelEnd(at: end + 1) != nil)
    }

    /// Where an extension ends that stands behind a number: `ext. 22`, `x204`, `(Durchwahl 45)`.
    private func extensionEnd(behind end: Int) -> Int {
        var index = text[end] == 0x2c ? end + 1 : end
        index += text.blankLength(at: index)
        let isOpen = text[index] == 0x28
        if isOpen { index += 1 }
        if NumberRun.isExtensionMark(text, at: index) {
            index += 1
        } else {
            guard index > end else { return end }
            let wordEnd = text.wordEnd(from: index)
            guard text.isOne(of: Vocabulary.extensions, from: index, to: wordEnd) else { return end }
            index = wordEnd
            while index - wordEnd < 3, text[index] == 0x2e || text[index] == 0x3a || text[index] == 0x20 { index += 1 }
        }
        let digits = index
        while index - digits < 6, text[index].isDigit { index += 1 }
        guard index > digits, isBoundary(index) else { return end }
        return isOpen && text[index] == 0x29 ? index + 1 : index
    }
}
