import Plugins
import Testing

@Suite("Masks of single values")
struct MaskFieldTests {
    @Test(
        "ip keeps the network",
        arguments: [
            ("203.0.113.77", "203.0.113.0"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.0"),
            ("203.0.113.77:8080", "203.0.113.0"), (" 10.1.2.3\n", "10.1.2.0"),
            ("2001:db8:85a3:1:2:8a2e:370:7334", "2001:db8:85a3::"), ("2001:DB8:0:1::1", "2001:db8::"),
            ("2001:0db8:0000:ffff::", "2001:db8::"), ("[2001:db8:1:2::3]:443", "2001:db8:1::"),
            ("[2001:db8:1:2::3]", "2001:db8:1::"), ("fe80::1%eth0", "fe80::"), ("::1", "::"), ("::", "::"),
            ("::ffff:203.0.113.77", "::ffff:203.0.113.0"), ("::FFFF:cb00:714d", "::ffff:203.0.113.0"),
            ("64:ff9b::203.0.113.77", "64:ff9b::"), ("2002:cb00:714d::1", "2002:cb00:7100::"),
            ("1:0:3:4:5:6:7:8", "1:0:3::"),
        ]
    )
    func ip(value: String, expected: String) {
        let result = masked(value) { Mask.ip($0, into: &$1) }
        #expect(result.text == expected && result.result)
    }

    @Test(
        "what is no ip is redacted",
        arguments: [
            "", " ", "1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4", "1.2.3.4:", "1.2.3.4:123456", "1.2.3.4x", "a",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", "1:", ":1", "12345::", "g::1", "[::1", "[::1]x",
            "1:2:3:4:5:6:7:1.2.3.4", "anna@example.org", "fe80::1%",
        ]
    )
    func noIP(value: String) {
        expectRedacted(masked(value) { Mask.ip($0, into: &$1) })
    }

    @Test(
        "email keeps first letters and the top-level domain",
        arguments: [
            ("anna@example.org", "a***@e***.org"), ("anna.smith+tv@mail.example.co.uk", "a***@m***.uk"),
            ("é.dupont@société.fr", "é***@s***.fr"), ("a@b.de", "***@***.de"), (" Anna@Example.ORG ", "A***@E***.ORG"),
            ("j***@e***.com", "j***@e***.com"), ("***@***.de", "***@***.de"),
        ]
    )
    func email(value: String, expected: String) {
        let result = masked(value) { Mask.email($0, into: &$1) }
        #expect(result.text == expected && result.result)
    }

    @Test(
        "what is no email is redacted",
        arguments: [
            "", "anna", "@example.org", "anna@", "anna@example", "a@b@c.de", "anna smith@x.de", "a@x..de", "a@1.2",
        ]
    )
    func noEmail(value: String) {
        expectRedacted(masked(value) { Mask.email($0, into: &$1) })
    }

    @Test(
        "phone keeps the country code and two digits",
        arguments: [
            ("+49 30 1234567", "+49***67"), ("0049 30 1234567", "+49***67"), ("+1 (212) 555-0123", "+1***23"),
            ("+351 912 345 678", "+351***78"), ("+55 11 91234-5678", "+55***78"), ("+44 (0)20 7946 0958", "+44***58"),
            ("030/1234567", "***67"), ("(212) 555-0123", "***23"), ("06.12.34.56.78", "***78"),
            ("+49***67", "+49***67"),
            ("***67", "***67"), ("+1***23", "+1***23"), ("+351***78", "+351***78"),
        ]
    )
    func phone(value: String, expected: String) {
        let result = masked(value) { Mask.phone($0, into: &$1) }
        #expect(result.text == expected && result.result)
    }

    @Test(
        "what is no phone number is redacted",
        arguments: ["", "12", "+0 123 456 789", "call me", "+49", "1234567890123456"])
    func noPhone(value: String) {
        expectRedacted(masked(value) { Mask.phone($0, into: &$1) })
    }

    @Test(
        "card keeps the last four digits",
        arguments: [
            ("4111111111111111", "****1111"), ("4111 1111 1111 1111", "****1111"), ("5500-0000-0000-0004", "****0004"),
            ("378282246310005", "****0005"), ("XXXX-XXXX-XXXX-1111", "****1111"), ("•••• 1111", "****1111"),
            ("****1111", "****1111"),
        ]
    )
    func card(value: String, expected: String) {
        let result = masked(value) { Mask.card($0, into: &$1) }
        #expect(result.text == expected && result.result)
    }

    @Test(
        "what is no card is redacted", arguments: ["", "1111", "4111111111111112", "0000000000000000", "4111", "anna"])
    func noCard(value: String) {
        expectRedacted(masked(value) { Mask.card($0, into: &$1) })
    }

    @Test(
        "name keeps initials",
        arguments: [
            ("Anna Maria Smith", "A. M. S."), ("Jean-Luc Picard", "J. P."), ("Élodie Ñuñez", "É. Ñ."), ("anna", "a."),
            ("A. M. S.", "A. M. S."), ("  (Bob)\tO'Brien ", "B. O."), ("a b c d e f g", "a. b. c. d. e."),
            ("李 小龍", "李. 小."),
        ]
    )
    func name(value: String, expected: String) {
        let result = masked(value) { Mask.name($0, into: &$1) }
        #expect(result.text == expected && result.result)
    }

    @Test("what is no name is redacted", arguments: ["", "   ", "123", "🙂", "[redacted]"])
    func noName(value: String) {
        expectRedacted(masked(value) { Mask.name($0, into: &$1) })
    }

    private func expectRedacted(_ result: (text: String, result: Bool), at location: SourceLocation = #_sourceLocation)
    {
        #expect(result.text == "[redacted]" && !result.result, sourceLocation: location)
    }
}
