extension Mask {
    /// Appends `a***@e***.org` for `anna@example.org`: the first letters and the top-level domain.
    ///
    /// The number of stars says nothing about the length. A local part or a domain name of a single letter is
    /// hidden wholly.
    @discardableResult
    public static func email(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let text = MaskedBytes(value).trimmed
        guard let at = lastAt(text), at > 0, let topLevel = topLevelDot(text, after: at) else {
            return redact(into: &output)
        }
        appendHead(text, from: 0, to: at, into: &output)
        output.append(0x40)
        appendHead(text, from: at + 1, to: topLevel, into: &output)
        output.append(contentsOf: text.bytes[topLevel...])
        return true
    }

    /// The one `@` of the address; nil if there is none, or white space or a second one shows that it is no address.
    private static func lastAt(_ text: MaskedBytes) -> Int? {
        guard text.count <= 320 else { return nil }
        var found: Int?
        for index in 0..<text.count {
            let byte = text[index]
            if byte <= 0x20 || byte == 0x7f { return nil }
            if byte == 0x40 {
                guard found == nil else { return nil }
                found = index
            }
        }
        return found
    }

    private static func topLevelDot(_ text: MaskedBytes, after at: Int) -> Int? {
        var dot = at
        var previous = at
        var index = at + 1
        while index < text.count {
            let byte = text[index]
            if byte == 0x2e {
                guard index > previous + 1 else { return nil }
                previous = index
                dot = index
            } else if !byte.isAlphanumeric && byte < 0x80 && byte != 0x2d && byte != 0x2a {
                return nil
            }
            index += 1
        }
        guard dot > at, text.count - dot >= 3, !text[dot + 1].isDigit, text[dot + 1] != 0x2a else { return nil }
        return dot
    }

    private static func appendHead(_ text: MaskedBytes, from start: Int, to end: Int, into output: inout [UInt8]) {
        let length = text.characterLength(at: start)
        if start + length < end, text[start] != 0x2a {
            output.append(contentsOf: text.bytes[start..<(start + length)])
        }
        append("***", to: &output)
    }
}
