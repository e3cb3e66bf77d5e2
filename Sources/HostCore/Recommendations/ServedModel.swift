internal import Models

/// A model that answers in a catalogue's numbers of titles, whatever its own are.
struct ServedModel {
    let file: ModelFile
    /// The catalogue's number of each of the model's titles, and the model's of the catalogue's.
    private let outer: [Int]
    private let inner: [Int32]

    private static let unknown: Int32 = -1

    /// Titles that the catalogue does not know are added to it.
    init(_ file: ModelFile, _ catalogue: inout TitleCatalogue) {
        self.file = file
        outer = file.titles.map { catalogue.number(ofSeen: $0) }
        var inner = [Int32](repeating: Self.unknown, count: catalogue.titles.count)
        for (place, number) in outer.enumerated() { inner[number] = Int32(place) }
        self.inner = inner
    }

    /// The model's number of a title; nil where it does not know it.
    private func place(of title: Int) -> Int? {
        inner.indices.contains(title) && inner[title] != Self.unknown ? Int(inner[title]) : nil
    }

    /// A taste as the model takes it: without titles that it does not know.
    func known(_ taste: Taste) -> KnownTaste {
        KnownTaste(taste) { place(of: $0) }
    }

    /// The scores of a taste by the catalogue's numbers; nothing for titles that the model does not know.
    func scores(of taste: KnownTaste, count: Int) -> [Float] {
        var scores = [Float](repeating: 0, count: file.model.titleCount)
        taste.withView { taste in scores.withUnsafeMutableBufferPointer { file.model.score(taste, into: $0) } }
        var all = [Float](repeating: -.infinity, count: count)
        for (place, number) in outer.enumerated() { all[number] = scores[place] }
        return all
    }

    /// The titles of a taste that add most to a title's score, up to three.
    func reasons(for title: Int, _ taste: KnownTaste) -> [Int] {
        guard let title = place(of: title) else { return [] }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: taste.count) { parts in
            taste.withView { file.model.contributions(to: title, from: $0, into: parts) }
            return TopTitles.of(parts, count: 3) { parts[$0] > 0 }.map { taste.titles[$0.title] }
        }
    }

    /// The titles most like one, by the catalogue's numbers.
    func similar(to title: Int, count: Int) -> [ScoredTitle] {
        guard let title = place(of: title) else { return [] }
        return file.model.similar(to: title, count: count).map { ScoredTitle(title: outer[$0.title], score: $0.score) }
    }
}

/// What a viewer took up, by a catalogue's numbers.
struct Taste {
    var entries: [(title: Int, weight: Float)] = []
}

/// A taste as a model takes it.
struct KnownTaste {
    /// The catalogue's numbers of the titles.
    let titles: [Int]
    private let places: [UInt32]
    private let weights: [Float]
    private let times: [UInt32]

    /// `place` gives the model's number of a title.
    init(_ taste: Taste, _ place: (Int) -> Int?) {
        // In the order in which the model has them in memory.
        let known = taste.entries.compactMap { entry in place(entry.title).map { (entry, $0) } }.sorted { $0.1 < $1.1 }
        titles = known.map { $0.0.title }
        places = known.map { UInt32($0.1) }
        weights = known.map { $0.0.weight }
        times = [UInt32](repeating: 0, count: known.count)
    }

    var count: Int { titles.count }

    func withView<R>(_ body: (TasteView) -> R) -> R {
        places.withUnsafeBufferPointer { places in
            weights.withUnsafeBufferPointer { weights in
                times.withUnsafeBufferPointer { body(TasteView(titles: places, weights: weights, times: $0)) }
            }
        }
    }
}
