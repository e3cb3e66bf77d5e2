internal import Foundation

/// What all viewers took up, of late more than long ago: the same for everybody.
public struct PopularityModel: RankingModel {
    /// By title: the sum of all weights, each halved for every half-life that it lies back.
    let scores: ModelArray<Float>

    public var titleCount: Int { scores.count }

    /// `now` is in seconds since 1970. A half-life that is infinite makes all times count alike.
    public init(
        _ interactions: Interactions, now: Int64, halfLifeDays: Double = .infinity
    ) throws(ModelError) {
        guard halfLifeDays > 0 else { throw .parameter("the half-life of popularity must be above 0 days") }
        var sums = [Double](repeating: 0, count: interactions.titleCount)
        for viewer in 0..<interactions.viewerCount {
            interactions.withRow(viewer) { row in
                for entry in 0..<row.count {
                    let days = Double(max(0, now - Int64(row.times[entry]))) / 86400
                    sums[Int(row.titles[entry])] += Double(row.weights[entry]) * exp2(-days / halfLifeDays)
                }
            }
        }
        scores = ModelArray(sums.map { Float($0) })
    }

    init(scores: ModelArray<Float>) {
        self.scores = scores
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        for title in scores.indices { scores[title] = self.scores[title] }
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        parts.update(repeating: 0)
    }

    /// None: it knows nothing of what titles have in common.
    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        []
    }
}
