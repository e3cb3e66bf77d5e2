import Models
import TestSupport

/// Viewers who took up titles at random, for models to be compared on.
struct RandomInteractions {
    let rows: [[(title: Int, weight: Float)]]
    let titleCount: Int
    let interactions: Interactions

    init(_ random: inout SplitMix, viewers: Int, titles: Int, share: Double = 0.3, isBinary: Bool = false) {
        rows = (0..<viewers).map { _ in
            (0..<titles).filter { _ in Double.random(in: 0..<1, using: &random) < share }
                .shuffled(using: &random)
                .map { ($0, isBinary ? 1 : Float(Int.random(in: 1...6, using: &random)) / 4) }
        }
        titleCount = titles
        var interactions = Interactions(titleCount: titles)
        for row in rows {
            for entry in row { interactions.append(title: entry.title, weight: entry.weight, time: 0) }
            interactions.endRow()
        }
        self.interactions = interactions
    }

    /// All entries, in rows of titles.
    var dense: [[Double]] {
        rows.map { row in
            var values = [Double](repeating: 0, count: titleCount)
            for entry in row { values[entry.title] = Double(entry.weight) }
            return values
        }
    }
}

extension RankingModel {
    /// The scores for a taste.
    func scores(for row: [(title: Int, weight: Float)]) -> [Float] {
        var scores = [Float](repeating: .nan, count: titleCount)
        withTaste(row) { taste in scores.withUnsafeMutableBufferPointer { score(taste, into: $0) } }
        return scores
    }

    func contributions(to title: Int, from row: [(title: Int, weight: Float)]) -> [Float] {
        var parts = [Float](repeating: .nan, count: row.count)
        withTaste(row) { taste in
            parts.withUnsafeMutableBufferPointer { contributions(to: title, from: taste, into: $0) }
        }
        return parts
    }

    private func withTaste(_ row: [(title: Int, weight: Float)], _ body: (TasteView) -> Void) {
        row.map { UInt32($0.title) }.withUnsafeBufferPointer { titles in
            row.map { $0.weight }.withUnsafeBufferPointer { weights in
                [UInt32](repeating: 0, count: row.count).withUnsafeBufferPointer { times in
                    body(TasteView(titles: titles, weights: weights, times: times))
                }
            }
        }
    }
}

/// Whether numbers are the same but for rounding in single precision.
func isNear(_ one: Double, _ other: Double, _ tolerance: Double = 2e-4) -> Bool {
    abs(one - other) <= tolerance * max(1, abs(one), abs(other))
}

/// Solves equations by elimination (Gauss and Jordan), as plainly as can be.
func solution(of matrix: [[Double]], _ side: [[Double]]) -> [[Double]] {
    var (left, right) = (matrix, side)
    for pivot in left.indices {
        let best = (pivot..<left.count).max { abs(left[$0][pivot]) < abs(left[$1][pivot]) } ?? pivot
        left.swapAt(pivot, best)
        right.swapAt(pivot, best)
        let factor = left[pivot][pivot]
        left[pivot] = left[pivot].map { $0 / factor }
        right[pivot] = right[pivot].map { $0 / factor }
        for row in left.indices where row != pivot {
            let factor = left[row][pivot]
            left[row] = zip(left[row], left[pivot]).map { $0 - factor * $1 }
            right[row] = zip(right[row], right[pivot]).map { $0 - factor * $1 }
        }
    }
    return right
}
