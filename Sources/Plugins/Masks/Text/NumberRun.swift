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
            guard digits.count + end - index <= 19, text.wordLength(at: end) == 0, text[end] != 0x40 else { return }
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
