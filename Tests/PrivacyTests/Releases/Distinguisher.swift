import Foundation
import TestSupport

/// Looks for an event whose probability with a viewer's data is more than `exp(epsilon)` times that without, and `delta` beyond (in the
/// manner of Ding, Wang, Wang, Zhang and Kifer 2018, "Detecting Violations of Differential Privacy").
///
/// Half of the runs choose the event: all outcomes that were more frequent than they may be, which is the best event there is. The
/// other half say whether it is one. A mechanism that keeps its promise is called broken in less than one of a million cases.
struct Distinguisher {
    private static let leastDeviations = 5.0

    let epsilon: Double
    var delta = 0.0
    var runs = 20_000

    /// How many standard deviations the promise is exceeded by; `with` and `without` run the mechanism on data that differ by a viewer.
    func excess<Outcome: Hashable>(
        _ with: (inout SplitMix) -> Outcome, _ without: (inout SplitMix) -> Outcome
    ) -> Double {
        max(oneWay(with, without, seed: 10), oneWay(without, with, seed: 11))
    }

    func isBroken<Outcome: Hashable>(
        _ with: (inout SplitMix) -> Outcome, _ without: (inout SplitMix) -> Outcome
    ) -> Bool {
        excess(with, without) > Self.leastDeviations
    }

    private func oneWay<Outcome: Hashable>(
        _ one: (inout SplitMix) -> Outcome, _ other: (inout SplitMix) -> Outcome, seed: UInt64
    ) -> Double {
        var generator = SplitMix(state: seed)
        func tally(_ run: (inout SplitMix) -> Outcome) -> [Outcome: Int] {
            var counts: [Outcome: Int] = [:]
            for _ in 0..<runs { counts[run(&generator), default: 0] += 1 }
            return counts
        }
        let (first, second) = (tally(one), tally(other))
        let event = Set(first.keys.filter { Double(first[$0] ?? 0) > exp(epsilon) * Double(second[$0] ?? 0) })
        func count(_ run: (inout SplitMix) -> Outcome) -> Double {
            (0..<runs).reduce(0) { count, _ in event.contains(run(&generator)) ? count + 1 : count }
        }
        let (a, b) = (count(one), count(other))
        let all = Double(runs)
        // One more of each: where nothing was seen, little is known.
        let variance = (a + 1) + exp(2 * epsilon) * (b + 1)
        return (a - exp(epsilon) * b - delta * all) / variance.squareRoot()
    }
}
