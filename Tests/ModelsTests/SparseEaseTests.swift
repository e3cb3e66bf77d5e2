import Models
import TestSupport
import Testing

@Suite("Sparse EASE")
struct SparseEaseTests {
    @Test("where all titles are neighbours it is EASE", arguments: 0..<8)
    func whole(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let titles = Int.random(in: 1...60, using: &random)
        // Dense enough that each two titles have viewers in common.
        let data = RandomInteractions(&random, viewers: 60, titles: titles, share: 0.6)
        let model = try SparseEaseModel(
            data.interactions, regularization: 4, neighbours: titles, jobs: 1 + seed % 2)
        let whole = try EaseModel(data.interactions, regularization: 4)
        for taste in data.rows {
            let pairs = zip(model.scores(for: taste), whole.scores(for: taste))
            #expect(pairs.allSatisfy { isNear(Double($0), Double($1), 1e-3) })
        }
    }

    @Test("the weights to a title are those of EASE among it and its most correlated titles", arguments: 0..<6)
    func neighbourhood(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed + 50))
        let (titles, neighbours, threshold, penalty) = (24, 5, seed % 2 == 0 ? 0 : 0.4, 2.0)
        let data = RandomInteractions(&random, viewers: 40, titles: titles)
        // 4 times 5 products are kept of a title, and others count as 0.
        let dense = data.dense
        func product(_ one: Int, _ other: Int) -> Double { dense.reduce(0) { $0 + $1[one] * $1[other] } }
        func correlation(_ one: Int, _ other: Int) -> Double {
            product(one, other) / (product(one, one) * product(other, other)).squareRoot()
        }
        func kept(_ title: Int, _ count: Int) -> [Int] {
            let near = (0..<titles).filter { $0 != title && correlation(title, $0) > threshold }
            return Array(near.sorted { correlation(title, $0) > correlation(title, $1) }.prefix(count))
        }
        let model = try SparseEaseModel(
            data.interactions, regularization: Float(penalty), neighbours: neighbours, threshold: Float(threshold))
        for title in 0..<titles {
            let members = kept(title, neighbours) + [title]
            let gram = members.map { one in
                members.map { other in
                    if one == other { return product(one, one) + penalty }
                    let isKept = kept(one, 4 * neighbours).contains(other) || kept(other, 4 * neighbours).contains(one)
                    return isKept ? product(one, other) : 0
                }
            }
            let column = solution(of: gram, members.map { [$0 == title ? 1 : 0] }).map { $0[0] }
            for other in 0..<titles {
                let place = members.dropLast().firstIndex(of: other)
                let wanted = place.map { -column[$0] / column[members.count - 1] } ?? 0
                #expect(isNear(Double(model.scores(for: [(other, 1)])[title]), wanted, 1e-3))
            }
        }
    }

    @Test("contributions add up, similar titles are the best weights, and workers do not matter")
    func serving() throws {
        var random = SplitMix(state: 7)
        let data = RandomInteractions(&random, viewers: 200, titles: 60)
        let models = try [1, 2].map { try SparseEaseModel(data.interactions, neighbours: 9, jobs: $0) }
        let scores = models[0].scores(for: data.rows[0])
        #expect(models[1].scores(for: data.rows[0]) == scores)
        for title in 0..<60 {
            let parts = models[0].contributions(to: title, from: data.rows[0])
            #expect(isNear(Double(parts.reduce(0, +)), Double(scores[title])))
        }
        let one = models[0].scores(for: [(4, 1)])
        let wanted = (0..<60).filter { one[$0] > 0 }.sorted { one[$0] > one[$1] }
        #expect(models[0].similar(to: 4, count: 60).map { $0.title } == wanted)
    }

    @Test("wrong parameters are refused")
    func refuses() throws {
        var random = SplitMix(state: 6)
        let data = RandomInteractions(&random, viewers: 5, titles: 5)
        #expect(throws: ModelError.self) { try SparseEaseModel(data.interactions, regularization: 0) }
        #expect(throws: ModelError.self) { try SparseEaseModel(data.interactions, neighbours: 0) }
        #expect(throws: ModelError.self) { try SparseEaseModel(data.interactions, threshold: .nan) }
        #expect(throws: ModelError.noInteractions) { try SparseEaseModel(Interactions(titleCount: 3)) }
    }
}
