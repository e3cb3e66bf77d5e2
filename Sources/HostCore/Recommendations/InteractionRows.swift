internal import Models

/// Makes interactions of viewers' histories: a row for each viewer who took up anything.
struct InteractionRows {
    private(set) var interactions: Interactions
    /// The store's numbers of the viewers, in the rows' order.
    private(set) var viewers: [Int64] = []
    private var titles: HistoryTitles

    init(_ catalogue: TitleCatalogue) {
        titles = HistoryTitles(catalogue)
        interactions = Interactions(titleCount: catalogue.titles.count)
    }

    /// What the numbers of titles stand for: titles that only histories know are in it too.
    var catalogue: TitleCatalogue { titles.catalogue }

    /// Adds a viewer by a history's bytes; false where they are damaged.
    mutating func add(_ bytes: UnsafeRawBufferPointer, of viewer: Int64) -> Bool {
        guard titles.read(bytes) else { return false }
        addRow(of: viewer)
        return true
    }

    mutating func add(_ history: ViewerHistory, of viewer: Int64) {
        titles.read(history)
        addRow(of: viewer)
    }

    private mutating func addRow(of viewer: Int64) {
        interactions.widen(to: titles.catalogue.titles.count)
        var isEmpty = true
        for (title, use) in titles.uses {
            let weight = use.interest(duration: titles.catalogue.titles[title].duration)
            if weight <= 0 { continue }
            interactions.append(title: title, weight: weight, time: use.time)
            isEmpty = false
        }
        if isEmpty { return }
        interactions.endRow()
        viewers.append(viewer)
    }
}
