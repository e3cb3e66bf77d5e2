/// Finds the best of many scores: of equal ones, those of the lower numbers.
public struct TopTitles {
    /// A heap whose first is the worst that is kept.
    private var heap: [ScoredTitle] = []
    private let limit: Int

    /// Keeps the best `limit`.
    public init(_ limit: Int) {
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    /// What a score must be above to get in, where no place is left and titles come in rising order.
    var least: Float { heap.count < limit ? -.infinity : heap.first?.score ?? .infinity }

    @inline(__always)
    public mutating func add(_ title: Int, _ score: Float) {
        let entry = ScoredTitle(title: title, score: score)
        if heap.count < limit {
            heap.append(entry)
            rise()
        } else if limit > 0, Self.isBetter(entry, heap[0]) {
            heap[0] = entry
            sink()
        }
    }

    /// The best, in order; nothing is left.
    public mutating func take() -> [ScoredTitle] {
        defer { heap.removeAll(keepingCapacity: true) }
        return heap.sorted(by: Self.isBetter)
    }

    /// The best of all scores for which `isWanted`.
    public static func of(
        _ scores: UnsafeMutableBufferPointer<Float>, count: Int, _ isWanted: (Int) -> Bool
    ) -> [ScoredTitle] {
        var top = TopTitles(count)
        var least = -Float.infinity
        for title in scores.indices where scores[title] > least || top.heap.count < count {
            if !isWanted(title) { continue }
            top.add(title, scores[title])
            // Of equal ones, the first stays.
            if top.heap.count == count, let worst = top.heap.first { least = worst.score }
        }
        return top.take()
    }

    private static func isBetter(_ one: ScoredTitle, _ other: ScoredTitle) -> Bool {
        one.score != other.score ? one.score > other.score : one.title < other.title
    }

    private mutating func rise() {
        var place = heap.count - 1
        while place > 0, case let parent = (place - 1) / 2, Self.isBetter(heap[parent], heap[place]) {
            heap.swapAt(place, parent)
            place = parent
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var worst = place
            for child in 2 * place + 1..<2 * place + 3
            where child < heap.count && Self.isBetter(heap[worst], heap[child]) {
                worst = child
            }
            if worst == place { return }
            heap.swapAt(place, worst)
            place = worst
        }
    }
}
