extension Mask {
    /// Appends free text with the personal values in it replaced by labels; returns how many were replaced.
    ///
    /// Found are e-mail addresses `[email]`, phone numbers `[phone]`, payment cards `[card]`, bank accounts `[iban]`,
    /// IP addresses `[ip]`, US social security numbers `[ssn]`, Brazilian tax numbers `[cpf]`, postal addresses
    /// `[address]`, and names that a phrase introduces `[name]`, in English, German, French, Spanish,
    /// Portuguese, Italian and Dutch. A URL with credentials becomes `[url]`; of others the query and the fragment become `[query]`, for that is
    /// where sessions, mail addresses and searches stand.
    ///
    /// A name that was found once is replaced wherever it stands with a capital.
    ///
    /// Two scans from left to right at most; the time is linear in the length, whatever the text. Bytes outside of what is
    /// replaced stay as they are, and valid UTF-8 stays valid.
    @discardableResult
    public static func text(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Int {
        output.reserveCapacity(output.count + value.count + 16)
        let start = output.count
        var scan = TextScan(MaskedBytes(value))
        let replaced = scan.run(into: &output)
        if scan.names.isEmpty { return replaced }
        // Names that stood behind a phrase are names elsewhere too, also before it.
        output.removeLast(output.count - start)
        var again = TextScan(MaskedBytes(value), names: scan.names)
        return again.run(into: &output)
    }
}

/// One personal value in a text.
struct TextMatch {
    let start: Int
    let end: Int
    let label: StaticString

    init(_ start: Int, _ end: Int, _ label: StaticString) {
        self.start = start
        self.end = end
        self.label = label
    }
}

/// The scan of one text: dispatches on what starts at a position and copies what is left alone.
///
/// Linear time: a finder looks a bounded number of bytes or words ahead, or consumes what it looked at.
struct TextScan {
    let text: MaskedBytes
    /// Up to here the text is in the output.
    private(set) var copied = 0
    var number = NumberRun()
    /// Numbers that start before this follow a word such as "phone" or "WhatsApp".
    var phoneCueEnd = 0
    /// Numbers that start before this follow a word such as "card".
    var cardCueEnd = 0
    /// Numbers that start before this follow a word such as "ZIP" or "PLZ".
    var postalCueEnd = 0
    /// Where a phrase such as "I live at" ends.
    var residenceCue: Int?
    /// Numbers that start before this are the rest of a longer one that was nothing.
    var longNumberEnd = 0
    /// Whether the text is a conversation, whose lines begin with who says them.
    private let isTranscript: Bool
    private var urlEnd = 0
    private var queryStart = 0

    /// The words of names that stood behind a phrase, a few at most.
    var names: [Range<Int>]

    init(_ text: MaskedBytes, names: [Range<Int>] = []) {
        self.text = text
        self.names = names
        isTranscript = Transcript.hasSpeakers(text)
    }

    mutating func run(into output: inout [UInt8]) -> Int {
        var replaced = 0
        var index = 0
        var isInWord = false
        while index < text.count {
            if let match = match(at: index, isInWord: isInWord) {
                output.append(contentsOf: text.bytes[copied..<match.start])
                Mask.append(match.label, to: &output)
                copied = match.end
                index = match.end
                isInWord = false
                replaced += 1
                endCues()
                continue
            }
            if let end = labelEnd(at: index) {
                index = end
                isInWord = false
                endCues()
                continue
            }
            let end = text.wordEnd(from: index)
            isInWord = end > index
            index = end > index ? end : index + 1
        }
        output.append(contentsOf: text.bytes[copied...])
        return replaced
    }

    /// A label of an earlier masking is no text: "[phone]" announces no number.
    func labelEnd(at index: Int) -> Int? {
        guard text[index] == 0x5b else { return nil }
        for label in labels where text.hasPrefix(label, at: index) { return index + label.utf8CodeUnitCount }
        return nil
    }

    private mutating func endCues() {
        phoneCueEnd = 0
        cardCueEnd = 0
        residenceCue = nil
        postalCueEnd = 0
    }

