import Plugins
import Testing

/// Made-up sentences as people write them to a service; personal values are marked `{label:value}`.
private let corpus = [
    // English
    "Hi, my name is {name:Rachel Green} and I can't log in. My mail is {email:rachel.g@central-perk.com}.",
    "Please call me at {phone:(415) 555-0132} after 5 pm, the charge was $15.49 on 03/04/2024.",
    "I was charged twice on my card {card:4012 8888 8888 1881}, exp 12/27, order 10023345.",
    "We moved to {address:742 Evergreen Terrace, Springfield, OR 97477} last month.",
    "Season 2 episode 10 was the best, 10/10! I watched all 24 episodes in 2 days in 2023.",
    "My IP is {ip:198.51.100.23} and the app version 8.120.0 says error NW-2-5.",
    "Dear Ms {name:Johnson},\nyour case 00482 is closed.\nKind regards,\n{name:Paul Bishop}",
    "You can reach me on {phone:+1 646 555 0175} or {email:tom_k@mail.example.net}.",
    "SSN {ssn:219-09-9999} was on the form that you sent me by mistake.",
    "Mr. {name:Weatherby} told me to write to {address:10 Downing Street, London SW1A 2AA}.",
    "The Matrix (1999) beats 2001: A Space Odyssey. I give it 4.5 stars of 5, runtime 136 min.",
    "i'm locked out, phone {phone:020 7946 0321}, thanks",
    "The router shows {ip:2001:db8:85a3::8a2e:370:7334} since yesterday.",
    "This is {name:Karen} from billing, ref 2024-118-33.",
    "it was directed by Greta Gerwig and made 1,446,000,000 dollars",
    "Can you tell Kevin that we said hello? He lives next door.",
    // German
    "Guten Tag, ich heiße {name:Jörg Schäfer} und wohne in der {address:Goethestraße 14, 80336 München}.",
    "Meine Handynummer ist {phone:0151 23456789}, bitte rufen Sie mich an.",
    "Bitte überweisen Sie auf {iban:DE02 1203 0000 0000 2020 51} bis 31.12.2024.",
    "Mit freundlichen Grüßen\n{name:Ulrike Böhm}",
    "Sehr geehrter Herr {name:Krüger}, Ihre Rechnung über 17,99 € vom 01.02.2024 ist bezahlt.",
    "Die Serie ist super, Staffel 3 Folge 12 hat mich 45 Minuten gefesselt. Platz 1 für mich!",
    "Schreiben Sie an {email:j.schaefer@gmx.de} oder rufen Sie {phone:+49 89 12345678} an.",
    "Hallo zusammen, seit 2019 bin ich Kunde und zahle 12,99 Euro im Monat.",
    "Ich bin {name:Sabine} und mein Konto {iban:DE89370400440532013000} wurde belastet.",
    "Meine Adresse: {address:Am Stadtpark 7, 22303 Hamburg}.",
    // French
    "Bonjour, je m'appelle {name:Hélène Lefèvre}, mon numéro est le {phone:06 12 34 56 78}.",
    "J'habite {address:12 rue de la Paix, 75002 Paris} depuis 2015.",
    "Mon adresse est {email:helene.lefevre@orange.fr}, merci !",
    "Le prélèvement de 13,49 € du 05/06/2024 sur {iban:FR14 2004 1010 0505 0001 3M02 606} est faux.",
    "Cordialement,\n{name:Marc Dubois}",
    "La saison 4 est nulle : 8 épisodes de 50 minutes, 2 étoiles sur 5.",
    "Chère Madame {name:Moreau}, appelez le {phone:+33 1 70 18 99 00}.",
    // Spanish
    "Hola, me llamo {name:Lucía Fernández} y vivo en la {address:Calle de Alcalá, 45, 28014 Madrid}.",
    "Mi teléfono es {phone:612 345 678} y mi correo {email:lucia.f@correo.es}.",
    "La tarjeta {card:5555-5555-5555-4444} fue rechazada el 12-05-2024 por 12,99 €.",
    "Estimada Sra. {name:Ortega}:\nLe escribo por el cobro.\nUn saludo,\n{name:Diego Ruiz}",
    "Vi 3 temporadas en 2 semanas, un 9 de 10. ¡Qué final!",
    "Mi nombre es {name:Álvaro Núñez}, IBAN {iban:ES91 2100 0418 4502 0005 1332}.",
    // Portuguese
    "Olá, meu nome é {name:João da Silva}, CPF {cpf:111.444.777-35}.",
    "Moro na {address:Rua Augusta, 1500, 01304-001 São Paulo} e meu WhatsApp é {phone:(11) 98765-4321}.",
    "Meu e-mail é {email:joao.silva@exemplo.com.br}, cobraram R$ 39,90 em 10/03/2024.",
    "Atenciosamente,\n{name:Mariana Costa}",
    "A série tem 5 temporadas e 62 episódios, nota 9,5. Melhor de 2013.",
    "Prezada {name:Beatriz}, ligue para {phone:+351 912 345 678}.",
    "O cartão {card:378282246310005} foi clonado, IP {ip:203.0.113.9}.",
]

