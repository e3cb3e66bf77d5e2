/// Why models cannot be compared on some data.
public enum EvaluationError: Error, Equatable {
    /// Too few viewers took up enough titles.
    case tooFewViewers(found: Int, needed: Int)
    /// Nothing is left to train with, or to find.
    case nothingHidden
    case parameter(String)

    public var message: String {
        switch self {
        case .tooFewViewers(let found, let needed):
            """
            \(found) viewers took up enough titles, and at least \(needed) are needed: lower --minimum-titles or \
            --minimum-weight, or add events
            """
        case .nothingHidden: "no viewer has a title that could be hidden: each took up only one, or nobody else did"
        case .parameter(let text): text
        }
    }
}
