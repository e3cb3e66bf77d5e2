extension TitleColumns {
    /// By title, the square root of the sum of its weights' squares.
    var lengths: [Float] {
        (0..<starts.count - 1).map { title in
            weights[starts[title]..<starts[title + 1]].reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
    }

    /// By title, what `make` makes of the up to `count` titles nearest to it, the nearest first: by the cosine where there are
    /// lengths, to whose divisor `shrinkage` is added, or else by the product of their columns.
    func nearest<Result>(
        _ count: Int, _ interactions: Interactions, lengths: [Float]?, _ shrinkage: Float, jobs: Int,
        _ make: (_ title: Int, _ nearest: [ScoredTitle]) -> Result
    ) -> [Result] {
        let titleCount = starts.count - 1
        var found = [Result?](repeating: nil, count: titleCount)
        found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let found = found
            Workers.forEach(titleCount, jobs: jobs, stretch: 16) {
                [Float](repeating: 0, count: titleCount)
            } _: { titles, sums in
                for title in titles {
                    let nearest = sums.withUnsafeMutableBufferPointer { sums in
                        guard let base = sums.baseAddress else { return [ScoredTitle]() }
                        addProducts(of: title, interactions, to: base)
                        return Self.takeNearest(count, to: title, sums, lengths, shrinkage)
                    }
                    found[title] = make(title, nearest)
                }
            }
        }
        return found.compactMap { $0 }
    }

    /// The nearest of all titles; the sums are 0 again after.
    private static func takeNearest(
        _ count: Int, to title: Int, _ sums: UnsafeMutableBufferPointer<Float>, _ lengths: [Float]?, _ shrinkage: Float
    ) -> [ScoredTitle] {
        var top = TopTitles(count)
        var least: Float = 0
        for other in sums.indices where sums[other] > 0 {
            var nearness = sums[other]
            sums[other] = 0
            if let lengths {
                let divisor = lengths[title] * lengths[other] + shrinkage
                // No cosine is above 1, but what is left of tiny weights may seem so.
                nearness = divisor > 0 ? min(1, nearness / divisor) : 0
            }
            if nearness > least, other != title {
                top.add(other, nearness)
                least = max(0, top.least)
            }
        }
        return top.take()
    }
}
