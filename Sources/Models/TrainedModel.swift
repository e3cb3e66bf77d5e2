/// A model of any kind.
public enum TrainedModel: RankingModel {
    case popularity(PopularityModel)
    case neighbours(NeighbourModel)
    case ease(EaseModel)
    case sparseEase(SparseEaseModel)
    case ials(ImplicitALSModel)

    public var titleCount: Int {
        switch self {
        case .popularity(let model): model.titleCount
        case .neighbours(let model): model.titleCount
        case .ease(let model): model.titleCount
        case .sparseEase(let model): model.titleCount
        case .ials(let model): model.titleCount
        }
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .popularity(let model): model.score(taste, into: scores)
        case .neighbours(let model): model.score(taste, into: scores)
        case .ease(let model): model.score(taste, into: scores)
        case .sparseEase(let model): model.score(taste, into: scores)
        case .ials(let model): model.score(taste, into: scores)
        }
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .popularity(let model): model.contributions(to: title, from: taste, into: parts)
        case .neighbours(let model): model.contributions(to: title, from: taste, into: parts)
        case .ease(let model): model.contributions(to: title, from: taste, into: parts)
        case .sparseEase(let model): model.contributions(to: title, from: taste, into: parts)
        case .ials(let model): model.contributions(to: title, from: taste, into: parts)
        }
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        switch self {
        case .popularity(let model): model.similar(to: title, count: count)
        case .neighbours(let model): model.similar(to: title, count: count)
        case .ease(let model): model.similar(to: title, count: count)
        case .sparseEase(let model): model.similar(to: title, count: count)
        case .ials(let model): model.similar(to: title, count: count)
        }
    }
}
