/// The nearest neighbours of each title, by the viewers that titles have in common: a title scores the sum of its nearness to
/// those of the viewer's taste (item-based collaborative filtering, Sarwar et al. 2001).
///
/// Training takes time for each pair of titles that a viewer took up. Of a viewer with more than ``mostEntries``, the latest count.
public struct NeighbourModel: RankingModel {
    /// Entries of a viewer that training looks at.
    public static let mostEntries = 2_000

    /// How near two titles are.
    public enum Measure: String, CaseIterable, Sendable {
        /// The cosine of their columns.
        case cosine
        /// The sum over viewers of both weights' product.
        case coOccurrence = "co-occurrence"
    }

    public let titleCount: Int
    /// By title, its neighbours, the nearest first, and how near they are.
    let nearness: SparseRows

    /// Keeps up to `count` neighbours of each title. `shrinkage` is added to a cosine's divisor: titles that have few viewers are
    /// then less near.
    public init(
        _ interactions: Interactions, measure: Measure = .cosine, count: Int = 200, shrinkage: Float = 0, jobs: Int = 1
    ) throws(ModelError) {
        if interactions.count == 0 { throw .noInteractions }
        guard count > 0 else { throw .parameter("a title needs at least one neighbour") }
        guard shrinkage >= 0 else { throw .parameter("the shrinkage must not be below 0") }
        titleCount = interactions.titleCount
        let interactions = interactions.shortened(to: Self.mostEntries)
        let columns = TitleColumns(interactions)
        let lengths = measure == .cosine ? columns.lengths : nil
        let found = columns.nearest(count, interactions, lengths: lengths, shrinkage, jobs: jobs) { $1 }
        nearness = SparseRows(found)
    }

    init(nearness: SparseRows) {
        titleCount = nearness.rowCount
        self.nearness = nearness
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        nearness.sum(taste, into: scores)
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        nearness.parts(of: title, taste, into: parts)
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        nearness.places(of: title).prefix(count).map {
            ScoredTitle(title: Int(nearness.columns[$0]), score: nearness.values[$0])
        }
    }
}
