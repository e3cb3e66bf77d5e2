extension TextScan {
    /// The IBAN at `start`, in groups or not: a country's letters, its length, and the remainder 1 modulo 97.
    func ibanMatch(at start: Int) -> TextMatch? {
        guard text[start].isLetter, text[start + 1].isLetter, text[start + 2].isDigit, text[start + 3].isDigit,
            let length = IBAN.length(ofCountry: text[start] & 0xdf, text[start + 1] & 0xdf)
        else { return nil }
        var remainder = 0
        var head = 0
        var taken = 0
        var index = start
        while taken < length {
            let byte = text[index]
            guard byte.isAlphanumeric else {
                let separator = max(text.blankLength(at: index), text.dashLength(at: index))
                guard separator > 0, taken >= 4, text[index + separator].isAlphanumeric else { return nil }
                index += separator
                continue
            }
            if taken < 4 {
                head = IBAN.append(byte, to: head)
            } else {
                remainder = IBAN.append(byte, to: remainder) % 97
            }
            taken += 1
            index += 1
        }
        let headScale = 1_000_000
        guard isBoundary(index), (remainder * headScale + head) % 97 == 1 else { return nil }
        return TextMatch(start, index, "[iban]")
    }
}

private enum IBAN {
    /// Two decimal digits for a letter (A is 10), one for a digit.
    static func append(_ byte: UInt8, to value: Int) -> Int {
        byte.isDigit ? value * 10 + Int(byte - 0x30) : value * 100 + Int((byte & 0xdf) - 0x37)
    }

    static func length(ofCountry first: UInt8, _ second: UInt8) -> Int? {
        let table = lengths.utf8Start
        var index = 0
        while index < lengths.utf8CodeUnitCount {
            if table[index] == first, table[index + 1] == second {
                return Int(table[index + 2] - 0x30) * 10 + Int(table[index + 3] - 0x30)
            }
            index += 4
        }
        return nil
    }

    /// The SWIFT registry: country and total length.
    private static let lengths: StaticString = """
        AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18\
        FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27\
        MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27\
        SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30
        """
}
