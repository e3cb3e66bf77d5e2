internal import Models

/// A model that answers in a catalogue's numbers of titles, whatever its own are.
struct ServedModel {
    let file: ModelFile
    /// The catalogue's number of each of the model's titles, and the model's of the catalogue's.
    private let outer: [Int]
    private var inner: [Int: Int] = [:]

    /// Titles that the catalogue does not know are added to it.
    init(_ file: ModelFile, _ catalogue: inout TitleCatalogue) {
        self.file = file
        outer = file.titles.map { catalogue.number(ofSeen: $0) }
        for (place, number) in outer.enumerated() { inner[number] = place }
    }

    /// The scores of a taste by the catalogue's numbers; nothing for titles that the model does not know.
    func scores(of taste: Taste, count: Int) -> [Float] {
        var scores = [Float](repeating: 0, count: file.model.titleCount)
        withTaste(taste) { taste in scores.withUnsafeMutableBufferPointer { file.model.score(taste, into: $0) } }
        var all = [Float](repeating: -.infinity, count: count)
        for (place, number) in outer.enumerated() { all[number] = scores[place] }
        return all
    }

    /// The titles of a taste that add most to a title's score, up to three.
    func reasons(for title: Int, _ taste: Taste) -> [Int] {
        guard let title = inner[title] else { return [] }
        let known = taste.entries.filter { inner[$0.title] != nil }
        var parts = [Float](repeating: 0, count: known.count)
        withTaste(taste) { taste in
            parts.withUnsafeMutableBufferPointer { file.model.contributions(to: title, from: taste, into: $0) }
        }
        let order = parts.indices.filter { parts[$0] > 0 }.sorted { (-parts[$0], $0) < (-parts[$1], $1) }
        return order.prefix(3).map { known[$0].title }
    }

    /// The titles most like one, by the catalogue's numbers.
    func similar(to title: Int, count: Int) -> [ScoredTitle] {
        guard let title = inner[title] else { return [] }
        return file.model.similar(to: title, count: count).map { ScoredTitle(title: outer[$0.title], score: $0.score) }
    }

    private func withTaste(_ taste: Taste, _ body: (TasteView) -> Void) {
        var titles: [UInt32] = []
        var weights: [Float] = []
        for entry in taste.entries {
            guard let place = inner[entry.title] else { continue }
            titles.append(UInt32(place))
            weights.append(entry.weight)
        }
        let times = [UInt32](repeating: 0, count: titles.count)
        titles.withUnsafeBufferPointer { titles in
            weights.withUnsafeBufferPointer { weights in
                times.withUnsafeBufferPointer { body(TasteView(titles: titles, weights: weights, times: $0)) }
            }
        }
    }
}

/// What a viewer took up, by a catalogue's numbers.
struct Taste {
    var entries: [(title: Int, weight: Float)] = []
}
