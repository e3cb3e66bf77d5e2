/// Why a model cannot be trained.
public enum ModelError: Error, Equatable {
    /// Nobody took up anything.
    case noInteractions
    /// More titles than the kind of model takes.
    case tooManyTitles(Int, most: Int)
    /// The regularisation is too small for the data.
    case notPositiveDefinite(regularization: Float)
    /// A parameter is out of its range.
    case parameter(String)

    public var message: String {
        switch self {
        case .noInteractions:
            "there is nothing to learn from: no viewer who allows personalization watched or rated a title"
        case .tooManyTitles(let count, let most):
            "there are \(count) titles, and this model takes up to \(most): train one of another kind"
        case .notPositiveDefinite(let regularization):
            "the equations cannot be solved with a regularisation of \(regularization): take a larger one"
        case .parameter(let text): text
        }
    }
}
