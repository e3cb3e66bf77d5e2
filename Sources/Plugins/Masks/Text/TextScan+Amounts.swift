/// What is no number to hide.
extension TextScan {
    /// A day, month and year (in any order) with dots, slashes or dashes; not the pairs of a French phone number.
    func isDate(at index: Int) -> Bool {
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
    func isAmount(from start: Int, to end: Int) -> Bool {
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
