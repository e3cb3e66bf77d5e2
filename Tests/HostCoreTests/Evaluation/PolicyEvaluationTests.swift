import HostCore
import Models
import Testing

@Suite("What other models' recommendations would have brought")
struct PolicyEvaluationTests {
    /// Viewers of two kinds, who took up four of the eight titles that they like, and were then shown any of all sixteen; what
    /// they like, they follow. `new` is how often they were shown one of the four that they like and did not know.
    private func store(propensity: String = #","propensity":0.0625"#) throws -> (
        store: TestStore, new: Int
    ) {
        var random = SeededNumbers(2)
        let store = try TestStore()
        var liked: Set<Int> = []
        for viewer in 0..<40 {
            for number in (0..<8).shuffled(using: &random).prefix(4) {
                liked.insert(viewer * 16 + number * 2 + viewer % 2)
            }
        }
        try store.addRatings(viewers: 40, titles: 16) { viewer, title in liked.contains(viewer * 16 + title) }
        var shown: [String] = []
        var new = 0
        for viewer in 0..<40 {
            for _ in 0..<20 {
                let title = Int.random(in: 0..<16, using: &random)
                let data = #"{"title_id":"t\#(title)","recommender":"chance"\#(propensity)}"#
                let head = #""subject":"v\#(viewer)","type":"recommendation."#
                shown.append(head + #"shown","data":"# + data)
                if title % 2 == viewer % 2, !liked.contains(viewer * 16 + title) { new += 1 }
                if title % 2 == viewer % 2 { shown.append(head + #"chosen","data":"# + data) }
            }
        }
        try store.add(shown, from: 1000, at: "2026-01-02T00:00:00Z")
        return (store, new)
    }

    private func options(recommender: String? = nil) -> PolicyEvaluation.Options {
        var options = PolicyEvaluation.Options()
        options.length = 4
        options.recommender = recommender
        return options
    }

    @Test("a model that shows what viewers like is told from one that does not know them")
    func values() throws {
        let (store, new) = try store()
        let evaluation = try PolicyEvaluation(store: store.path, options())
        let policies = try evaluation.run([ModelRecipe(.neighbours), ModelRecipe(.popularity)])
        #expect(evaluation.since.timeText == "2026-01-02T00:00:00Z")
        let (neighbours, popularity) = (policies[0].estimate, policies[1].estimate)
        #expect(abs(neighbours.logged.mean - 0.5) < 0.06 && neighbours.logged == popularity.logged)
        #expect(neighbours.selfNormalised.mean == 1)
        // Each of those weighs a quarter through a sixteenth, and all else nothing.
        #expect(abs(neighbours.inversePropensity.mean - Double(new) * 4 / 800) < 1e-9)
        #expect(neighbours.meanWeight == neighbours.inversePropensity)
        #expect(abs(neighbours.effectiveSampleSize - Double(new)) < 1e-9)
        #expect(popularity.selfNormalised.high < 0.9)
        #expect(neighbours.trials == 800 && neighbours.viewers == 40)
        #expect(evaluation.table(of: policies).contains("800 recommendations shown to 40 viewers"))
    }

    @Test(
        "without propensities, or with impossible ones, nothing is estimated",
        arguments: ["", "0", "1.5", "-0.1", "null"])
    func refused(propensity: String) throws {
        let field = propensity.isEmpty ? "" : #","propensity":"# + propensity
        let store = try store(propensity: field).store
        #expect {
            try PolicyEvaluation(store: store.path, options())
        } throws: { error in
            guard case .data(let message)? = error as? HostError else { return false }
            return message.hasPrefix("800 of 800 recommendations") && message.contains("propensity")
        }
    }

    @Test("only what one recommender made can be taken, and what is not there is said to be so")
    func recommenders() throws {
        let store = try store().store
        let others = [#""subject":"v1","type":"recommendation.shown","data":{"title_id":"t1","recommender":"editors"}"#]
        try store.add(others, from: 9000, at: "2026-01-03T00:00:00Z")
        #expect(throws: HostError.self) { try PolicyEvaluation(store: store.path, options()) }
        let evaluation = try PolicyEvaluation(store: store.path, options(recommender: "chance"))
        #expect(try evaluation.run([ModelRecipe(.ease)])[0].estimate.trials == 800)
        #expect {
            try PolicyEvaluation(store: store.path, options(recommender: "nobody"))
        } throws: { error in
            (error as? HostError)?.message.contains("by 'nobody'") == true
        }
    }

    @Test("viewers who refuse personalization are left out")
    func consent() throws {
        let store = try store().store
        let refusal = #""subject":"v3","type":"consent.changed","data":{"purpose":"personalization","granted":false}"#
        try store.add([refusal], from: 9000, at: "2026-01-03T00:00:00Z")
        let evaluation = try PolicyEvaluation(store: store.path, options())
        #expect(try evaluation.run([ModelRecipe(.popularity)])[0].estimate.viewers == 39)
    }

    @Test("where nothing was taken up before, no model can learn")
    func noPast() throws {
        var early = options()
        early.since = 1
        let store = try store().store
        #expect {
            try PolicyEvaluation(store: store.path, early)
        } throws: { error in
            (error as? HostError)?.message.contains("no model can learn") == true
        }
    }
}
