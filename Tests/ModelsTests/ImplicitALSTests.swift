import Models
import TestSupport
import Testing

@Suite("iALS")
struct ImplicitALSTests {
    @Test("a viewer's scores are those of the equations that the titles' vectors give", arguments: [1, 7, 16, 33])
    func foldIn(rank: Int) throws {
        var random = SplitMix(state: UInt64(rank))
        let data = RandomInteractions(&random, viewers: 80, titles: 50)
        var parameters = ImplicitALSModel.Parameters()
        parameters.rank = rank
        parameters.iterations = 4
        let model = try ImplicitALSModel(data.interactions, parameters)
        let vectors = (0..<50).map { model.vector(of: $0).map { Double($0) } }
        for taste in data.rows.prefix(10) {
            let scores = model.scores(for: taste)
            let wanted = Self.scores(taste, vectors, parameters)
            for (one, other) in zip(scores, wanted) { #expect(isNear(Double(one), other, 2e-3)) }
            let parts = model.contributions(to: 3, from: taste)
            #expect(isNear(Double(parts.reduce(0, +)), Double(scores[3]), 2e-3))
        }
    }

    @Test("each iteration makes the loss less")
    func descends() throws {
        var random = SplitMix(state: 3)
        let data = RandomInteractions(&random, viewers: 90, titles: 40)
        var losses: [Double] = []
        for iterations in 1...6 {
            var parameters = ImplicitALSModel.Parameters()
            parameters.rank = 8
            parameters.iterations = iterations
            let model = try ImplicitALSModel(data.interactions, parameters)
            // What is left of the loss when each viewer's vector is the best for the titles'.
            losses.append(
                data.rows.reduce(0.0) { sum, row in
                    let scores = model.scores(for: row)
                    let known = Dictionary(uniqueKeysWithValues: row.map { ($0.title, Double($0.weight)) })
                    return scores.enumerated().reduce(sum) { sum, entry in
                        let score = Double(entry.element)
                        let seen = known[entry.offset].map { $0 * (score - 1) * (score - 1) } ?? 0
                        return sum + seen + Double(parameters.unobservedWeight) * score * score
                    }
                })
        }
        #expect(losses.last ?? 0 < (losses.first ?? 0) * 0.9)
        for (earlier, later) in zip(losses, losses.dropFirst()) { #expect(later < earlier * 1.001) }
    }

    @Test("training ends where each side is the best for the other one, in blocks too", arguments: [64, 16])
    func settles(block: Int) throws {
        var random = SplitMix(state: 12)
        let data = RandomInteractions(&random, viewers: 150, titles: 60)
        var parameters = ImplicitALSModel.Parameters()
        (parameters.rank, parameters.block, parameters.iterations) = (40, block, 300)
        parameters.regularization = 0.02
        let model = try ImplicitALSModel(data.interactions, parameters)
        let titles = (0..<60).map { model.vector(of: $0).map { Double($0) } }
        let viewers = data.rows.map { Self.vector($0.map { ($0.title, Double($0.weight)) }, titles, parameters) }
        for title in 0..<60 {
            let takers = data.rows.enumerated().flatMap { viewer, row in
                row.filter { $0.title == title }.map { (viewer, Double($0.weight)) }
            }
            let wanted = Self.vector(takers, viewers, parameters)
            #expect(zip(titles[title], wanted).allSatisfy { abs($0 - $1) < 2e-3 })
        }
    }

    @Test("as many workers as may be give the same bits, and another seed gives others")
    func workers() throws {
        try Self.expectSame(block: 64)
        try Self.expectSame(block: 16)
    }

    private static func expectSame(block: Int) throws {
        var random = SplitMix(state: 5)
        let data = RandomInteractions(&random, viewers: 400, titles: 70)
        var parameters = ImplicitALSModel.Parameters()
        parameters.rank = 20
        parameters.block = block
        parameters.iterations = 3
        let scores = try [1, 2, 5].map {
            try ImplicitALSModel(data.interactions, parameters, jobs: $0).scores(for: data.rows[0])
        }
        #expect(scores[0] == scores[1] && scores[0] == scores[2])
        parameters.seed = 2
        #expect(try ImplicitALSModel(data.interactions, parameters).scores(for: data.rows[0]) != scores[0])
    }

    @Test("weights beyond all measure give scores all the same, and none that is no number", arguments: [1e-30, 1e30])
    func extremes(weight: Float) throws {
        var interactions = Interactions(titleCount: 6)
        for viewer in 0..<6 {
            for title in 0...viewer { interactions.append(title: title, weight: weight, time: 0) }
            interactions.endRow()
        }
        let model = try ImplicitALSModel(interactions)
        for score in model.scores(for: [(0, weight), (3, weight)]) { #expect(score.isFinite) }
    }

    @Test("no titles, an empty taste and wrong parameters are answered")
    func refuses() throws {
        #expect(throws: ModelError.noInteractions) { try ImplicitALSModel(Interactions(titleCount: 0)) }
        var random = SplitMix(state: 6)
        let data = RandomInteractions(&random, viewers: 5, titles: 5)
        #expect(try ImplicitALSModel(data.interactions).scores(for: []) == [0, 0, 0, 0, 0])
        var parameters = ImplicitALSModel.Parameters()
        parameters.rank = 0
        #expect(throws: ModelError.self) { try ImplicitALSModel(data.interactions, parameters) }
    }

    private static func scores(
        _ taste: [(title: Int, weight: Float)], _ vectors: [[Double]], _ parameters: ImplicitALSModel.Parameters
    ) -> [Double] {
        let vector = vector(taste.map { ($0.title, Double($0.weight)) }, vectors, parameters)
        return vectors.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// The vector that is the best for what it has of the others.
    private static func vector(
        _ row: [(number: Int, weight: Double)], _ vectors: [[Double]], _ parameters: ImplicitALSModel.Parameters
    ) -> [Double] {
        let rank = parameters.rank
        if row.isEmpty { return [Double](repeating: 0, count: rank) }
        let unobserved = Double(parameters.unobservedWeight)
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: rank), count: rank)
        var side = [[Double]](repeating: [0], count: rank)
        func add(_ vector: [Double], _ weight: Double) {
            for row in 0..<rank {
                for column in 0..<rank { matrix[row][column] += weight * vector[row] * vector[column] }
            }
        }
        for vector in vectors { add(vector, unobserved) }
        for entry in row {
            add(vectors[entry.number], entry.weight)
            for place in 0..<rank { side[place][0] += entry.weight * vectors[entry.number][place] }
        }
        let penalty = Double(parameters.regularization) * (Double(row.count) + unobserved * Double(vectors.count))
        for row in 0..<rank { matrix[row][row] += penalty }
        return solution(of: matrix, side).map { $0[0] }
    }
}
