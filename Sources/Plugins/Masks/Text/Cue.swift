/// A phrase that says what the words or digits behind it are.
struct Cue {
    enum Kind: UInt8 {
        /// "My name is": any word that follows is a name.
        case statement
        /// "This is": a capitalised word that follows is a name.
        case presentation
        /// "Dear": likewise.
        case greeting
        /// "Mrs": likewise, after an optional full stop.
        case honorific
        /// "Regards,": the next line is a name.
        case closing
        /// "Name:": what follows the colon is a name.
        case label
        /// "Phone": the next number is one.
        case phone
        /// "ZIP": the next number is a postal code.
        case postal
    }

    /// Small letters; a blank stands for blanks, an apostrophe for any apostrophe.
    let phrase: StaticString
    let kind: Kind

    /// Where the phrase ends if it stands at `start` and ends with a word.
    func end(in text: MaskedBytes, at start: Int) -> Int? {
        let length = phrase.utf8CodeUnitCount
        let bytes = phrase.utf8Start
        var index = start
        var offset = 0
        while offset < length {
            switch bytes[offset] {
            case 0x20:
                var blanks = 0
                while blanks < 3, text.blankLength(at: index) > 0 {
                    index += text.blankLength(at: index)
                    blanks += 1
                }
                guard blanks > 0 else { return nil }
            case 0x27:
                let apostrophe = text.apostropheLength(at: index)
                guard apostrophe > 0 else { return nil }
                index += apostrophe
            default:
                guard text.folded(at: index) == bytes[offset] else { return nil }
                index += 1
            }
            offset += 1
        }
        return text.wordLength(at: index) == 0 ? index : nil
    }
}

/// All cues, found by their first byte.
struct CueIndex {
    static let shared = CueIndex()

    private let cues: [Cue]
    private let starts: [UInt16]

    private init() {
        var sorted: [Cue] = []
        var starts: [UInt16] = []
        let all = CueIndex.statements + CueIndex.greetings + CueIndex.closings + CueIndex.labels
        for first in 0..<256 {
            starts.append(UInt16(sorted.count))
            for cue in all where Int(cue.phrase.utf8Start[0]) == first { sorted.append(cue) }
        }
        starts.append(UInt16(sorted.count))
        cues = sorted
        self.starts = starts
    }

    /// The cues that start with `byte`, in the order in which they are to be tried.
    @inline(__always)
    func candidates(for byte: UInt8) -> ArraySlice<Cue> {
        cues[Int(starts[Int(byte)])..<Int(starts[Int(byte) + 1])]
    }
}

extension CueIndex {
    private static func cues(_ kind: Cue.Kind, _ phrases: [StaticString]) -> [Cue] {
        phrases.map { Cue(phrase: $0, kind: kind) }
    }

    private static var statements: [Cue] {
        cues(
            .statement,
            [
                "my name is", "my name's", "my full name is", "my first name is", "my last name is", "my surname is",
                "i am called", "mein name ist", "mein name lautet", "ich heiße", "ich heisse", "je m'appelle",
                "mon nom est", "mon prénom est", "me llamo", "mi nombre es", "mi apellido es", "meu nome é",
                "o meu nome é", "me chamo", "chamo-me", "eu me chamo", "meu nome e", "mon nom c'est",
            ]
        )
            + cues(
                .presentation,
                [
                    "this is", "i'm", "i am", "hier ist", "hier spricht", "ich bin", "je suis", "ici", "c'est",
                    "soy", "aquí", "habla", "sou o", "sou a", "aqui é o", "aqui é a", "aqui é", "fala o", "fala a",
                    "signed", "gezeichnet", "gez",
                ]
            )
    }

    private static var greetings: [Cue] {
        cues(
            .greeting,
            [
                "dear", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "hallo", "liebe",
                "lieber", "sehr geehrte", "sehr geehrter", "guten tag", "guten morgen", "cher", "chère", "bonjour",
                "bonsoir", "salut", "querido", "querida", "estimado", "estimada", "hola", "buenos días",
                "buenas tardes", "caro", "cara", "prezado", "prezada", "olá", "oi", "bom dia", "boa tarde", "thanks",
                "thank you", "danke", "merci", "gracias", "obrigado", "obrigada",
            ]
        )
            + cues(
                .honorific,
                [
                    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "herrn", "frau", "monsieur", "madame",
                    "mademoiselle", "mme", "mlle", "señor", "señora", "señorita", "sr", "sra", "srta", "don", "doña",
                    "senhor", "senhora", "dona", "dra",
                ]
            )
    }

    private static var closings: [Cue] {
        cues(
            .closing,
            [
                "best regards", "kind regards", "warm regards", "regards", "yours sincerely", "yours truly",
                "yours faithfully", "sincerely", "best wishes", "best", "cheers", "thanks", "many thanks",
                "thank you", "mit freundlichen grüßen", "mit freundlichen grüssen", "freundliche grüße",
                "viele grüße", "liebe grüße", "beste grüße", "schöne grüße", "gruß", "grüße", "mfg", "lg", "vg",
                "danke", "vielen dank", "cordialement", "bien cordialement", "bien à vous", "sincères salutations",
                "meilleures salutations", "amicalement", "merci", "saludos", "saludos cordiales", "un saludo",
                "un cordial saludo", "atentamente", "cordialmente", "gracias", "muchas gracias", "atenciosamente",
                "att", "cumprimentos", "com os melhores cumprimentos", "abraços", "abraço", "um abraço", "obrigado",
                "obrigada", "grato", "grata",
            ]
        )
    }

    private static var labels: [Cue] {
        cues(
            .label,
            [
                "name", "full name", "first name", "last name", "surname", "customer name", "vorname", "nachname",
                "familienname", "nom", "prénom", "nombre", "apellido", "apellidos", "nome", "sobrenome", "apelido",
                "nome completo", "nombre completo", "cardholder", "account holder", "karteninhaber", "kontoinhaber",
                "titulaire", "titular",
            ]
        )
            + cues(
                .phone,
                [
                    "phone", "phone number", "telephone", "tel", "mobile", "cell", "call me at", "call me on",
                    "call", "fax", "whatsapp", "sms", "text me at", "telefon", "telefonnummer", "handy",
                    "handynummer", "mobil", "mobilnummer", "rufnummer", "ruf", "téléphone", "portable",
                    "numéro de téléphone", "teléfono", "móvil", "celular", "llámame al", "telefone", "telemóvel",
                    "telemovel", "tlf", "ligue", "número de teléfono", "número de telefone",
                ]
            )
            + cues(
                .postal,
                [
                    "zip", "zip code", "zipcode", "postcode", "postal code", "plz", "postleitzahl", "code postal",
                    "código postal", "cep", "cp",
                ]
            )
    }
}
