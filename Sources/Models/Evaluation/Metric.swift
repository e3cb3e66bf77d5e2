internal import Foundation

/// How well a list of recommendations finds what is hidden of a viewer.
public enum Metric: Sendable, Hashable {
    /// The share of what could be found among the first: hits, divided by the lesser of the list's length and the hidden titles
    /// (Liang et al. 2018, section 4.2).
    case recall(Int)
    /// The share of the hidden titles among the first: hits divided by them all.
    case hiddenShare(Int)
    /// Normalised discounted cumulative gain: hits count 1/log₂(place + 1), divided by what the best list would have (Järvelin
    /// and Kekäläinen 2002).
    case ndcg(Int)
    /// Mean average precision: of the precisions at each hit's place, the sum divided by the lesser of the list's length and the
    /// hidden titles.
    case averagePrecision(Int)
    /// The share of the first that are hits.
    case precision(Int)
    /// Whether there is a hit among the first.
    case hitRate(Int)
    /// One divided by the first hit's place; 0 without one among the first (mean reciprocal rank).
    case reciprocalRank(Int)

    /// Those that are reported.
    public static let all: [Metric] = [
        .recall(20), .recall(50), .ndcg(10), .ndcg(100), .averagePrecision(10), .precision(10), .hitRate(10),
        .reciprocalRank(100), .hiddenShare(20),
    ]

    public var name: String {
        switch self {
        case .recall(let count): "Recall@\(count)"
        case .hiddenShare(let count): "Hidden found@\(count)"
        case .ndcg(let count): "NDCG@\(count)"
        case .averagePrecision(let count): "MAP@\(count)"
        case .precision(let count): "Precision@\(count)"
        case .hitRate(let count): "Hit rate@\(count)"
        case .reciprocalRank(let count): "MRR@\(count)"
        }
    }

    /// How many of the first it looks at.
    public var length: Int {
        switch self {
        case .recall(let count), .hiddenShare(let count), .ndcg(let count), .averagePrecision(let count),
            .precision(let count), .hitRate(let count), .reciprocalRank(let count):
            count
        }
    }

    /// Its value for a list that has hits at these places, from 0 on, in rising order, where `hidden` titles are to be found. From
    /// 0 to 1.
    public func value(hits: [Int], hidden: Int) -> Double {
        let places = hits.prefix { $0 < length }
        let best = min(length, hidden)
        if best == 0 { return 0 }
        switch self {
        case .recall: return Double(places.count) / Double(best)
        case .hiddenShare: return Double(places.count) / Double(hidden)
        case .precision(let count): return Double(places.count) / Double(count)
        case .hitRate: return places.isEmpty ? 0 : 1
        case .reciprocalRank: return places.first.map { 1 / Double($0 + 1) } ?? 0
        case .ndcg: return Self.gain(places) / Self.gain(0..<best)
        case .averagePrecision:
            let sum = places.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element + 1) }
            return sum / Double(best)
        }
    }

    private static func gain(_ places: some Sequence<Int>) -> Double {
        places.reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
    }
}
