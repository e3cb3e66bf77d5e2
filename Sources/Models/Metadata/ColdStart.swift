/// Scores for titles that nobody took up yet, from those of the titles most like them.
///
/// A model that learns from viewers knows nothing of a new title. Here it gets the mean of the scores of the titles that are most
/// like it by their metadata, each weighed by its likeness, times the greatest of the likenesses: the less a title is like any
/// other, the less it is thought to be liked.
///
/// ```swift
/// let cold = ColdStart(MetadataModel(catalogue), isKnown: { counts[$0] > 0 })
/// model.score(taste, into: scores)
/// cold.fill(scores)
/// ```
public struct ColdStart: Sendable {
    /// By title, the share that it has in the score of each title that nobody took up.
    private let shares: SparseRows
    /// Those that get their scores from others.
    private let titles: [Int]

    /// `isKnown` says of which titles the model can have learned something; `count` is how many of them each other one gets its
    /// score from.
    public init(_ metadata: MetadataModel, count: Int = 10, isKnown: (Int) -> Bool) {
        let known = (0..<metadata.titleCount).map(isKnown)
        shares = SparseRows(
            known.indices.map { title in
                if known[title] { return [] }
                let alike = metadata.similar(to: title, count: count) { known[$0] }
                let sum = alike.reduce(0) { $0 + $1.score }
                return alike.map { ScoredTitle(title: $0.title, score: $0.score * alike[0].score / sum) }
            })
        titles = (0..<shares.rowCount).filter { [shares] in !shares.places(of: $0).isEmpty }
    }

    /// The titles whose scores make up that of `title`, with their shares; none for a title that the model knows, or that is like
    /// no other.
    public func sources(of title: Int) -> [ScoredTitle] {
        shares.places(of: title).map { ScoredTitle(title: Int(shares.columns[$0]), score: shares.values[$0]) }
    }

    /// Replaces the scores of titles that have sources; those of others stay as they are.
    public func fill(_ scores: UnsafeMutableBufferPointer<Float>) {
        for title in titles {
            scores[title] = shares.places(of: title).reduce(0) {
                $0 + shares.values[$1] * scores[Int(shares.columns[$1])]
            }
        }
    }
}