    private mutating func match(at index: Int, isInWord: Bool) -> TextMatch? {
        let byte = text[index]
        if isTranscript, index == 0 || text[index - 1] == 0x0a, let match = speakerMatch(at: index) {
            noteName(match)
            return match
        }
        if byte == 0x40 { return emailMatch(at: index) }
        if index < urlEnd { return matchInURL(at: index, isInWord: isInWord) }
        if isInWord { return nil }
        if byte.isDigit { return digitMatch(at: index) }
        if byte == 0x2b || byte == 0x28 { return phoneMatch(at: index) }
        if byte == 0x3a { return ipMatch(at: index) }
        let end = text.wordEnd(from: index)
        return end > index ? wordMatch(from: index, to: end) : nil
    }

    private mutating func digitMatch(at index: Int) -> TextMatch? {
        if let match = ipMatch(at: index) { return match }
        if let match = numberAddressMatch(at: index) ?? residenceMatch(at: index) { return match }
        if let match = numberMatch(at: index) { return match }
        return postalMatch(at: index)
    }

    private mutating func wordMatch(from start: Int, to end: Int) -> TextMatch? {
        if let url = URLSpan(text, from: start, schemeEnd: end) {
            if url.hasCredentials { return TextMatch(start, url.end, "[url]") }
            urlEnd = url.end
            queryStart = url.queryStart
            return nil
        }
        if text[start].hexValue != nil, let match = ipMatch(at: start) { return match }
        if let match = spelledEmailMatch(at: start) { return match }
        if let match = ibanMatch(at: start) { return match }
        if let match = streetMatch(from: start, to: end) { return match }
        if let match = cueMatch(from: start) {
            noteName(match)
            return match
        }
        return notedNameMatch(at: start) ?? residenceMatch(at: start) ?? postcodeMatch(from: start, to: end)
    }

    /// Inside a URL only addresses of machines are looked for, and the query goes as a whole.
    private func matchInURL(at index: Int, isInWord: Bool) -> TextMatch? {
        if index == queryStart { return TextMatch(index, urlEnd, "[query]") }
        return isInWord ? nil : ipMatch(at: index)
    }
}

private let labels: [StaticString] = [
    "[email]", "[phone]", "[card]", "[iban]", "[ip]", "[ssn]", "[cpf]", "[address]", "[name]", "[url]", "[query]",
]

/// How far a URL reaches and where its query starts.
private struct URLSpan {
    let end: Int
    /// After the `?` or `#`; at the end if there is nothing personal there.
    let queryStart: Int
    /// A user name or password in the authority, or an `@` anywhere before the query.
    let hasCredentials: Bool

    /// Nil unless the word is a scheme with `://` behind it, or `www.`.
    init?(_ text: MaskedBytes, from start: Int, schemeEnd: Int) {
        let isScheme = text[schemeEnd] == 0x3a && text[schemeEnd + 1] == 0x2f && text[schemeEnd + 2] == 0x2f
        guard isScheme || text[schemeEnd] == 0x2e && text.matches("www", from: start, to: schemeEnd) else { return nil }
        var end = schemeEnd
        var query: Int?
        var at = false
        while end < text.count, Self.isURL(text, at: end) {
            let byte = text[end]
            if query == nil, byte == 0x3f || byte == 0x23 { query = end + 1 }
            if query == nil, byte == 0x40 { at = true }
            end += 1
        }
        while end > schemeEnd, Self.isTrailing(text[end - 1]) { end -= 1 }
        self.end = end
        hasCredentials = at
        let isQueried = query.map { $0 < end && !text.matches("[query]", from: $0, to: end) } ?? false
        queryStart = isQueried ? query ?? end : end
    }

    private static func isURL(_ text: MaskedBytes, at index: Int) -> Bool {
        let byte = text[index]
        if byte <= 0x20 || byte == 0x22 || byte == 0x3c || byte == 0x3e || byte == 0x60 || byte == 0x7f { return false }
        // Typographic blanks and quotes end a URL.
        return byte != 0xe2 && !(byte == 0xc2 && text[index + 1] < 0xbf) && !(byte == 0xe3 && text[index + 1] == 0x80)
    }

    private static func isTrailing(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2e, 0x2c, 0x3a, 0x3b, 0x21, 0x3f, 0x29, 0x27, 0x2a: return true
        default: return false
        }
    }
}
