extension TextScan {
    /// The e-mail address around the `@` at `at`.
    ///
    /// Looks back no further than the last replacement or `@`, so that each byte is looked at once.
    func emailMatch(at: Int) -> TextMatch? {
        guard let end = domainEnd(from: at + 1) else { return nil }
        let start = text[at - 1] == 0x22 ? quotedLocalStart(before: at - 1) : localStart(before: at)
        return start < at ? TextMatch(start, end, "[email]") : nil
    }

    private func localStart(before at: Int) -> Int {
        var start = at
        while start > copied, isLocal(text[start - 1]) { start -= 1 }
        // Do not start inside of a character, or with one that is punctuation, such as an opening quote.
        var first = at
        var index = start
        while index < at {
            let length = text.characterLength(at: index)
            let isWord = text.wordLength(at: index) > 0 || text[index] < 0x80
            if !isWord { first = at } else if first == at { first = index }
            index += length
        }
        while first < at, text[first] == 0x2e || text[first] == 0x27 { first += 1 }
        return first
    }

    private func quotedLocalStart(before quote: Int) -> Int {
        var index = quote - 1
        let limit = max(copied, quote - 64)
        while index >= limit, text[index] != 0x0a {
            if text[index] == 0x22 { return index }
            index -= 1
        }
        return quote + 1
    }

    private func isLocal(_ byte: UInt8) -> Bool {
        if byte.isAlphanumeric || byte >= 0x80 { return true }
        switch byte {
        case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x2f, 0x3d, 0x3f, 0x5e...0x60, 0x7b...0x7e:
            return true
        default: return false
        }
    }

    /// The end of a domain name with at least one dot, whose last label is not a number.
    private func domainEnd(from start: Int) -> Int? {
        var end: Int?
        var index = start
        var labels = 0
        while true {
            let labelStart = index
            var labelEnd = index
            while index - start <= 253 {
                let length = text.wordLength(at: index)
                if length > 0 {
                    index += length
                    labelEnd = index
                } else if text[index] == 0x2d, index > labelStart {
                    index += 1
                } else {
                    break
                }
            }
            guard labelEnd > labelStart else { return end }
            labels += 1
            if labels > 1, labelEnd - labelStart >= 2, !text[labelStart].isDigit { end = labelEnd }
            guard text[labelEnd] == 0x2e, index - start <= 253 else { return end }
            index = labelEnd + 1
        }
    }
}
