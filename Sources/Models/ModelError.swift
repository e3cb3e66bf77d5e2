/// Why a model cannot be trained.
public enum ModelError: Error, Equatable {
    /// Nobody took up anything.
    case noInteractions
    /// The regularisation is too small for the data.
    case notPositiveDefinite(regularization: Float)
    /// A parameter is out of its range.
    case parameter(String)

    public var message: String {
        switch self {
        case .noInteractions:
            "there is nothing to learn from: no viewer who allows personalization watched or rated a title"
        case .notPositiveDefinite(let regularization):
            "the equations cannot be solved with a regularisation of \(regularization): take a larger one"
        case .parameter(let text): text
        }
    }
}
