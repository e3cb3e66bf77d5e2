extension TextScan {
    /// The card, tax, social security or phone number that starts with the digit at `index`.
    mutating func numberMatch(at index: Int) -> TextMatch? {
        guard !isDate(at: index) else { return nil }
        number.read(text, from: index, isOpen: false)
        let isInternational = text[index] == 0x30 && text[index + 1] == 0x30
        return bestMatch(from: index, isInternational: isInternational, isTail: isGlued(index))
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
            if isBoundary(end) {
                if let label = strictLabel(count) { return TextMatch(number.groups[0].start, end, label) }
                if !isTail, !isAmount(from: start, to: end), isPhone(count, from: start, isInternational) {
                    return TextMatch(start, end, "[phone]")
                }
            }
            count -= 1
        }
        return nil
    }

    /// Numbers that prove themselves by a check digit or a fixed form.
    private func strictLabel(_ count: Int) -> StaticString? {
        let digitCount = number.groups[count - 1].digitsThrough
        if digitCount >= 13, number.digits[0] != 0x30, number.isSeparated(by: .blank, or: .dash, count) {
            var luhn = Luhn()
            for index in 0..<digitCount { luhn.add(number.digits[index]) }
            if luhn.isValid { return "[card]" }
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

    // MARK: What is no number to hide

    /// A day, month and year (in any order) with dots, slashes or dashes; not the pairs of a French phone number.
    private func isDate(at index: Int) -> Bool {
        var position = index
        var lengths = 0
        let mark = dateMark(from: index)
        guard mark != 0 else { return false }
        for part in 0..<3 {
            let start = position
            while position - start < 5, text[position].isDigit { position += 1 }
            guard position > start, !text[position].isDigit else { return false }
            lengths = lengths * 10 + (position - start)
            if part < 2 {
                guard text[position] == mark else { return false }
                position += 1
            }
        }
        let isLonger = text[position] == mark && text[position + 1].isDigit
        switch lengths {
        case 112, 114, 122, 124, 212, 214, 222, 224, 411, 412, 421, 422: return !isLonger
        default: return false
        }
    }

    private func dateMark(from index: Int) -> UInt8 {
        var position = index
        while position - index < 5, text[position].isDigit { position += 1 }
        let mark = text[position]
        return mark == 0x2e || mark == 0x2f || mark == 0x2d ? mark : 0
    }

    /// Whether a money or per cent sign stands at the number.
    private func isAmount(from start: Int, to end: Int) -> Bool {
        var before = start - 1
        if before > copied, text[before] == 0x20 { before -= 1 }
        if before >= copied {
            let isEuroOrPound =
                before >= 2 && text[before - 2] == 0xe2 && text[before - 1] == 0x82
                || before >= 1 && text[before - 1] == 0xc2 && text[before] >= 0xa2 && text[before] <= 0xa5
            if text[before] == 0x24 || isEuroOrPound { return true }
        }
        let isDecimal = (text[end] == 0x2c || text[end] == 0x2e) && text[end + 1].isDigit && text[end + 2].isDigit
        var after = isDecimal ? end + 3 : end
        after += text.blankLength(at: after)
        if text[after] == 0x24 || text[after] == 0x25 || text[after] == 0xe2 && text[after + 1] == 0x82 { return true }
        if text[after] == 0xc2, text[after + 1] >= 0xa2, text[after + 1] <= 0xa5 { return true }
        return text.isOne(of: currencies, from: after, to: after + 3) && text.wordLength(at: after + 3) == 0
    }
}

private let currencies: [StaticString] = ["eur", "usd", "gbp", "brl", "chf", "mxn"]
