extension TextScan {
    /// The IPv4 or IPv6 address that starts at `index`.
    func ipMatch(at index: Int) -> TextMatch? {
        var lastOctet = 0
        if text[index].isDigit, let end = IPAddress.endOfIPv4(text, from: index, lastOctet: &lastOctet) {
            if !isGlued(index), isBoundary(end), !isVersion(at: index) { return TextMatch(index, end, "[ip]") }
        }
        return ipv6Match(at: index)
    }

    /// Whether a word before the number says that it counts versions of a program.
    private func isVersion(at index: Int) -> Bool {
        var end = index
        while end > copied, index - end < 3, text[end - 1] == 0x20 || text[end - 1] == 0x3a { end -= 1 }
        var start = end
        while start > copied, end - start < 16, text[start - 1].isLetter || text[start - 1] >= 0x80 { start -= 1 }
        return text.isOne(of: Vocabulary.versions, from: start, to: end)
    }

    /// The longest stretch of hex digits, colons and dots that is an address; one that ends with `::` is a network.
    private func ipv6Match(at index: Int) -> TextMatch? {
        var end = index
        var colons = 0
        while end - index <= 45 {
            let byte = text[end]
            guard byte == 0x3a || byte == 0x2e || byte.hexValue != nil else { break }
            if byte == 0x3a { colons += 1 }
            end += 1
        }
        guard colons >= 2 else { return nil }
        while end - index > 2 {
            if text[end - 1].hexValue != nil, isBoundary(end), looksLikeAddress(from: index, to: end) {
                return TextMatch(index, zoneEnd(from: end), "[ip]")
            }
            end -= 1
        }
        return nil
    }

    /// `std::vector` and `a::b` are code rather than addresses.
    private func looksLikeAddress(from start: Int, to end: Int) -> Bool {
        var colons = 0
        var hasDigit = false
        for index in start..<end {
            if text[index] == 0x3a { colons += 1 }
            hasDigit = hasDigit || text[index].isDigit
        }
        return colons >= 2 && (hasDigit || colons > 3) && IPAddress.ipv6(text, from: start, to: end) != nil
    }

    /// A zone such as `%eth0` names an interface and goes with its address.
    private func zoneEnd(from end: Int) -> Int {
        guard text[end] == 0x25 else { return end }
        var index = end + 1
        while index - end <= 16, text[index].isAlphanumeric { index += 1 }
        return text[index].isAlphanumeric || index == end + 1 ? end : index
    }

    /// Whether a value may end at `index`: not inside of a word, and not before an `@`.
    func isBoundary(_ index: Int) -> Bool {
        text[index] != 0x40 && text[index] != 0x5f && text.wordLength(at: index) == 0
    }

    /// Whether the number at `index` is the tail of another one, such as the decimals of a price.
    func isGlued(_ index: Int) -> Bool {
        guard index > copied else { return false }
        switch text[index - 1] {
        case 0x2d, 0x2e, 0x2c, 0x2f, 0x5f: return index - 1 > copied && text[index - 2].isDigit
        default: return false
        }
    }
}
