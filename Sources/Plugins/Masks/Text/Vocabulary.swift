/// Short lists of words that decide what is a name or an address.
enum Vocabulary {
    /// Small words inside of names.
    static let particles: [StaticString] = [
        "von", "vom", "van", "der", "den", "zu", "de", "del", "da", "do", "dos", "das", "di", "du", "des", "la",
        "las",
        "los", "le", "y", "e", "bin", "al", "el", "ter", "ten", "te", "op", "of", "the", "l", "dei", "degli", "della",
        "delle", "dello", "dell", "lo", "d", "zur", "zum", "het", "'t", "t",
    ]

    /// Those that are also written with a capital: Le Goff, El Amrani.
    static let articles: [StaticString] = ["le", "la", "el", "los", "las", "de", "du", "der", "das", "den", "al", "lo"]

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
        // Italian and Dutch
        "team", "cliente", "clienti", "signori", "tutti", "ragazzi", "amici", "io", "noi", "lei", "il", "lo", "gli",
        "un", "non", "buongiorno", "buonasera", "grazie", "servizio", "assistenza", "italiano", "italiana", "italia",
        "heer", "mevrouw", "klant", "klanten", "klantenservice", "klantendienst", "allemaal", "iedereen", "mensen",
        "ik", "wij", "jullie", "het", "een", "geen", "goedemiddag", "goedemorgen", "hallo", "nederland", "nederlands",
        // Programs and pages
        "facebook", "instagram", "google", "youtube", "whatsapp", "imdb", "apple", "android", "premium", "standard",
        "internet", "login", "account", "konto", "billing", "manager", "management", "accounting", "sales",
        "technical", "someone", "anyone", "nobody", "season", "staffel", "episode", "folge",
        // Those whom titles call by a form of address
        "robot", "strangelove", "bean", "zhivago", "dolittle", "doubtfire", "maisel", "marple", "moriarty", "spock",
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
        "travessa", "praça", "praca", "alameda", "estrada", "rodovia", "largo", "via", "viale", "piazza", "piazzale",
        "corso", "vicolo", "strada", "lungomare", "lungarno", "salita", "borgo", "contrada",
    ]

    /// Endings of German and Dutch street names, which are also words of their own.
    static let streetEndings: [StaticString] = [
        "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer", "chaussee", "steig",
        "markt", "straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "steeg",
    ]

    /// Words before a street's name of one word that belong to it.
    static let streetAdjectives: [StaticString] = [
        "alte", "neue", "große", "kleine", "lange", "kurze", "obere", "untere", "hohe", "oude", "nieuwe", "grote",
        "korte",
        "hoge", "van", "sankt", "sint",
    ]

    /// Words with which German street names of several words start.
    static let streetPrepositions: [StaticString] = ["am", "an", "auf", "im", "in", "unter", "vor", "zum", "zur"]

    /// Words for who somebody is to the writer.
    static let relations: [StaticString] = [
        // English
        "husband", "wife", "partner", "fiancé", "fiancée", "boyfriend", "girlfriend", "son", "daughter", "brother",
        "sister", "mother", "father", "mom", "mum", "dad", "uncle", "aunt", "cousin", "nephew", "niece", "grandma",
        "grandpa", "grandmother", "grandfather", "grandson", "granddaughter", "friend", "neighbour", "neighbor",
        "flatmate", "roommate", "kid", "child", "colleague", "assistant", "boss", "ex",
        // German
        "mann", "ehemann", "frau", "ehefrau", "partnerin", "freund", "freundin", "sohn", "tochter", "bruder",
        "schwester", "mutter", "vater", "mama", "papa", "onkel", "tante", "cousine", "neffe", "nichte", "oma", "opa",
        "schwager", "schwägerin", "nachbar", "nachbarin", "kollege", "kollegin", "mitbewohner", "mitbewohnerin",
        // French
        "mari", "femme", "copain", "copine", "fils", "fille", "frère", "sœur", "soeur", "mère", "père", "oncle",
        "cousin", "cousine", "neveu", "nièce", "beau-frère", "belle-sœur", "belle-soeur", "beau-père", "belle-mère",
        "ami", "amie", "voisin", "voisine", "collègue", "colocataire", "compagnon", "compagne", "époux", "épouse",
        // Spanish and Portuguese
        "marido", "mujer", "esposa", "esposo", "novio", "novia", "hijo", "hija", "hermano", "hermana", "madre", "padre",
        "tío", "tía", "primo", "prima", "sobrino", "sobrina", "abuelo", "abuela", "cuñado", "cuñada", "suegro",
        "suegra", "amigo", "amiga", "vecino", "vecina", "compañero", "compañera", "filho", "filha", "irmão", "irmã",
        "mãe", "pai", "tio", "tia", "avô", "avó", "mulher", "namorado", "namorada", "vizinho", "vizinha",
        // Italian
        "marito", "moglie", "figlio", "figlia", "fratello", "sorella", "zio", "zia", "cugino", "cugina", "nipote",
        "nonno", "nonna", "cognato", "cognata", "suocero", "suocera", "amico", "amica", "vicino", "vicina",
        "collega", "fidanzato", "fidanzata", "compagno", "compagna",
        // Dutch
        "man", "vrouw", "vriend", "vriendin", "zoon", "dochter", "broer", "zus", "zusje", "broertje", "moeder", "vader",
        "oom", "nicht", "neef", "schoonzus", "zwager", "buurman", "buurvrouw", "huisgenoot",
    ]

    /// Who speaks in a conversation without being named.
    static let roles: [StaticString] = [
        "agent", "support", "caller", "customer", "representative", "operator", "advisor", "me", "you", "host", "bot",
        "system", "service", "chatbot", "anrufer", "anruferin", "kunde", "kundin", "kundenservice", "berater",
        "beraterin", "mitarbeiter", "mitarbeiterin", "ich", "conseiller", "conseillère", "client", "cliente",
        "appelant",
        "agente", "asesor", "asesora", "operador", "operadora", "atendente", "operatore", "operatrice", "assistenza",
        "medewerker", "medewerkster", "klant", "beller", "klantenservice",
    ]

    /// What is said for `@`.
    static let atSigns: [StaticString] = [
        "at", "ät", "@", "arobase", "arobas", "arroba", "chiocciola", "apenstaartje", "klammeraffe",
    ]

    /// What is said for a dot.
    static let dots: [StaticString] = ["dot", "punkt", "point", "punto", "punt", "ponto", "."]

    /// Words before an extension.
    static let extensions: [StaticString] = [
        "ext", "extn", "extension", "durchwahl", "dw", "app", "apparat", "nebenstelle", "poste", "p", "extensión",
        "ramal", "int", "interno", "toestel", "tst",
    ]

    /// Films and series that are called like an address.
    static let titles: [StaticString] = [
        "21 jump street", "22 jump street", "10 cloverfield lane", "84 charing cross road", "36 quai des orfèvres",
        "10 rillington place", "77 sunset strip",
    ]

    /// German nouns behind a number that counts time.
    static let durations: [StaticString] = ["jahre", "jahren", "jahr", "monate", "monaten", "wochen", "tage", "tagen"]

    /// Words that go on after an address.
    static let conjunctions: [StaticString] = [
        "and", "or", "in", "to", "from", "und", "oder", "nach", "et", "ou", "depuis", "à", "y", "o", "desde", "en",
        "sinds",
        "of", "e", "dal", "since", "seit", "for", "after",
    ]

    /// Words before the version of a program.
    static let versions: [StaticString] = [
        "version", "versión", "versione", "versie", "versão", "v", "ver", "app", "appli", "build", "firmware",
        "release",
        "update", "software", "ios", "android", "os",
    ]

    /// Words before the number of a flat or a floor.
    static let units: [StaticString] = [
        "apt", "apartment", "apto", "ap", "unit", "suite", "ste", "piso", "appt", "bloco", "whg", "flat", "floor",
        "andar", "bâtiment", "bât", "étage", "escalier", "escalera", "esc", "pta", "puerta", "interno", "scala",
        "stiege",
        "top", "tür", "bus", "appartement", "wohnung",
    ]

    /// Cities that are known to be ones when a postal code stands at them.
    static let cities: [StaticString] = [
        "berlin", "hamburg", "münchen", "köln", "frankfurt", "stuttgart", "düsseldorf", "leipzig", "dresden",
        "bremen",
        "hannover", "nürnberg", "essen", "dortmund", "bonn", "wien", "zürich", "basel", "bern", "genève", "paris",
        "lyon",
        "marseille", "toulouse", "nice", "nantes", "strasbourg", "bordeaux", "lille", "rennes", "montpellier",
        "madrid",
        "roma", "milano", "napoli", "torino", "firenze", "bologna", "venezia", "palermo", "genova", "verona",
        "amsterdam",
        "rotterdam", "utrecht", "eindhoven", "groningen", "antwerpen", "gent", "brussel", "graz", "linz", "salzburg",
        "innsbruck", "lausanne", "granada", "alicante", "murcia", "bristol", "leeds", "glasgow", "edinburgh",
        "barcelona", "valencia", "sevilla", "zaragoza", "málaga", "bilbao", "lisboa", "porto", "braga", "coimbra",
        "bruxelles", "london", "manchester", "chicago", "boston", "seattle", "houston", "dallas", "miami", "denver",
    ]
}
