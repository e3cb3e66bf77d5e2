import Privacy
import TestSupport
import Testing

private struct Event {
    let viewer: Int64
    let group: Int
    let number: Double
}

/// Events of some viewers, some of whom do a lot; among them numbers that no sum should take.
private func events(_ generator: inout SplitMix, viewers: Int, groups: Int) -> [Event] {
    let odd = [-5, .nan, .infinity, -.infinity, 1e308, -1e308, 0]
    return (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        let isOdd = Int.random(in: 0..<10, using: &generator) == 0
        return Event(
            viewer: Int64.random(in: 0..<Int64(viewers), using: &generator),
            group: Int.random(in: 0..<groups, using: &generator),
            number: isOdd ? odd.randomElement(using: &generator) ?? 0 : Double.random(in: 0...50, using: &generator))
    }
}

private func contributions(_ events: [Event]) -> Contributions {
    var contributions = Contributions()
    for event in events { contributions.add(viewer: event.viewer, group: event.group, number: event.number) }
    return contributions
}

private func measures() throws -> [Measure] {
    [
        .viewers, .events(most: 3), .events(most: 1), .sum(try Measure.Bound("20")), .sum(try Measure.Bound("0.5")),
        .mean(try Measure.Bound("30")), .mean(try Measure.Bound("5.5")),
    ]
}

/// How far one viewer may move a group's total.
private func change(_ measure: Measure) -> Int {
    switch measure {
    case .viewers: 1
    case .events(let most): most
    case .sum(let bound): bound.steps
    case .mean(let bound): bound.steps - bound.steps / 2
    }
}

@Suite("A viewer's contributions")
struct ContributionTests {
    @Test("move no more groups than they may, and each by no more than it may")
    func bounds() throws {
        var generator = SplitMix(state: 7)
        for measure in try measures() {
            for _ in 0..<100 {
                let groups = Int.random(in: 1...12, using: &generator)
                let most = Int.random(in: 1...12, using: &generator)
                let all = events(&generator, viewers: 12, groups: groups)
                // What the lot decides for the others is the same with and without the last viewer.
                let lot = generator.next()
                var (with, without) = (SplitMix(state: lot), SplitMix(state: lot))
                let more = contributions(all).totals(
                    of: measure, groups: groups, groupsPerViewer: most, using: &with)
                let less = contributions(all.filter { $0.viewer != 11 }).totals(
                    of: measure, groups: groups, groupsPerViewer: most, using: &without)
                let moved = zip(more, less).filter { $0 != $1 }
                #expect(moved.count <= most)
                for (one, other) in moved {
                    #expect(one.viewers - other.viewers == 1)
                    #expect(abs(one.total - other.total) <= change(measure))
                }
            }
        }
    }

    @Test("stay whole where they are within the bounds")
    func exact() throws {
        var contributions = Contributions()
        for viewer in 0..<10 as Range<Int64> {
            for group in 0..<3 { contributions.add(viewer: viewer, group: group, number: Double(group) + 0.5) }
        }
        var generator = SplitMix(state: 8)
        func totals(_ measure: Measure) -> [GroupTotal] {
            contributions.totals(of: measure, groups: 4, groupsPerViewer: 3, using: &generator)
        }
        #expect(totals(.viewers).map(\.viewers) == [10, 10, 10, 0])
        #expect(totals(.events(most: 5)).map(\.total) == [10, 10, 10, 0])
        #expect(try totals(.sum(Measure.Bound("5"))).map(\.total) == [5000, 15000, 25000, 0])
        // 0.5, 1.5 and 2.5 are that far from 2.5.
        #expect(try totals(.mean(Measure.Bound("5"))).map(\.total) == [-20000, -10000, 0, 0])
    }

    @Test("are chosen by lot, each choice of groups as likely as the others")
    func lot() {
        var contributions = Contributions()
        for group in 0..<6 { contributions.add(viewer: 1, group: group) }
        var generator = SplitMix(state: 9)
        var counts = [Int](repeating: 0, count: 64)
        for _ in 0..<40_000 {
            let totals = contributions.totals(of: .viewers, groups: 6, groupsPerViewer: 3, using: &generator)
            let choice = totals.enumerated().reduce(0) { $0 | $1.element.viewers << $1.offset }
            counts[choice] += 1
        }
        let choices = counts.indices.filter { $0.nonzeroBitCount == 3 }
        #expect(choices.reduce(0) { $0 + counts[$1] } == 40_000)
        let test = ChiSquare(choices.map { counts[$0] }, choices.map { _ in 1 / Double(choices.count) })
        #expect(test.isPlausible, "\(test)")
    }

    @Test("are counted as finely as their bound asks for")
    func steps() throws {
        for (text, steps, places) in [
            ("5", 5000, 3), ("0.5", 5000, 4), ("36000", 36000, 0), ("1000", 1000, 0), ("999", 9990, 1),
            ("0.000001", 1000, 9),
            ("1e9", 1_000_000_000, 0), ("5.00049", 5000, 3),
        ] {
            let bound = try Measure.Bound(text)
            #expect(bound.steps == steps && bound.places == places, "\(text)")
        }
        for text in ["0", "-1", "nan", "inf", "1e10", "1000000001", "0.0000001", "five", ""] {
            #expect(throws: PrivacyError.most) { try Measure.Bound(text) }
        }
    }
}
