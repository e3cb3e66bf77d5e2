internal import Foundation

/// How well a model finds what a split hides.
///
/// Each viewer who is asked about gets the best of all titles by their scores, without those that are shown of the viewer; of
/// equal scores, the titles of lower numbers come first.
public struct Evaluation: Sendable {
    /// By viewer, for each of ``Metric/all``.
    public let values: [Metric: [Double]]
    /// The share of all titles that are among the first 20 of anybody.
    public let coverage: Double
    /// How surprising the first 20 are: the mean of −log₂ of the share of the training's viewers who took a title up (Zhou et al.
    /// 2010); titles that nobody took up count as one viewer's.
    public let novelty: Double
    /// How different the first 20 are from each other: one less the mean Jaccard similarity of two titles' genres (Ziegler
    /// et al. 2005); nil without genres.
    public let diversity: Double?
    /// How far the genres of the first 20 are from those of what is shown of the viewer: the Kullback-Leibler divergence, with 1 %
    /// of the latter mixed in (Steck 2018, "Calibrated Recommendations"); 0 is best; nil without genres.
    public let miscalibration: Double?
    /// Processor seconds a viewer, for scores and the list.
    public let secondsPerViewer: Double

    private static let listLength = 20

    /// Asks a model about the split's viewers, by up to `jobs` threads; `genres` has the numbers of each title's.
    public init(_ model: some RankingModel, _ split: EvaluationSplit, genres: [[Int]] = [], jobs: Int = 1) {
        let length = Metric.all.map { $0.length }.max() ?? 0
        let count = split.known.viewerCount
        var lists = [[ScoredTitle]](repeating: [], count: count)
        let clock = ContinuousClock()
        let started = clock.now
        lists.withUnsafeMutableBufferPointer { lists in
            nonisolated(unsafe) let lists = lists
            Workers.forEach(count, jobs: jobs, stretch: 8) {
                (
                    scores: [Float](repeating: 0, count: model.titleCount),
                    seen: [Bool](repeating: false, count: model.titleCount)
                )
            } _: { viewers, scratch in
                for viewer in viewers {
                    lists[viewer] = split.known.withRow(viewer) { taste in
                        for title in taste.titles { scratch.seen[Int(title)] = true }
                        defer { for title in taste.titles { scratch.seen[Int(title)] = false } }
                        return scratch.scores.withUnsafeMutableBufferPointer { scores in
                            model.score(taste, into: scores)
                            return TopTitles.of(scores, count: length) { !scratch.seen[$0] }
                        }
                    }
                }
            }
        }
        let elapsed = started.duration(to: clock.now)
        secondsPerViewer = elapsed / .seconds(1) * Double(max(1, min(jobs, count))) / Double(max(1, count))

        var values: [Metric: [Double]] = [:]
        for viewer in 0..<count {
            let hidden = split.hidden.withRow(viewer) { Set($0.titles) }
            let hits = lists[viewer].indices.filter { hidden.contains(UInt32(lists[viewer][$0].title)) }
            for metric in Metric.all {
                values[metric, default: []].append(metric.value(hits: hits, hidden: hidden.count))
            }
        }
        self.values = values
        let heads = lists.map { list in list.prefix(Self.listLength).map { $0.title } }
        coverage = Double(Set(heads.joined()).count) / Double(max(1, model.titleCount))
        novelty = Self.novelty(heads, split.training)
        let hasGenres = genres.contains { !$0.isEmpty }
        diversity = hasGenres ? Self.diversity(heads, genres) : nil
        miscalibration = hasGenres ? Self.miscalibration(heads, split.known, genres) : nil
    }

    private static func novelty(_ lists: [[Int]], _ training: Interactions) -> Double {
        var viewers = [Int](repeating: 0, count: training.titleCount)
        for viewer in 0..<training.viewerCount {
            training.withRow(viewer) { for title in $0.titles { viewers[Int(title)] += 1 } }
        }
        let total = Double(training.viewerCount)
        return mean(lists.joined().map { -log2(Double(max(1, viewers[$0])) / total) })
    }

    private static func diversity(_ lists: [[Int]], _ genres: [[Int]]) -> Double {
        let sets = genres.map { Set($0) }
        return mean(
            lists.filter { $0.count > 1 }.map { list in
                let pairs = list.indices.flatMap { one in (one + 1..<list.count).map { (list[one], list[$0]) } }
                return 1 - mean(pairs.map { jaccard(sets[$0], sets[$1]) })
            })
    }

    private static func jaccard(_ one: Set<Int>, _ other: Set<Int>) -> Double {
        let union = one.union(other).count
        return union == 0 ? 0 : Double(one.intersection(other).count) / Double(union)
    }

    private static func miscalibration(_ lists: [[Int]], _ known: Interactions, _ genres: [[Int]]) -> Double {
        mean(
            lists.indices.map { viewer in
                let wanted = known.withRow(viewer) { shares(of: $0.titles.map { Int($0) }, genres) }
                let given = shares(of: lists[viewer], genres)
                return wanted.reduce(0) { sum, genre in
                    let share = 0.99 * (given[genre.key] ?? 0) + 0.01 * genre.value
                    return sum + genre.value * log2(genre.value / share)
                }
            })
    }

    /// The share of each genre; a title's genres have equal parts of it.
    private static func shares(of titles: [Int], _ genres: [[Int]]) -> [Int: Double] {
        var shares: [Int: Double] = [:]
        let known = titles.filter { !genres[$0].isEmpty }
        for title in known {
            for genre in genres[title] {
                shares[genre, default: 0] += 1 / Double(genres[title].count * known.count)
            }
        }
        return shares
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
