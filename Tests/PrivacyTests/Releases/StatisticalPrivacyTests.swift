import Foundation
import Privacy
import TestSupport
import Testing

/// Data with and without one viewer, who does more than anybody may, in as many groups as there are.
private struct Neighbours: CustomTestStringConvertible, Sendable {
    let with: Contributions
    let without: Contributions
    let groups: Int
    let testDescription: String

    init(others: Int, groups: Int, events: Int = 4) {
        var contributions = Contributions()
        for viewer in 0..<Int64(others) { contributions.add(viewer: viewer, group: Int(viewer) % groups, number: 1) }
        without = contributions
        for group in 0..<groups {
            for _ in 0..<events { contributions.add(viewer: -1, group: group, number: 3) }
        }
        with = contributions
        self.groups = groups
        testDescription = "\(others) others, \(groups) groups"
    }

    static let all = [
        Neighbours(others: 0, groups: 1), Neighbours(others: 0, groups: 3), Neighbours(others: 4, groups: 2),
    ]
}

/// What somebody learns of a group: whether it is shown, and its numbers as far as they tell the two data apart.
private func outcome(_ released: [ReleasedGroup?], of measure: Measure) -> [Int] {
    released.flatMap { group -> [Int] in
        guard let group else { return [Int.max] }
        let number = (group.number ?? 0) / Double(unit(of: measure))
        return [min(max(group.viewers ?? 0, -2), 12), Int((min(max(number, -1.5), 12) * 2).rounded())]
    }
}

/// What one viewer may add to a group.
private func unit(of measure: Measure) -> Int {
    switch measure {
    case .viewers, .mean: 1
    case .events(let most): most
    case .sum: 2
    }
}

private func measures() throws -> [Measure] {
    [.viewers, .events(most: 2), .sum(try Measure.Bound("2")), .mean(try Measure.Bound("2"))]
}

/// A release as the host makes it.
private func release(
    _ contributions: Contributions, groups: Int, _ plan: ReleasePlan, bound: Int? = nil, measure: Measure? = nil
) -> (inout SplitMix) -> [Int] {
    { generator in
        let totals = contributions.totals(
            of: measure ?? plan.measure, groups: groups, groupsPerViewer: bound ?? plan.groupsPerViewer,
            using: &generator)
        return outcome(plan.release(totals, using: &generator), of: plan.measure)
    }
}

