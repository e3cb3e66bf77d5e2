/// A run of digit groups with separators between them, as phone and card numbers are written.
///
/// Bounded: at most 19 digits are taken in, whatever follows.
struct NumberRun {
    struct Group {
        /// Where the group starts and ends in the text.
        let start: Int
        let end: Int
        /// Digits in this and the groups before it.
        let digitsThrough: Int
        /// What stands before the group.
        let separator: Separator
    }

    enum Separator: UInt8 {
        case none
        case blank
        case dash
        case dot
        case slash
        case parenthesis
    }

    private(set) var groups: [Group] = []
    /// The digits without separators.
    private(set) var digits: [UInt8] = []

    /// Reads the groups from the digit at `start`; `isOpen` if a parenthesis stands before it.
    mutating func read(_ text: MaskedBytes, from start: Int, isOpen: Bool) {
        groups.removeAll(keepingCapacity: true)
        digits.removeAll(keepingCapacity: true)
        var separator = isOpen ? Separator.parenthesis : .none
        var index = start
        while true {
            var end = index
            while end - index <= 19, text[end].isDigit { end += 1 }
            let isWhole = text.wordLength(at: end) == 0 || Self.isExtensionMark(text, at: end)
            guard digits.count + end - index <= 19, isWhole, text[end] != 0x40 else { return }
            for position in index..<end { digits.append(text[position]) }
            groups.append(Group(start: index, end: end, digitsThrough: digits.count, separator: separator))
            guard let next = Self.separator(text, at: end) else { return }
            separator = next.kind
            index = next.end
        }
    }

    func digitCount(of group: Int) -> Int {
        groups[group].end - groups[group].start
    }

    /// Whether the groups up to `count` have these digit counts, given as decimal digits: 334 for `212-555-0123`.
    func hasShape(_ shape: Int, _ count: Int) -> Bool {
        var value = 0
        for group in 0..<count { value = value * 10 + min(9, digitCount(of: group)) }
        return value == shape
    }

    /// Whether all separators up to the group `count` are of one of two kinds.
    func isSeparated(by first: Separator, or second: Separator, _ count: Int) -> Bool {
        for group in 1..<max(1, count) {
            guard groups[group].separator == first || groups[group].separator == second else { return false }
        }
        return true
    }

    /// 1900 to 2099 stand alone in front.
    var startsWithYear: Bool {
        digitCount(of: 0) == 4 && (digits[0] == 0x31 && digits[1] == 0x39 || digits[0] == 0x32 && digits[1] == 0x30)
    }

    /// Whether an `x` stands at `index` with an extension behind it: `555-0123x22`.
    static func isExtensionMark(_ text: MaskedBytes, at index: Int) -> Bool {
        text[index] | 0x20 == 0x78 && text[index + 1].isDigit
    }

    /// Whether the groups up to `count` are a payment card's number: in the groups that cards have, with a right check
    /// digit, and of a length that its first digits have (ISO/IEC 7812: the schemes' ranges).
    ///
    /// Where a word such as "card" stands before it, 12 digits are enough.
    func isCard(_ count: Int, isAnnounced: Bool) -> Bool {
        let length = groups[count - 1].digitsThrough
        guard length >= (isAnnounced ? 12 : 13), isSeparated(by: .blank, or: .dash, count), isCardLength(length) else {
            return false
        }
        if count > 1, count < groups.count {
            guard hasShape(4444, count) || hasShape(465, count) || hasShape(464, count) else { return false }
        }
        var luhn = Luhn()
        for index in 0..<length { luhn.add(digits[index]) }
        return luhn.isValid
    }

    private func isCardLength(_ length: Int) -> Bool {
        let second = digits[1]
        switch digits[0] {
        case 0x31: return length == 15 && startsWith(1800)
        case 0x32: return length == 15 && startsWith(2131) || length == 16 && second >= 0x32 && second <= 0x37
        case 0x33:
            if second == 0x34 || second == 0x37 { return length == 15 }
            return second == 0x35 ? length >= 16 : second == 0x30 || second == 0x36 || second >= 0x38
        case 0x34: return length == 13 || length == 16 || length == 19
        case 0x35: return second >= 0x31 && second <= 0x35 ? length == 16 : true
        case 0x36: return true
        default: return false
        }
    }

    private func startsWith(_ number: Int) -> Bool {
        var value = 0
        for index in 0..<4 { value = value * 10 + Int(digits[index] - 0x30) }
        return value == number
    }

    /// Blanks, one punctuation mark and blanks, up to a digit.
    private static func separator(_ text: MaskedBytes, at start: Int) -> (end: Int, kind: Separator)? {
        var kind = Separator.none
        var index = start
        for _ in 0..<5 {
            if text[index].isDigit { return kind == .none ? nil : (index, kind) }
            let blank = text.blankLength(at: index)
            if blank > 0 {
                if kind == .none { kind = .blank }
                index += blank
                continue
            }
            let dash = text.dashLength(at: index)
            let mark: Separator
            switch text[index] {
            case 0x28, 0x29: mark = .parenthesis
            case 0x2e: mark = .dot
            case 0x2f: mark = .slash
            default:
                guard dash > 0 else { return nil }
                mark = .dash
            }
            guard kind == .none || kind == .blank || kind == .parenthesis || mark == .parenthesis else { return nil }
            // A full stop between blanks ends a sentence.
            if mark == .dot, kind == .blank || text.blankLength(at: index + 1) > 0 { return nil }
            kind = kind == .parenthesis ? kind : mark
            index += max(1, dash)
        }
        return nil
    }
}
