extension Mask {
    /// Appends `+49***67` for `+49 30 1234567`: the country code and the last two digits.
    ///
    /// `00` is read as `+`. A number without a country code becomes `***67`; extensions and letters are not numbers.
    @discardableResult
    public static func phone(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let text = MaskedBytes(value).trimmed
        var number = PhoneDigits()
        guard number.read(text) else { return redact(into: &output) }
        if number.isInternational {
            output.append(0x2b)
            for index in 0..<number.countryCodeLength { output.append(number[index]) }
        }
        append("***", to: &output)
        output.append(number.lastButOne)
        output.append(number.last)
        return true
    }
}

/// The digits of one phone number, in as much detail as masking needs.
private struct PhoneDigits {
    private(set) var isInternational = false
    private(set) var last: UInt8 = 0
    private(set) var lastButOne: UInt8 = 0
    private var head: (UInt8, UInt8, UInt8) = (0, 0, 0)
    private var count = 0
    private var stars = 0

    subscript(index: Int) -> UInt8 {
        index == 0 ? head.0 : index == 1 ? head.1 : head.2
    }

    var countryCodeLength: Int { CountryCode.length(head.0, head.1) }

    /// False if the text is neither a phone number nor one that this mask made.
    mutating func read(_ text: MaskedBytes) -> Bool {
        guard text.count <= 40 else { return false }
        var index = 0
        if text[0] == 0x2b {
            isInternational = true
            index = 1
        } else if text[0] == 0x30, text[1] == 0x30 {
            isInternational = true
            index = 2
        }
        while index < text.count {
            guard let length = take(text, at: index) else { return false }
            index += length
        }
        if isInternational, head.0 == 0x30 { return false }
        if stars > 0 { return stars == 3 && count == 2 + (isInternational ? countryCodeLength : 0) }
        return count >= (isInternational ? 7 : 5) && count <= 15
    }

    /// Takes in one digit, star or separator and returns its length; nil for anything else.
    private mutating func take(_ text: MaskedBytes, at index: Int) -> Int? {
        let byte = text[index]
        if byte.isDigit {
            if count == 0 { head.0 = byte }
            if count == 1 { head.1 = byte }
            if count == 2 { head.2 = byte }
            lastButOne = last
            last = byte
            count += 1
            return 1
        }
        if byte == 0x2a {
            stars += 1
            return 1
        }
        if byte == 0x28 || byte == 0x29 || byte == 0x2e || byte == 0x2f { return 1 }
        let length = max(text.blankLength(at: index), text.dashLength(at: index))
        return length > 0 ? length : nil
    }
}

/// ITU-T E.164 country codes: which are of one and of two digits; all others have three.
private enum CountryCode {
    static func length(_ first: UInt8, _ second: UInt8) -> Int {
        let unit = second &- 0x30
        switch first {
        case 0x31, 0x37: return 1
        case 0x32: return unit == 0 || unit == 7 ? 2 : 3
        case 0x33: return unit == 5 || unit == 7 || unit == 8 ? 3 : 2
        case 0x34: return unit == 2 ? 3 : 2
        case 0x35: return unit == 0 || unit == 9 ? 3 : 2
        case 0x36: return unit >= 7 ? 3 : 2
        case 0x38: return unit == 1 || unit == 2 || unit == 4 || unit == 6 ? 2 : 3
        default: return unit <= 5 || unit == 8 ? 2 : 3
        }
    }
}
