/// Short lists of words that decide what is a name or an address.
enum Vocabulary {
    /// Small words inside of names.
    static let particles: [StaticString] = [
        "von", "vom", "van", "der", "den", "zu", "de", "del", "da", "do", "dos", "das", "di", "du", "des", "la",
        "las",
        "los", "le", "y", "e", "bin", "al", "ter", "ten", "of", "the", "des", "l",
    ]

    /// Words that are written with a capital after a greeting or a phrase without being a name.
    static let notNames: [StaticString] = [
        // English
        "team", "support", "customer", "customers", "service", "netflix", "sir", "madam", "all", "everyone",
        "everybody",
        "there", "friend", "friends", "folks", "guys", "i", "we", "you", "it", "the", "this", "that", "my", "your",
        "a",
        "an", "in", "on", "at", "is", "not", "no", "and", "but", "for", "from", "great", "good", "so", "what", "why",
        "how", "please", "thanks", "hi", "hello", "sorry", "yes", "ok", "help", "desk", "mom", "dad", "english",
        "american", "german", "french", "spanish", "british", "canadian", "netflix's", "god", "can", "could", "would",
        "when", "where", "if", "after", "listed", "spelled", "wrong", "misspelled", "written", "shown", "just",
        "only",
        "very", "now", "still", "also", "one", "disney", "hbo", "amazon", "best", "regards", "as", "to", "with",
        "unknown", "none", "required", "dvd", "tv", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday",
        "sunday",
        // German
        "damen", "herren", "kunde", "kundin", "kunden", "kundenservice", "kundendienst", "zusammen", "leute",
        "freunde",
        "ich", "sie", "wir", "es", "das", "der", "die", "mein", "meine", "nicht", "student", "studentin", "fan",
        "mutter",
        "vater", "rentner", "rentnerin", "abonnent", "abonnentin", "deutscher", "deutsche", "mitglied", "und",
        "doktor",
        "lehrer", "lehrerin", "nutzer", "nutzerin", "wie", "was", "warum", "bitte", "danke", "ja", "nein", "ein",
        "eine",
        "hilfe", "falsch", "anfänger", "neukunde", "grüße", "gemeinde", "hier", "mal", "schon", "liebe",
        // French
        "équipe", "client", "cliente", "clients", "monsieur", "madame", "messieurs", "mesdames", "tous", "toutes",
        "je", "nous", "vous", "il", "elle", "on", "le", "la", "les", "un", "une", "mon", "ma", "pas", "abonné",
        "abonnée",
        "français", "française", "merci", "bonjour", "paris", "ce", "que", "pour", "mal", "et", "netflix", "c",
        // Spanish and Portuguese
        "equipo", "amigo", "amigos", "amiga", "señores", "señor", "señora", "yo", "el", "los", "las", "una", "mi",
        "muy",
        "por", "gracias", "hola", "equipe", "time", "suporte", "soporte", "todos", "todas", "senhores", "senhor",
        "senhora", "eu", "o", "os", "as", "um", "uma", "meu", "minha", "não", "por", "favor", "obrigado", "obrigada",
        "pessoal", "gente", "y", "e", "la", "cliente", "español", "brasil", "españa", "está", "tudo", "atendimento",
    ]

    /// Words that follow the name of a street in English.
    static let streetsAfter: [StaticString] = [
        "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "boulevard", "blvd", "court",
        "ct",
        "place", "pl", "way", "terrace", "square", "sq", "highway", "hwy", "parkway", "pkwy", "close", "crescent",
        "gardens", "mews", "row", "circle", "trail",
    ]

    /// Words that stand before the name of a street in French, Spanish and Portuguese.
    static let streetsBefore: [StaticString] = [
        "rue", "avenue", "av", "boulevard", "bd", "place", "allée", "chemin", "impasse", "quai", "cours", "route",
        "square", "passage", "calle", "avenida", "avda", "paseo", "plaza", "carrera", "camino", "ronda", "rua",
        "travessa", "praça", "praca", "alameda", "estrada", "rodovia", "largo",
    ]

    /// Endings of German street names, which are also words of their own.
    static let streetEndings: [StaticString] = [
        "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer", "chaussee", "steig",
        "markt",
    ]

    /// Words with which German street names of several words start.
    static let streetPrepositions: [StaticString] = ["am", "an", "auf", "im", "in", "unter", "vor", "zum", "zur"]

    /// Words before the number of a flat or a floor.
    static let units: [StaticString] = [
        "apt", "apartment", "apto", "ap", "unit", "suite", "ste", "piso", "appt", "bloco", "whg", "flat", "floor",
        "andar",
    ]

    /// Cities that are known to be ones when a postal code stands at them.
    static let cities: [StaticString] = [
        "berlin", "hamburg", "münchen", "köln", "frankfurt", "stuttgart", "düsseldorf", "leipzig", "dresden",
        "bremen",
        "hannover", "nürnberg", "essen", "dortmund", "bonn", "wien", "zürich", "basel", "bern", "genève", "paris",
        "lyon",
        "marseille", "toulouse", "nice", "nantes", "strasbourg", "bordeaux", "lille", "rennes", "montpellier",
        "madrid",
        "barcelona", "valencia", "sevilla", "zaragoza", "málaga", "bilbao", "lisboa", "porto", "braga", "coimbra",
        "bruxelles", "london", "manchester", "chicago", "boston", "seattle", "houston", "dallas", "miami", "denver",
    ]
}