private func plan(
    _ measure: Measure, _ groupsPerViewer: Int, known: Bool, _ mechanism: Mechanism, _ epsilon: String, _ delta: String
) throws -> ReleasePlan {
    try ReleasePlan(
        measure, groupsPerViewer: groupsPerViewer, areGroupsKnown: known, mechanism,
        epsilon: #require(Epsilon(epsilon)), delta: #require(Delta(delta)))
}

@Suite("A release, looked at many times")
struct StatisticalPrivacyTests {
    @Test("by Laplace noise keeps its promise: known groups, pure privacy", arguments: Neighbours.all)
    private func laplace(_ data: Neighbours) throws {
        for measure in try measures() {
            let plan = try plan(measure, 2, known: true, .laplace, "1", "0")
            let excess = Distinguisher(epsilon: 1).excess(
                release(data.with, groups: data.groups, plan), release(data.without, groups: data.groups, plan))
            #expect(excess < 5, "\(measure): \(excess)")
        }
    }

    @Test("keeps its promise where keys of groups are chosen by noise", arguments: Neighbours.all, Mechanism.allCases)
    private func selection(_ data: Neighbours, _ mechanism: Mechanism) throws {
        for measure in try measures() {
            let plan = try plan(measure, 2, known: false, mechanism, "1", "0.001")
            let excess = Distinguisher(epsilon: 1, delta: 0.001).excess(
                release(data.with, groups: data.groups, plan), release(data.without, groups: data.groups, plan))
            #expect(excess < 5, "\(measure): \(excess)")
        }
    }

    @Test("by Gaussian noise keeps its promise", arguments: Neighbours.all)
    private func gaussian(_ data: Neighbours) throws {
        for measure in try measures() {
            let plan = try plan(measure, 3, known: true, .gaussian, "1", "0.001")
            let excess = Distinguisher(epsilon: 1, delta: 0.001).excess(
                release(data.with, groups: data.groups, plan), release(data.without, groups: data.groups, plan))
            #expect(excess < 5, "\(measure): \(excess)")
        }
    }

    @Test(
        "shows a key that one viewer alone has with the probability that is promised, and not much less",
        arguments: Mechanism.allCases)
    func alone(_ mechanism: Mechanism) throws {
        let plan = try plan(.viewers, 3, known: false, mechanism, "1", "0.001")
        var contributions = Contributions()
        for group in 0..<3 { contributions.add(viewer: 1, group: group) }
        var generator = SplitMix(state: 12)
        let shown = (0..<300_000).reduce(0) { shown, _ in
            let totals = contributions.totals(of: .viewers, groups: 3, groupsPerViewer: 3, using: &generator)
            return plan.release(totals, using: &generator).contains { $0 != nil } ? shown + 1 : shown
        }
        // One half of delta goes to the conversion of Gaussian noise.
        #expect(shown < (mechanism == .laplace ? 300 : 150) + 85)
        #expect(shown > 25)
    }

    // MARK: The test itself

    @Test("is found broken where viewers are in more groups than the noise is for")
    func tooManyGroups() throws {
        let data = Neighbours(others: 6, groups: 3)
        let plan = try plan(.viewers, 1, known: true, .laplace, "1", "0")
        #expect(
            Distinguisher(epsilon: 1).isBroken(
                release(data.with, groups: 3, plan, bound: 3), release(data.without, groups: 3, plan, bound: 3)))
    }

    @Test("is found broken where a viewer adds more to a group than the noise is for")
    func tooMuch() throws {
        let data = Neighbours(others: 4, groups: 2)
        let plan = try plan(.events(most: 2), 1, known: true, .laplace, "1", "0")
        let more = Measure.events(most: 3)
        #expect(
            Distinguisher(epsilon: 1).isBroken(
                release(data.with, groups: 2, plan, measure: more),
                release(data.without, groups: 2, plan, measure: more)))
    }

    @Test("is found broken where it spends more than it says", arguments: Mechanism.allCases)
    func tooLittleNoise(_ mechanism: Mechanism) throws {
        let data = Neighbours(others: 0, groups: 1)
        let plan = try plan(.viewers, 1, known: true, mechanism, mechanism == .laplace ? "1.3" : "3", "0.001")
        #expect(
            Distinguisher(epsilon: 1, delta: mechanism == .laplace ? 0 : 0.001).isBroken(
                release(data.with, groups: 1, plan), release(data.without, groups: 1, plan)))
    }

    @Test("is found broken where a key is shown for its number without noise")
    func keysWithoutNoise() throws {
        let data = Neighbours(others: 6, groups: 1)
        let plan = try plan(.viewers, 1, known: true, .laplace, "1", "0")
        func broken(_ contributions: Contributions) -> (inout SplitMix) -> [Int] {
            { generator in
                let totals = contributions.totals(of: .viewers, groups: 1, groupsPerViewer: 1, using: &generator)
                let shown = totals.filter { $0.viewers >= 7 }
                return outcome(plan.release(shown, using: &generator), of: .viewers)
            }
        }
        #expect(Distinguisher(epsilon: 1, delta: 0.001).isBroken(broken(data.with), broken(data.without)))
    }

    /// Mironov 2012: which fractions can come out depends on what the noise was added to.
    @Test("is found broken where noise is made of binary fractions")
    func binaryFractions() {
        func noise(_ generator: inout SplitMix) -> Double {
            let uniform = Double(generator.next() >> 52 + 1) / 4097
            return (generator.next() & 1 == 0 ? -1 : 1) * log(uniform)
        }
        let possible = Set(
            (0...4095 as ClosedRange<UInt64>).flatMap { number -> [Double] in
                let magnitude = log(Double(number + 1) / 4097)
                return [1 + magnitude, 1 - magnitude]
            })
        func isPossibleOfOne(_ count: Double) -> (inout SplitMix) -> Bool {
            { possible.contains(count + noise(&$0)) }
        }
        #expect(Distinguisher(epsilon: 1).isBroken(isPossibleOfOne(1), isPossibleOfOne(0)))
    }
}
