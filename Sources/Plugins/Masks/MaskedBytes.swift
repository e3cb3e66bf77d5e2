/// UTF-8 bytes to look at: reading past the end gives 0, so that looking ahead needs no guard.
///
/// The memory must outlive the value; a mask makes one on entry and lets it go on return.
struct MaskedBytes {
    let bytes: UnsafeRawBufferPointer
    let count: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        count = bytes.count
    }

    @inline(__always)
    subscript(index: Int) -> UInt8 {
        index >= 0 && index < count ? bytes[index] : 0
    }

    /// Without the ASCII white space at both ends.
    var trimmed: MaskedBytes {
        var start = 0
        var end = count
        while start < end, bytes[start].isSpace { start += 1 }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return MaskedBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }

    /// The bytes of the UTF-8 sequence at `index`, at least 1; a broken sequence counts byte by byte.
    @inline(__always)
    func characterLength(at index: Int) -> Int {
        let lead = self[index]
        let length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1
        guard length > 1 else { return 1 }
        guard index + length <= count else { return 1 }
        for offset in 1..<length where bytes[index + offset] & 0xc0 != 0x80 { return 1 }
        return length
    }

    /// The length of the letter or digit at `index`, 0 if something else stands there: punctuation, white space,
    /// symbols, emoji, broken UTF-8.
    @inline(__always)
    func wordLength(at index: Int) -> Int {
        let lead = self[index]
        if lead < 0x80 { return lead.isAlphanumeric ? 1 : 0 }
        if lead == 0xc2 || lead >= 0xf0 { return 0 }
        let second = self[index + 1]
        if lead == 0xe2 && second < 0xb0 || lead == 0xe3 && second == 0x80 { return 0 }
        if lead == 0xef && second >= 0xb8 && second < 0xbd { return 0 }
        let length = characterLength(at: index)
        return length == 1 ? 0 : length
    }

    /// Where the word that starts at `index` ends; `index` itself if none starts there.
    func wordEnd(from index: Int) -> Int {
        var end = index
        while true {
            let length = wordLength(at: end)
            if length == 0 { return end }
            end += length
        }
    }

    /// Whether a capital letter of the Latin, Greek or Cyrillic script stands at `index`.
    func isCapital(at index: Int) -> Bool {
        let second = self[index + 1]
        switch self[index] {
        case 0x41...0x5a: return true
        case 0xc3: return second >= 0x80 && second <= 0x9e && second != 0x97
        case 0xc4, 0xc5: return Self.isExtendedCapital(lead: self[index], second: second)
        case 0xce: return second >= 0x86 && second <= 0xab
        case 0xd0: return second >= 0x80 && second <= 0xaf
        default: return false
        }
    }

    /// Latin Extended-A pairs capitals with small letters: capitals are even but for two stretches.
    private static func isExtendedCapital(lead: UInt8, second: UInt8) -> Bool {
        let code = UInt32(lead & 0x1f) << 6 | UInt32(second & 0x3f)
        switch code {
        case 0x139...0x148, 0x179...0x17e: return code & 1 == 1
        case 0x178: return true
        default: return code & 1 == 0 && code < 0x178
        }
    }

    /// Whether `text` (small letters) stands at `index`, whatever the case of the letters there.
    func hasPrefix(_ text: StaticString, at index: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard index + length <= count else { return false }
        for offset in 0..<length where folded(at: index + offset) != text.utf8Start[offset] { return false }
        return true
    }

    /// Whether the bytes from `start` to `end` are `text` (small letters), whatever their case.
    func matches(_ text: StaticString, from start: Int, to end: Int) -> Bool {
        text.utf8CodeUnitCount == end - start && hasPrefix(text, at: start)
    }

    /// Whether the bytes from `start` to `end` are one of `words`.
    func isOne(of words: [StaticString], from start: Int, to end: Int) -> Bool {
        let length = end - start
        let first = folded(at: start)
        for word in words where word.utf8CodeUnitCount == length && word.utf8Start[0] == first {
            if hasPrefix(word, at: start) { return true }
        }
        return false
    }

    /// The byte at `index` with capitals of ASCII and Latin-1 made small.
    @inline(__always)
    func folded(at index: Int) -> UInt8 {
        let byte = self[index]
        if byte >= 0x41 && byte <= 0x5a { return byte | 0x20 }
        if byte >= 0x80 && byte <= 0x9e && byte != 0x97 && self[index - 1] == 0xc3 { return byte | 0x20 }
        return byte
    }

    /// The length of the blank at `index` (space, tab, no-break and typographic spaces), 0 if there is none.
    @inline(__always)
    func blankLength(at index: Int) -> Int {
        switch self[index] {
        case 0x20, 0x09: return 1
        case 0xc2: return self[index + 1] == 0xa0 ? 2 : 0
        case 0xe2:
            guard self[index + 1] == 0x80 else { return 0 }
            let third = self[index + 2]
            return third >= 0x80 && third <= 0x8a || third == 0xaf ? 3 : 0
        default: return 0
        }
    }

    /// The length of the hyphen or dash at `index`, 0 if there is none.
    @inline(__always)
    func dashLength(at index: Int) -> Int {
        if self[index] == 0x2d { return 1 }
        guard self[index] == 0xe2 else { return 0 }
        let third = self[index + 2]
        if self[index + 1] == 0x80 { return third >= 0x90 && third <= 0x95 ? 3 : 0 }
        return self[index + 1] == 0x88 && third == 0x92 ? 3 : 0
    }

    /// The length of the apostrophe at `index`, straight or typographic, 0 if there is none.
    @inline(__always)
    func apostropheLength(at index: Int) -> Int {
        if self[index] == 0x27 { return 1 }
        return self[index] == 0xe2 && self[index + 1] == 0x80 && self[index + 2] == 0x99 ? 3 : 0
    }
}

extension UInt8 {
    @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inline(__always) var isCapitalLetter: Bool { self &- 0x41 < 26 }
    @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
    @inline(__always) var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0d) }
    @inline(__always) var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = self | 0x20
        return letter >= 0x61 && letter <= 0x66 ? letter &- 0x57 : nil
    }
}
