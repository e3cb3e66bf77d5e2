import Models
import TestSupport
import Testing

@Suite("EASE")
struct EaseTests {
    @Test("scores are those of the closed form", arguments: 0..<12)
    func closedForm(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let titles = Int.random(in: 1...70, using: &random)
        let data = RandomInteractions(&random, viewers: Int.random(in: 1...60, using: &random), titles: titles)
        guard data.interactions.count > 0 else { return }
        let regularization = [0.5, 3, 50][seed % 3]
        let model = try EaseModel(data.interactions, regularization: Float(regularization), jobs: 1 + seed % 2)

        let dense = data.dense
        let gram = (0..<titles).map { one in
            (0..<titles).map { other in
                dense.reduce(one == other ? regularization : 0) { $0 + $1[one] * $1[other] }
            }
        }
        let identity = (0..<titles).map { one in (0..<titles).map { $0 == one ? 1.0 : 0 } }
        let inverse = solution(of: gram, identity)
        for (row, taste) in zip(dense, data.rows) {
            let scores = model.scores(for: taste)
            for title in 0..<titles {
                let wanted = (0..<titles).reduce(0.0) { sum, other in
                    other == title ? sum : sum - row[other] * inverse[other][title] / inverse[title][title]
                }
                #expect(isNear(Double(scores[title]), wanted, 2e-3))
                let parts = model.contributions(to: title, from: taste)
                #expect(isNear(Double(parts.reduce(0, +)), Double(scores[title])))
            }
        }
    }

    @Test("the same work gives the same bits, and other workers the same but for rounding")
    func workers() throws {
        var random = SplitMix(state: 5)
        let data = RandomInteractions(&random, viewers: 300, titles: 90)
        let models = try [2, 2, 1].map { try EaseModel(data.interactions, jobs: $0) }
        let scores = models.map { $0.scores(for: data.rows[0]) }
        #expect(scores[0] == scores[1])
        for (one, other) in zip(scores[0], scores[2]) { #expect(isNear(Double(one), Double(other), 1e-4)) }
    }

    @Test("a long history's scores, which all cores work out together, are those of its parts")
    func longHistory() throws {
        var random = SplitMix(state: 6)
        let titles = 1_459
        let data = RandomInteractions(&random, viewers: 40, titles: titles)
        let model = try EaseModel(data.interactions, regularization: 20)
        let taste = (0..<titles).map { (title: $0, weight: Float.random(in: 0.1...2, using: &random)) }
        let scores = model.scores(for: taste)
        #expect(scores == model.scores(for: taste))
        for title in 0..<titles {
            let sum = model.contributions(to: title, from: taste).reduce(0) { $0 + Double($1) }
            #expect(isNear(Double(scores[title]), sum, 1e-3))
        }
    }

    @Test(
        "what is kept of a pruned model are the largest weights, and all of them where there is room", arguments: 0..<6)
    func pruned(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let data = RandomInteractions(&random, viewers: 60, titles: 30)
        let whole = try EaseModel(data.interactions, regularization: 20)
        let all = try EaseModel.pruned(to: 100, data.interactions, regularization: 20)
        let few = try EaseModel.pruned(to: 4, data.interactions, regularization: 20, jobs: 2)
        for title in 0..<30 {
            let everything = (0..<30).map { (title: $0, weight: Float(1)) }
            let weights = whole.contributions(to: title, from: everything)
            for (one, other) in zip(weights, all.contributions(to: title, from: everything)) {
                #expect(isNear(Double(one), Double(other)))
            }
            let largest = weights.map { abs($0) }.sorted(by: >)[3]
            for (one, other) in zip(weights, few.contributions(to: title, from: everything)) {
                #expect(isNear(Double(abs(one) >= largest ? one : 0), Double(other)))
            }
        }
        for taste in data.rows.prefix(5) {
            for (one, other) in zip(whole.scores(for: taste), all.scores(for: taste)) {
                #expect(isNear(Double(one), Double(other)))
            }
        }
    }

    @Test("a title is like those that it is watched with, and never itself")
    func similar() throws {
        var interactions = Interactions(titleCount: 4)
        for viewer in 0..<40 {
            for title in viewer % 2 == 0 ? [0, 1] : [2, 3] { interactions.append(title: title, weight: 1, time: 0) }
            interactions.endRow()
        }
        let model = try EaseModel(interactions, regularization: 10)
        #expect(model.similar(to: 0, count: 3).map { $0.title } == [1])
        #expect(model.similar(to: 3, count: 0).isEmpty)
    }

    @Test("without anything to learn from, or with a regularisation of 0, it says so")
    func refuses() throws {
        #expect(throws: ModelError.noInteractions) { try EaseModel(Interactions(titleCount: 3)) }
        var random = SplitMix(state: 6)
        let data = RandomInteractions(&random, viewers: 5, titles: 5)
        #expect(throws: ModelError.self) { try EaseModel(data.interactions, regularization: 0) }
        #expect(throws: ModelError.self) { try EaseModel(data.interactions, regularization: .nan) }
    }
}
