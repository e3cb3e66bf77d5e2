import Plugins
import Testing

@Suite("Masking free text")
struct MaskTextTests {
    @Test(
        "mail addresses, IP addresses and URLs",
        arguments: [
            ("mail anna.smith+tv@mail.example.co.uk.", "mail [email]."), ("<anna@example.org>, ok", "<[email]>, ok"),
            ("“maría@ejemplo.es”", "“[email]”"), ("mailto:a@b.de", "mailto:[email]"), ("\"a b\"@x.de", "[email]"),
            ("follow @netflix or foo@bar", "follow @netflix or foo@bar"), ("0612345678@free.fr", "[email]"),
            ("from 203.0.113.77:443!", "from [ip]:443!"), ("version 1.2.3 of 5.6", "version 1.2.3 of 5.6"),
            ("at fe80::1%eth0, [2001:db8::1]:80", "at [ip], [[ip]]:80"), ("10:30:45", "10:30:45"),
            ("std::vector", "std::vector"),
            ("https://u:p@example.org/x", "[url]"),
            ("see https://example.org/title/80057281.", "see https://example.org/title/80057281."),
            ("(https://x.org/a?email=anna&t=1)", "(https://x.org/a?[query])"),
            ("http://10.0.0.1/a#t=9 ok", "http://[ip]/a#[query] ok"),
        ]
    )
    func network(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test(
        "cards, accounts, tax and social security numbers",
        arguments: [
            ("card 4111 1111 1111 1111 12/27", "card [card] 12/27"), ("(4111-1111-1111-1111)", "([card])"),
            ("4111 1111 1111 1112", "4111 1111 1111 1112"), ("378282246310005", "[card]"),
            ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [iban]."), ("GB82WEST12345698765432", "[iban]"),
            ("GB82WEST12345698765431", "GB82WEST12345698765431"), ("fr1420041010050500013m02606", "[iban]"),
            ("SSN 123-45-6789", "SSN [ssn]"), ("000-45-6789", "000-45-6789"), ("CPF 529.982.247-25", "CPF [cpf]"),
            ("52998224725", "[cpf]"), ("529.982.247-24", "529.982.247-24"),
        ]
    )
    func payment(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test(
        "phone numbers",
        arguments: [
            "+49 30 1234567", "0049 30 1234567", "+1 (212) 555-0123", "(212) 555-0123", "212-555-0123", "212.555.0123",
            "1-800-555-0199", "+44 (0)20 7946 0958", "020 7946 0958", "0171/1234567", "(030) 1234567", "06 12 34 56 78",
            "06.12.34.56.78", "+33 6 12 34 56 78", "612 345 678", "612 34 56 78", "+34 612 345 678", "912 345 678",
            "(11) 91234-5678", "11 91234-5678", "91234-5678", "+55 11 91234-5678", "+351 912\u{a0}345\u{a0}678",
        ]
    )
    func phones(number: String) {
        #expect(maskedText("x \(number), y") == "x [phone], y")
        #expect(maskedText(number) == "[phone]")
    }

    @Test(
        "dates, prices, years, counts and identifiers are no phone numbers",
        arguments: [
            "01.02.2024", "2024-01-02 12:30:45", "03/04/2024 12:30", "2019-2023", "1.299,00 €", "€ 612 345 678",
            "$1,299.00",
            "123 456 789 EUR", "10 000 000", "S01E05", "title 80057281", "0.1234567890", "3.14159265358",
            "550e8400-e29b-41d4-a716-446655440000", "1080p", "24/7", "9 of 10", "2001", "#4155550123", "12,345,678,901",
        ]
    )
    func noPhones(text: String) {
        #expect(maskedText("x \(text), y") == "x \(text), y")
    }

    @Test("a word before a number makes shorter ones phone numbers too")
    func phoneCue() {
        #expect(maskedText("Tel.: 123 4567") == "Tel.: [phone]")
        #expect(maskedText("Meine Handynummer: 1234567") == "Meine Handynummer: [phone]")
        #expect(maskedText("llámame al 234 567") == "llámame al [phone]")
    }

    @Test(
        "addresses",
        arguments: [
            ("at 221B Baker Street, London NW1 6XE!", "at [address]!"),
            ("1600 Pennsylvania Ave., Washington, DC 20500.", "[address]."),
            ("350 5th Ave, Apt 12, New York, NY 10118-0001", "[address]"), ("Lindenstr. 5, 10969 Berlin", "[address]"),
            ("in der Berliner Straße 12a", "in der [address]"), ("Karl-Marx-Allee 12", "[address]"),
            ("12 bis rue de la République, 75001 Paris", "[address]"), ("Calle Mayor, 3, 28013 Madrid", "[address]"),
            ("Rua das Flores nº 10", "[address]"), ("Avenida Paulista, 1578, 01310-200 São Paulo", "[address]"),
            ("PLZ 10969", "PLZ [address]"), ("in 10115 Berlin", "in [address]"), ("1100-148 Lisboa", "[address]"),
            ("SW1A 1AA", "[address]"), ("auf Platz 5", "auf Platz 5"), ("20000 Menschen", "20000 Menschen"),
            ("I saw 3 episodes on the way", "I saw 3 episodes on the way"),
        ]
    )
    func addresses(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test(
        "names after phrases",
        arguments: [
            ("My name is Anna Smith and I", "My name is [name] and I"), ("my name is anna", "my name is [name]"),
            ("Ich heiße Jürgen von der Heide.", "Ich heiße [name]."),
            ("Je m’appelle Anne-Marie d'Arc", "Je m’appelle [name]"),
            ("me llamo María José.", "me llamo [name]."), ("Meu nome é João da Silva", "Meu nome é [name]"),
            ("Best regards,\nAnna", "Best regards,\n[name]"),
            ("Regards,\r\n\r\nanna smith\r\n", "Regards,\r\n\r\n[name]\r\n"),
            ("Mit freundlichen Grüßen\nÖzgür Ünal", "Mit freundlichen Grüßen\n[name]"),
            ("Dear Ms. O'Brien,", "Dear Ms. [name],"),
            ("Sehr geehrte Frau Müller", "Sehr geehrte Frau [name]"), ("Dear Netflix team", "Dear Netflix team"),
            ("Dear Sir or Madam", "Dear Sir or Madam"), ("Name: john doe", "Name: [name]"), ("I'm happy", "I'm happy"),
        ]
    )
    func names(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test("the count of replacements is returned, 0 for a text that stays as it is")
    func count() {
        #expect(masked("a@b.de, c@d.de") { Mask.text($0, into: &$1) }.result == 2)
        #expect(masked("A great film 🙂, 10/10. Très bien!") { Mask.text($0, into: &$1) }.result == 0)
    }
}
