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

    @Test(
        "e-mail addresses that are spelled out",
        arguments: [
            "anna (at) example dot org", "anna.k [at] example.org", "anna at example dot co dot uk",
            "a.k at example.org",
            "anna AT example DOT org", "anna(at)example.org", "anna arroba ejemplo punto es",
            "anna {at} example (dot) org",
            "anna dot k at example dot org", "anna chiocciola esempio punto it", "anna <at> example.org",
        ])
    func spelledEmails(address: String) {
        #expect(maskedText("x \(address), y") == "x [email], y")
        #expect(maskedText("Mail: \(address).") == "Mail: [email].")
    }

    @Test(
        "what is at a place is no e-mail address",
        arguments: [
            "look at imdb.com", "I was at home", "at point 5", "season 2 at 8.30", "watch it at Netflix dot",
            "a (at) b", "(at)",
        ])
    func noSpelledEmails(text: String) {
        #expect(maskedText("x \(text) y") == "x \(text) y")
    }

    @Test(
        "an extension goes with its number",
        arguments: [
            "(312) 555-0148 ext. 22", "+1 212 555 0187 x204", "+1-212-555-0187x204", "020 7946 0118 extension 31",
            "040 555 0123 Durchwahl 45", "01 99 00 12 34 poste 12", "212-555-0187 (ext. 5)",
        ])
    func extensions(number: String) {
        #expect(maskedText("x \(number), y") == "x [phone], y")
    }

    @Test(
        "a card has a length that its first digits have, and stands in the groups of cards",
        arguments: [
            ("4111-1111-1111-1111", "[card]"), ("3782 822463 10005", "[card]"), ("180016070420458", "[card]"),
            ("4111 1111 1111 1111 12/27", "[card] 12/27"), ("8111 1111 1111 1116", "8111 1111 1111 1116"),
            ("card 675984103431", "card [card]"), ("no. 675984103431", "no. 675984103431"),
            ("4111-1111-1111-1111-2", "4111-1111-1111-1111-2"), ("1234-5678901-2345", "1234-5678901-2345"),
        ])
    func cards(text: String, expected: String) {
        #expect(maskedText("x \(text), y") == "x \(expected), y")
    }

    @Test("the version of a program is no IP address")
    func versions() {
        for text in ["version 4.2.0.118", "App 4.2.0.118", "Firmware: 12.0.3.118"] { #expect(maskedText(text) == text) }
        #expect(maskedText("server 4.2.0.118") == "server [ip]")
    }

    @Test("who speaks in a conversation is a name, a role is none, and neither is a heading")
    func speakers() {
        #expect(maskedText("Anna Novak: hi\nSupport: hello") == "[name]: hi\nSupport: hello")
        #expect(maskedText("[14:02] Anna: hi\n[14:03] Agent Sam: ok") == "[14:02] [name]: hi\n[14:03] Agent [name]: ok")
        #expect(maskedText("Mad Max: Fury Road") == "Mad Max: Fury Road")
        #expect(maskedText("Router: old\nProblem: none") == "Router: old\nProblem: none")
    }

    @Test("a name that was found once is found elsewhere too, before and after")
    func repeatedNames() {
        #expect(maskedText("Anna here. Yours,\nRegards,\nAnna Novak") == "[name] here. Yours,\nRegards,\n[name]")
        #expect(
            maskedText("Dear Olivia, sorry, Olivia's box and oliviana")
                == "Dear [name], sorry, [name]'s box and oliviana")
    }

    @Test(
        "who somebody is to the writer introduces a name",
        arguments: [
            ("my sister Anna saw it", "my sister [name] saw it"),
            ("Mein Mann Torsten schläft", "Mein Mann [name] schläft"),
            ("mi hija Nerea y yo", "mi hija [name] y yo"), ("mijn broer Jelle", "mijn broer [name]"),
            ("my sister saw it", "my sister saw it"), ("my Netflix account", "my Netflix account"),
            ("ma sœur Chloé", "ma sœur [name]"), ("My Brother Is An Only Child", "My Brother Is An Only Child"),
        ])
    func relatives(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test("a phrase that is written as a title is none")
    func titles() {
        for text in ["This Is Spinal Tap", "My Name Is Nobody", "21 Jump Street", "Dr. Strangelove"] {
            #expect(maskedText(text) == text)
        }
        #expect(maskedText("MY NAME IS ANNA") == "MY NAME IS [name]")
    }

    @Test(
        "addresses in Italian and Dutch, and parts of addresses",
        arguments: [
            ("via Garibaldi 12, 00184 Roma", "[address]"), ("Viale Europa, 9, 37138 Verona (VR)", "[address]"),
            ("Kerkstraat 12, 1017 GC Amsterdam", "[address]"), ("Keizersgracht 214-II", "[address]"),
            ("Lange Nieuwstraat 36 bis", "[address]"), ("Schulgasse 2, A-8010 Graz", "[address]"),
            ("C/ Mayor 8, 3º B, 50001 Zaragoza", "[address]"), ("Kungsgatan 5", "Kungsgatan 5"),
            ("9 Elm Street, Boulder, Colorado 80302", "[address]"), ("P.O. Box 287, Bristol", "[address]"),
            ("Postfach 1234", "[address]"), ("Postcode 1012 JS", "Postcode [address]"), ("via Skype", "via Skype"),
            ("Hauptstraße 5, Telefon 030", "[address], Telefon 030"), ("5 Oak Road. Thanks", "[address]. Thanks"),
        ])
    func moreAddresses(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test(
        "behind a phrase for where somebody lives, any name and number are an address",
        arguments: [
            ("I live at Kungsgatan 5, 111 56 Stockholm.", "I live at [address]."),
            ("Ich wohne Am Sonnenhang 12 in Bern", "Ich wohne [address] in Bern"),
            ("Adresse: Nordwall 3", "Adresse: [address]"), ("my address is 14 Hilltop", "my address is [address]"),
            ("Indirizzo IP 192.0.2.1", "Indirizzo IP [ip]"), ("wohne in Berlin 3 Jahre", "wohne in Berlin 3 Jahre"),
            ("we moved to Spain", "we moved to Spain"),
            ("he lives at home, 7 of 10", "he lives at home, 7 of 10"),
        ])
    func residences(text: String, expected: String) {
        #expect(maskedText(text) == expected)
    }

    @Test("the count of replacements is returned, 0 for a text that stays as it is")
    func count() {
        #expect(masked("a@b.de, c@d.de") { Mask.text($0, into: &$1) }.result == 2)
        #expect(masked("A great film 🙂, 10/10. Très bien!") { Mask.text($0, into: &$1) }.result == 0)
    }
}
