import Foundation
import Privacy
import TestSupport
import Testing

private func plan(
    _ measure: Measure = .viewers, groups: Int = 1, known: Bool = false, _ mechanism: Mechanism = .laplace,
    epsilon: String = "1", delta: String = "1e-9"
) throws -> ReleasePlan {
    try ReleasePlan(
        measure, groupsPerViewer: groups, areGroupsKnown: known, mechanism, epsilon: #require(Epsilon(epsilon)),
        delta: #require(Delta(delta)))
}

@Suite("The plan of a release")
struct ReleasePlanTests {
    @Test("spends what was asked for, and no delta where none is needed")
    func costs() throws {
        let pure = try plan(known: true, delta: "0").cost
        #expect(pure.epsilon.units == 1_000_000 && pure.delta == .zero && pure.selectionDelta == .zero)
        #expect(try plan(known: true).cost == pure)
        let keyed = try plan().cost
        #expect(keyed.delta.description == "1e-9" && keyed.selectionDelta == keyed.delta)
        let gaussian = try plan(.viewers, .gaussian).cost
        #expect(gaussian.delta.description == "1e-9" && gaussian.selectionDelta.description == "5e-10")
        // Two numbers of half the epsilon cost half the rho of one.
        let two = try plan(.events(most: 3)).cost
        #expect(two.epsilon.units == 1_000_000 && abs(two.rho.value - 0.25) < 1e-8)
    }

    @Test("adds noise in proportion to what a viewer may change")
    func noise() throws {
        // sqrt(2) times the scale, nearly.
        #expect(try #require(plan(groups: 10).viewersNoise).standardDeviation.rounded() == 14)
        let sum = try #require(try plan(.sum(Measure.Bound("3600")), groups: 10).totalNoise)
        #expect(abs(sum.standardDeviation / (36000 * 2 * 2.0.squareRoot()) - 1) < 1e-6)
        let rho = Concentration.rho(epsilon: Epsilon(units: 1_000_000), delta: Delta(units: 500_000_000)).value
        let gaussian = try #require(plan(.viewers, groups: 100, .gaussian).viewersNoise)
        #expect(abs(gaussian.standardDeviation / (100 / (2 * rho)).squareRoot() - 1) < 1e-6)
    }

    /// `1 + ln(1 / (2 delta)) / epsilon` would be the threshold of continuous noise.
    @Test("shows keys from the least number on that hides one viewer", arguments: ["0.5", "1", "3"])
    func threshold(_ text: String) throws {
        for (delta, groups) in [("1e-9", 1), ("1e-6", 1), ("1e-9", 20)] {
            let threshold = try #require(plan(groups: groups, epsilon: text, delta: delta).threshold)
            let scale = Double(groups) / (try #require(Double(text)))
            let (limit, q) = (try #require(Double(delta)) / Double(groups), exp(-1 / scale))
            func tail(_ k: Int) -> Double { pow(q, Double(k)) / (1 + q) }
            #expect(tail(threshold - 1) <= limit)
            #expect(tail(threshold - 2) > limit)
            #expect(abs(Double(threshold) - 1 - scale * log(1 / (2 * limit))) < 2)
        }
    }

    @Test("shows no key that has only one viewer, but those of many, with either noise", arguments: Mechanism.allCases)
    func selection(_ mechanism: Mechanism) throws {
        let plan = try plan(.viewers, groups: 3, mechanism)
        var generator = SplitMix(state: 13)
        let threshold = try #require(plan.threshold)
        for _ in 0..<2000 {
            let shown = plan.release(
                [GroupTotal(viewers: 1), GroupTotal(viewers: 3 * threshold), GroupTotal(viewers: 0)], using: &generator)
            #expect(shown[0] == nil && shown[1] != nil && shown[2] == nil)
        }
    }

    @Test("tells numbers that are right on average")
    func unbiased() throws {
        let group = GroupTotal(viewers: 400, total: 1_000_000)
        var generator = SplitMix(state: 14)
        for (measure, expected) in [
            (Measure.events(most: 5), 1_000_000.0), (.sum(try Measure.Bound("5")), 1000),
            (.mean(try Measure.Bound("10000")), 7500),
        ] {
            let plan = try plan(measure, known: true, delta: "0")
            let numbers = try (0..<4000).map { _ in
                try #require(plan.release([group], using: &generator)[0]?.number)
            }
            let mean = numbers.reduce(0, +) / 4000
            let spread = try #require(plan.totalNoise).standardDeviation / 4000.0.squareRoot()
            #expect(abs(mean - expected) < 6 * spread, "\(measure): \(mean)")
        }
    }

    @Test("is refused where it would protect nobody, or tell nothing")
    func refusals() throws {
        for epsilon in ["0", "20.000001", "1000000"] {
            #expect(throws: PrivacyError.epsilon(most: ReleasePlan.most)) { try plan(epsilon: epsilon) }
        }
        #expect(throws: PrivacyError.delta) { try plan(delta: "0.0011") }
        #expect(throws: PrivacyError.delta) { try plan(delta: "1") }
        #expect(throws: PrivacyError.groupsNeedDelta) { try plan(delta: "0") }
        #expect(throws: PrivacyError.gaussianNeedsDelta) { try plan(.viewers, known: true, .gaussian, delta: "0") }
        #expect(throws: PrivacyError.groupsPerViewer) { try plan(groups: 0) }
        #expect(throws: PrivacyError.groupsPerViewer) { try plan(groups: 1001) }
        #expect(throws: PrivacyError.most) { try plan(.events(most: 0)) }
        #expect(throws: PrivacyError.most) { try plan(.events(most: .max)) }
        #expect(throws: PrivacyError.tooMuchNoise) {
            try plan(.sum(Measure.Bound("1e9")), groups: 1000, epsilon: "0.000002")
        }
        #expect(throws: PrivacyError.tooMuchNoise) { try plan(.events(most: 1), epsilon: "0.000001") }
        #expect(throws: PrivacyError.tooMuchNoise) { try plan(.events(most: 1), .gaussian, epsilon: "0.000001") }
    }

    @Test("tells nothing of no groups, and something of known groups in which nobody is")
    func empty() throws {
        var generator = SplitMix(state: 15)
        #expect(try plan().release([], using: &generator).isEmpty)
        let released = try plan(known: true).release([GroupTotal(), GroupTotal()], using: &generator)
        #expect(released.allSatisfy { $0 != nil })
        let mean = try plan(.mean(Measure.Bound("5")), known: true).release([GroupTotal()], using: &generator)
        #expect(try (0...5).contains(#require(mean[0]?.number)))
    }
}
