/// The titles of viewers' histories, by their numbers in a catalogue: what stands under several keys of one title is put
/// together.
///
/// ```swift
/// var titles = HistoryTitles(catalogue)
/// guard titles.read(bytes) else { ... }
/// for (title, use) in titles.uses { ... }
/// ```
public struct HistoryTitles: Sendable {
    /// Titles that the catalogue does not know are added to it.
    public private(set) var catalogue: TitleCatalogue
    /// Those of the history that was read last, in its order.
    public private(set) var uses: [(title: Int, use: TitleUse)] = []

    /// For each title, where it stands among the uses, and in which history it did.
    private var places: [(history: Int, place: Int)] = []
    private var history = 0

    public init(_ catalogue: TitleCatalogue) {
        self.catalogue = catalogue
    }

    /// Reads a history's bytes; false where they are damaged.
    public mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        begin()
        return ViewerHistory.read(bytes) { _ in
        } title: { key, use in
            add(catalogue.number(ofSeen: String(decoding: key, as: UTF8.self)), use)
        }
    }

    /// Reads a history.
    public mutating func read(_ history: ViewerHistory) {
        begin()
        for title in history.titles { add(catalogue.number(ofSeen: title.key), title.use) }
    }

    private mutating func begin() {
        history += 1
        uses.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ title: Int, _ use: TitleUse) {
        if title >= places.count {
            places.append(
                contentsOf: repeatElement((history: 0, place: 0), count: catalogue.titles.count - places.count))
        }
        if places[title].history == history {
            uses[places[title].place].use.merge(use)
        } else {
            places[title] = (history, uses.count)
            uses.append((title, use))
        }
    }
}
