extension MetadataModel {
    /// Reads the traits of a catalogue's titles. A genre counts twice what a person does, and a word half.
    public init(_ catalogue: TitleCatalogue) {
        self.init(
            catalogue.titles.map { title in
                title.genres.map { Trait("genre \(catalogue.genres[$0])", weight: 2) }
                    + title.people.map { Trait("person \($0.lowercased())") }
                    + Self.words(of: title.name).map { Trait("word \($0)", weight: 0.5) }
                    + Self.words(of: title.description).map { Trait("word \($0)", weight: 0.5) }
            })
    }

    /// Runs of letters and digits in lower case; of ASCII, those of three or more.
    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0) }
            .filter { $0.utf8.count > 2 }
    }
}
