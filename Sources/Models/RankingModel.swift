/// A trained model that scores titles for a viewer by what the viewer took up so far.
///
/// Nothing of a viewer is kept in it: the viewer's taste comes with each call, so that a new event counts at once, and viewers
/// who were not there when it was trained are served like all others (fold-in). Entries of titles that it does not know, and
/// weights that are no numbers above 0, add nothing.
public protocol RankingModel: Sendable {
    /// Titles have the numbers below it.
    var titleCount: Int { get }

    /// Writes a score for each of the ``titleCount`` titles; a higher one is better, and all are finite. Titles that the viewer
    /// knows get scores like the others: leave them out afterwards.
    func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>)

    /// Writes how much each entry of the viewer's taste added to the score of `title`: in the order of the entries, and, up to
    /// rounding, their sum is the score where the model is linear.
    func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>)

    /// The titles most like this one, best first, each with a score above 0; at most `count`, and never itself.
    func similar(to title: Int, count: Int) -> [ScoredTitle]
}

/// A title's number, and how it scores.
public struct ScoredTitle: Sendable, Equatable {
    public let title: Int
    public let score: Float

    public init(title: Int, score: Float) {
        self.title = title
        self.score = score
    }
}
