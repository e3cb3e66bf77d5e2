extension Mask {
    /// Appends `****1111`: the last four digits of a payment card number of 13 to 19 digits whose check digit is right.
    ///
    /// Spaces and dashes may stand between the digits. Numbers that came masked (`XXXX-XXXX-XXXX-1111`,
    /// `•••• 1111`) keep their last four digits too.
    @discardableResult
    public static func card(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let text = MaskedBytes(value).trimmed
        guard text.count <= 96, let tail = lastFour(text) else { return redact(into: &output) }
        append("****", to: &output)
        output.append(contentsOf: text.bytes[tail...])
        return true
    }

    /// Where the last four digits start, if all before them is a card number or its mask.
    private static func lastFour(_ text: MaskedBytes) -> Int? {
        let tail = text.count - 4
        guard tail > 0 else { return nil }
        for index in tail..<text.count where !text[index].isDigit { return nil }
        var luhn = Luhn()
        var masks = 0
        var digits = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte.isDigit {
                luhn.add(byte)
                digits += 1
                index += 1
                continue
            }
            let separator = max(text.blankLength(at: index), text.dashLength(at: index))
            if separator > 0 {
                index += separator
                continue
            }
            guard byte == 0x2a || byte | 0x20 == 0x78 || isBullet(text, at: index) else { return nil }
            masks += 1
            index += text.characterLength(at: index)
        }
        if masks > 0 { return masks >= 4 && digits <= 10 ? tail : nil }
        return digits >= 13 && digits <= 19 && luhn.isValid ? tail : nil
    }

    private static func isBullet(_ text: MaskedBytes, at index: Int) -> Bool {
        text[index] == 0xe2 && text[index + 1] == 0x80 && text[index + 2] == 0xa2
            || text[index] == 0xc2 && text[index + 1] == 0xb7
    }
}

/// The check of payment card numbers (ISO/IEC 7812), digit by digit from the left.
struct Luhn {
    private var even = 0
    private var odd = 0
    private var isNonzero = false

    mutating func add(_ digit: UInt8) {
        let value = Int(digit &- 0x30)
        let doubled = value * 2 > 9 ? value * 2 - 9 : value * 2
        // The last digit is not doubled: swap the two sums for each digit that follows.
        (even, odd) = (odd + value, even + doubled)
        isNonzero = isNonzero || value != 0
    }

    var isValid: Bool { isNonzero && even % 10 == 0 }
}
