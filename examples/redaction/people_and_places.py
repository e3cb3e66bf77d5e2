"""Made-up people and places of six languages. The first half of each list is for development, the second is held out."""

FIRST = {
    "en": "Oliver Amelia Harry Isla Noah Ava Leo Freya Arthur Grace Muhammad Lily Mason Willow Ethan Zoe Caleb Hazel "
    "Jamal Keisha Declan Niamh Rhys Cerys Hamish Ailsa Tyrone Shanice Gareth Bronwyn Wesley Tabitha Connor Maeve",
    "de": "Lukas Mia Felix Hannah Jonas Lea Finn Klara Moritz Greta Mehmet Ayşe Uwe Gisela Holger Ursula Dieter Birgit "
    "Sönke Frauke Xaver Walburga Detlef Heidrun Björn Käthe Kerim Aylin Gottfried Rosemarie Thilo Antje Ruprecht Elke",
    "fr": "Louis Emma Gabriel Jade Raphaël Louise Arthur Alice Hugo Chloé Mamadou Aminata Gérard Monique René Josiane "
    "Loïc Maëlle Cédric Anaïs Étienne Solène Youssef Leïla Anne-Sophie Jean-Marc Benoît Clémence Rémi Bénédicte",
    "es": "Mateo Lucía Hugo Martina Daniel Sofía Pablo Julia Álvaro Paula Santiago Valentina Ramón Dolores Begoña Jordi "
    "Montserrat Xabier Nerea Andrés Inmaculada Úrsula Joaquín Macarena Emilio Rosario Óscar Trinidad",
    "nl": "Daan Emma Sem Julia Lucas Mila Levi Tess Bram Fenna Mohamed Fatima Henk Wilhelmina Kees Gerda Jelle Femke "
    "Wouter Annemiek Joost Hanneke Thijs Roos Teun Noortje Rutger Saskia",
    "it": "Leonardo Sofia Francesco Giulia Lorenzo Aurora Mattia Alice Riccardo Greta Salvatore Concetta Carmelo Agata "
    "Gianluca Federica Umberto Beatrice Niccolò Ludovica Vittorio Elisabetta Dario Serena Emanuele Caterina",
}
LAST = {
    "en": "Whitfield|Ramsbottom|O'Sullivan|Okonkwo|Pemberton-Smith|Lockhart|Fairweather|Nguyen|McAllister|Braithwaite|"
    "Cartwright|Holloway|Adeleke|Stonebridge|O'Keefe|Winterbourne|Patel|MacGregor|Dunmore|Ashcroft-Lee",
    "de": "Vogelsang|Schönfeld|Brückner|Yıldırım|von Hagen|Lindqvist|Grünwald|Kowalski|Meyer-Landrut|Obermüller|"
    "Steinhauer|Weißgerber|Demirel|von der Lippe|Rosenthal|Öztürk|Kühnemann|Nowak|Schulze-Bergmann|Ziegler",
    "fr": "Delacroix|Lambert|Bénard|Diallo|de la Fontaine|Charpentier|Le Goff|N'Guyen|Moreau-Petit|Vasseur|"
    "Montagne|Bouchard|Traoré|du Bellay|Lefebvre|Kervella|d'Aubigny|Rousselot|Benali|Deschamps",
    "es": "García López|Navarro|Muñoz|Echevarría|de la Vega|Cabrera|Ibáñez Prado|Quintana|Serrano|Arce|"
    "Valdés|Peña|Zubizarreta|del Río|Carmona Díaz|Pastor|Núñez de Balboa|Roldán|Ferrer|Acosta",
    "nl": "Jansen|van Dijk|de Boer|El Amrani|van der Meer|Mulder|Bosman|de Vries|Verhoeven|ter Horst|"
    "Kuijpers|van den Heuvel|Postma|Yilmaz|van 't Hof|Schouten|Hoekstra|de Leeuw|Willemsen|van Rijn",
    "it": "Russo|Esposito|De Santis|D'Angelo|Bellini|Caruso|Della Valle|Marchetti|Lombardi|Gallo|"
    "Ferraro|Di Stefano|Palumbo|D'Amico|Rinaldi|Lo Presti|Sartori|De Filippo|Guerra|Monti",
}
# Streets as they are written; {n} is the house number.
STREETS = {
    "en": "{n} Juniper Lane|{n} Market Street|{n} Old Mill Road|{n}B King's Avenue|{n} N. Hawthorne Blvd|{n} Oakfield Dr.|"
    "{n} Riverside Court|{n} Station Road|{n} Fernhill Close|{n} W 43rd Street|{n} Chestnut Hill Rd.|{n}a Priory Gardens",
    "de": "Ahornweg {n}|Schillerstraße {n}|Bahnhofstr. {n}a|Am Sonnenhang {n}|Berliner Allee {n}|Marktplatz {n}|"
    "Eichendorffring {n}|An der Alten Mühle {n}|Kirchgasse {n}b|Ludwig-Erhard-Str. {n}|Zum Wasserturm {n}|Nordwall {n}",
    "fr": "{n} rue Victor Hugo|{n}, avenue Jean Jaurès|{n} bis rue des Écoles|{n} boulevard Saint-Michel|{n} chemin du Moulin|"
    "{n} quai de la Loire|{n} allée des Cerisiers|{n}, rue de l'Église|{n} ter impasse du Puits|{n} place du Marché",
    "es": "Calle Cervantes, {n}|Avenida de América {n}|C/ San Juan {n}|Paseo del Prado, {n}|Plaza de España, {n}|"
    "Calle de la Rosa nº {n}|Camino Viejo {n}|Avda. del Mar, {n}|C/ del Carmen, {n}, 2º izq.|Ronda de Toledo {n}",
    "nl": "Hoofdstraat {n}|Molenweg {n}|Beatrixlaan {n}|Keizersgracht {n}-II|Van Goghplein {n}|"
    "Schoolstraat {n}a|Oude Dijk {n}|Julianakade {n}|Burgemeester Vosstraat {n}|Parklaan {n} bis",
    "it": "via Garibaldi {n}|Viale Mazzini, {n}|Piazza Dante {n}|corso Vittorio Emanuele II {n}|vicolo Stretto {n}|"
    "via XX Settembre {n}|Largo Augusto {n}|via della Libertà, {n}|Strada Provinciale {n}|via S. Maria {n}/A",
}
# Places as they follow a street.
TOWNS = {
    "en": "Norwich NR3 1AB|Swansea SA1 5QQ|Portland, OR 97205|Tampa, FL 33602|Halifax HX1 2DD|"
    "Dundee DD1 4HN|Columbus, OH 43215|Newark, NJ 07102-3321|Derby DE1 1AA|Tucson, AZ 85701",
    "de": "28195 Bremen|04109 Leipzig|72764 Reutlingen|1070 Wien|CH-3011 Bern|"
    "60311 Frankfurt am Main|D-18055 Rostock|59423 Unna|4020 Linz|8400 Winterthur",
    "fr": "44000 Nantes|13001 Marseille|1050 Bruxelles|35700 Rennes|1201 Genève|"
    "67000 Strasbourg|29200 Brest|4000 Liège|06000 Nice|38100 Grenoble",
    "es": "28013 Madrid|46002 Valencia|15001 A Coruña|29005 Málaga|03001 Alicante|"
    "30001 Murcia|48003 Bilbao|07001 Palma|33003 Oviedo|06800 Mérida",
    "nl": "1011 AB Amsterdam|3011 CL Rotterdam|2000 Antwerpen|5611EM Eindhoven|9711 LM Groningen|"
    "6811 CG Arnhem|9000 Gent|2312 BK Leiden|7411KT Deventer|3500 Hasselt",
    "it": "00184 Roma|20123 Milano|40121 Bologna|90133 Palermo (PA)|10121 Torino|"
    "50122 Firenze|70121 Bari BA|16121 Genova|6900 Lugano|35121 Padova (PD)",
}
DOMAINS = (
    "example.com|mail.example.org|post.example.net|webmail.example|gmx.example|my-isp.example.com|uni.example.edu|"
    "example.co.uk|correo.example.es|orange.example.fr|brief.example.nl|posta.example.it|büro.example|a1.example.at"
)
ACTORS = (
    "Cate Blanchett|Idris Elba|Nina Hoss|Romain Duris|Belén Rueda|Monica Bellucci|Mads Mikkelsen|Viola Davis|"
    "Marion Cotillard|Luis Tosar|Alba Rohrwacher|Lars Eidinger|Jeroen Krabbé|Zendaya|Michelle Yeoh|Pedro Pascal"
)
# Titles that look like something else.
TITLES = (
    "Blade Runner 2049|John Wick 4|1917|Apollo 13|12 Angry Men|The 400 Blows|Ocean's Eleven|Erin Brockovich|300|Se7en|"
    "10 Cloverfield Lane|84 Charing Cross Road|Sunset Boulevard|Mulholland Drive|Dr. Strangelove|Mr. Robot|"
    "2001: A Space Odyssey|24|1899|11.22.63|Room 237|Jeanne Dielman, 23 quai du Commerce|Amélie|Forrest Gump|"
    "Annie Hall|My Name Is Earl|This Is Us|Dear Evan Hansen|Hello, Dolly!|Good Bye, Lenin!|Lola rennt|8½|Fargo|"
    "Mad Max: Fury Road|Thelma & Louise|Kramer vs. Kramer|The 39 Steps|Babylon 5|UFC 300|F9|I, Tonya|M3GAN|50/50"
)


def half(values, part):
    """The part's own values of a list."""
    middle = len(values) // 2
    return values[middle:] if part == "held-out" else values[:middle]
