extension CueIndex {
    /// Every phrase, in the order in which those that begin alike are tried.
    static var all: [Cue] {
        statements + presentations + greetings + honorifics + relations + closings + labels + numbers
    }

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
                "o meu nome é", "me chamo", "chamo-me", "eu me chamo", "meu nome e", "mon nom c'est", "mi chiamo",
                "il mio nome è", "mijn naam is", "ik heet",
            ])
    }

    private static var presentations: [Cue] {
        cues(
            .presentation,
            [
                "this is", "i'm", "i am", "hier ist", "hier spricht", "ich bin", "je suis", "ici", "c'est",
                "il s'appelle", "elle s'appelle", "il s'appelait", "soy", "aquí", "habla", "le atiende", "sou o",
                "sou a", "aqui é o", "aqui é a", "aqui é", "fala o", "fala a", "sono", "sono il signor",
                "sono la signora", "ik ben", "u spreekt met", "je spreekt met", "signed", "gezeichnet",
                "gez", "spoke to", "spoke with", "speak to", "speak with", "talked to", "talked with", "ask for",
                "spreche mit", "sprach mit", "gesprochen mit", "parlé à", "parlé avec", "demandez", "hablé con",
                "hablado con", "pregunten por", "pregunte por", "me atendió", "falei com", "sprak met",
                "gesproken met", "parlato con", "mi ha risposto", "account holder", "kontoinhaber",
                "kontoinhaberin", "titulaire", "titular", "titolare", "intestatario", "intestato a", "intestata a",
                "rekeninghouder", "ten name van", "t.n.v.", "au nom de", "a nombre de", "em nome de", "a nome di",
                "on behalf of", "under the name", "lautend auf",
            ])
    }

    private static var greetings: [Cue] {
        cues(
            .greeting,
            [
                "dear", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "hallo", "liebe",
                "lieber", "sehr geehrte", "sehr geehrter", "guten tag", "guten morgen", "guten abend", "cher", "chère",
                "bonjour", "bonsoir", "salut", "querido", "querida", "estimado", "estimada", "hola", "buenos días",
                "buenas tardes", "buenas noches", "caro", "cara", "prezado", "prezada", "olá", "oi", "bom dia",
                "boa tarde", "gentile", "gentilissimo", "gentilissima", "egregio", "egregia", "ciao", "buongiorno",
                "buonasera", "salve", "beste", "geachte", "goedemorgen", "goedemiddag", "goedenavond", "goedendag",
                "dag", "thanks", "thank you", "danke", "merci", "gracias", "obrigado", "obrigada", "grazie", "bedankt",
            ])
    }

    private static var honorifics: [Cue] {
        cues(
            .honorific,
            [
                "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "herrn", "hr", "frau", "fr", "familie", "fam",

                "monsieur", "madame", "mademoiselle", "mme", "mlle", "señor", "señora", "señorita", "sr", "sra", "srta",
                "don", "doña", "senhor", "senhora", "dona", "dra", "signor", "signore", "signora", "signorina", "sig",
                "sig.ra", "dott", "dott.ssa", "avv", "ing", "meneer", "mevrouw", "mevr", "heer", "dhr", "mw", "de heer",
            ])
    }

    private static var relations: [Cue] {
        cues(
            .possessive,
            [
                "my", "our", "mein", "meine", "meinem", "meinen", "meiner", "unser", "unsere", "mon", "ma", "notre",
                "mi", "nuestro", "nuestra", "meu", "minha", "mio", "mia", "nostro", "nostra", "mijn", "onze", "ons",
            ])
    }

    private static var closings: [Cue] {
        cues(
            .closing,
            [
                "best regards", "kind regards", "warm regards", "regards", "yours sincerely", "yours truly",
                "yours faithfully", "sincerely", "best wishes", "best", "cheers", "thanks", "many thanks",
                "thank you", "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß",
                "mit besten grüßen", "freundliche grüße", "viele grüße", "liebe grüße", "beste grüße", "schöne grüße",
                "herzliche grüße", "gruß", "grüße", "mfg", "lg", "vg", "danke", "vielen dank", "cordialement",
                "bien cordialement", "bien à vous", "sincères salutations", "meilleures salutations", "amicalement",
                "merci", "saludos", "saludos cordiales", "un saludo", "un cordial saludo", "atentamente",
                "cordialmente", "gracias", "muchas gracias", "atenciosamente", "att", "cumprimentos",
                "com os melhores cumprimentos", "abraços", "abraço", "um abraço", "obrigado", "obrigada", "grato",
                "grata", "saluti", "cordiali saluti", "distinti saluti", "cari saluti", "un saluto", "un caro saluto",
                "con i migliori saluti", "a presto", "grazie", "grazie mille", "met vriendelijke groet",
                "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "hartelijke groet",
                "hartelijke groeten", "groet", "groeten", "groetjes", "mvg", "bedankt", "alvast bedankt", "signed",
            ])
    }

    private static var labels: [Cue] {
        cues(
            .label,
            [
                "name", "full name", "first name", "last name", "surname", "customer name", "vorname", "nachname",
                "familienname", "nom", "prénom", "nombre", "apellido", "apellidos", "nome", "sobrenome", "apelido",
                "nome completo", "nombre completo", "cognome", "naam", "voornaam", "achternaam", "cardholder",
                "account holder", "karteninhaber", "kontoinhaber", "titulaire", "titular", "titolare", "intestatario",
                "rekeninghouder", "kaarthouder",
            ])
    }

    private static var numbers: [Cue] {
        cues(
            .phone,
            [
                "phone", "phone number", "telephone", "tel", "mobile", "cell", "call me at", "call me on",
                "call", "fax", "whatsapp", "sms", "text me at", "my number is", "my number:", "telefon",
                "telefonnummer", "handy", "handynummer", "mobil", "mobilnummer", "rufnummer", "ruf",
                "meine nummer ist", "meine nummer:", "téléphone", "portable", "numéro de téléphone",
                "mon numéro est", "mon numéro :", "mon numéro:", "teléfono", "móvil", "celular", "llámame al",
                "mi número es", "mi número:", "telefone", "telemóvel", "telemovel", "tlf", "ligue",
                "número de teléfono", "número de telefone", "telefono", "cellulare", "il mio numero è",
                "il mio numero:", "telefoonnummer", "telefoon", "mobiel", "mijn nummer is", "mijn nummer:",
            ])
            + cues(
                .card,
                [
                    "card", "card number", "credit card", "creditcard", "karte", "kartennummer", "kreditkarte", "carte",
                    "carte bancaire", "tarjeta", "cartão", "carta di credito", "kaart", "kaartnummer",
                ])
            + cues(
                .residence,
                [
                    "live at", "lives at", "living at", "live on", "lives on", "address is", "address:", "address to",
                    "moved to", "moving to", "wohne", "wohnt", "wohnen", "wohnhaft", "adresse", "anschrift",
                    "umgezogen",
                    "adresse :", "adresse est", "habite", "habitons", "dirección", "dirección es", "vivo en",
                    "vivimos en",
                    "endereço", "moro na", "moro no", "indirizzo", "abito in", "abitiamo in", "adres", "adres is",
                    "woon", "woont", "wonen",
                ])
            + cues(
                .box,
                [
                    "p.o. box", "p.o.box", "po box", "postfach", "postbus", "casella postale", "boîte postale",
                    "apartado de correos", "apartado postal", "caixa postal",
                ])
            + cues(
                .postal,
                [
                    "zip", "zip code", "zipcode", "postcode", "postal code", "plz", "postleitzahl", "code postal",
                    "código postal", "cep", "cp", "cap",
                ])
    }
}
