extension Mask {
    /// Appends the initials of up to five words: `A. M. S.` for `Anna Maria Smith`.
    ///
    /// A word starts after white space; a value without any letter is no name.
    @discardableResult
    public static func name(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let text = MaskedBytes(value).trimmed
        guard !text.matches(redacted, from: 0, to: text.count) else { return redact(into: &output) }
        var initials = 0
        var index = 0
        var isSought = true
        while index < text.count, initials < 5 {
            let blank = text[index].isSpace ? 1 : text.blankLength(at: index)
            if blank > 0 {
                isSought = true
                index += blank
                continue
            }
            let length = text.wordLength(at: index)
            if isSought, length > 0, !text[index].isDigit {
                if initials > 0 { output.append(0x20) }
                output.append(contentsOf: text.bytes[index..<(index + length)])
                output.append(0x2e)
                initials += 1
                isSought = false
            }
            index += max(length, text.characterLength(at: index))
        }
        return initials > 0 ? true : redact(into: &output)
    }
}