/// What must be found, and how much of what is found must be right. Names and addresses are known by patterns only.
private let floors: [(label: String, recall: Double, precision: Double)] = [
    ("email", 1, 1), ("phone", 0.95, 0.95), ("card", 1, 1), ("iban", 1, 1), ("ip", 1, 1), ("ssn", 1, 1), ("cpf", 1, 1),
    ("address", 0.8, 0.9), ("name", 0.9, 0.9),
]

@Suite("Masking on a labelled corpus")
struct MaskCorpusTests {
    private struct Score {
        var found = 0
        var missed = 0
        var wrong = 0

        var recall: Double { Double(found) / Double(max(1, found + missed)) }
        var precision: Double { Double(found) / Double(max(1, found + wrong)) }
    }

    @Test("recall and precision per entity, in five languages, stay above their floors")
    func scores() {
        var scores: [String: Score] = [:]
        for sentence in corpus { score(sentence, into: &scores) }
        for floor in floors {
            let score = scores[floor.label] ?? Score()
            print(
                "mask.text \(floor.label): recall \(score.recall) of \(score.found + score.missed),",
                "precision \(score.precision)"
            )
            #expect(score.recall >= floor.recall, "\(floor.label)")
            #expect(score.precision >= floor.precision, "\(floor.label)")
        }
    }

    private func score(_ sentence: String, into scores: inout [String: Score]) {
        let (plain, values) = parse(sentence)
        let output = maskedText(plain)
        let template = values.reduce(plain) { $0.split(separator: $1.value).joined(separator: " ") }
        for label in floors.map(\.label) {
            let expected = values.filter { $0.label == label }
            let found = expected.filter { isGone($0.value, from: output, template: template) }.count
            let reported = output.split(separator: "[\(label)]", omittingEmptySubsequences: false).count - 1
            let right = min(found, reported)
            scores[label, default: Score()].found += right
            scores[label, default: Score()].missed += expected.count - right
            scores[label, default: Score()].wrong += reported - right
            if right != expected.count || reported != right { print("mask.text \(label): \(output)") }
        }
    }

    /// Whether no word of the value is left, not counting words that the sentence has elsewhere too.
    private func isGone(_ value: String, from output: String, template: String) -> Bool {
        value.split(separator: " ").allSatisfy { word in
            word.count < 3 || template.contains(word) || !output.contains(word)
        }
    }

    private func parse(_ sentence: String) -> (plain: String, values: [(label: String, value: String)]) {
        var plain = ""
        var values: [(label: String, value: String)] = []
        for (index, part) in sentence.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let colon = part.firstIndex(of: ":"), let close = part.firstIndex(of: "}") else {
                plain += part
                continue
            }
            let value = String(part[part.index(after: colon)..<close])
            values.append((String(part[..<colon]), value))
            plain += value + part[part.index(after: close)...]
        }
        return (plain, values)
    }
}
