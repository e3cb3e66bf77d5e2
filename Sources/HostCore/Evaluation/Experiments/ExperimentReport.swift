internal import Foundation
public import Models

/// What an experiment found: how often the recommendations of each variant were followed.
public struct ExperimentReport: Sendable {
    /// How variants met viewers.
    public enum Design: Sendable {
        /// Each viewer saw one variant (A/B test).
        case split
        /// Each viewer saw two variants in one list.
        case interleaved
    }

    public struct Variant: Sendable {
        public let name: String
        public let viewers: Int
        public let shown: Int
        public let chosen: Int
        /// The share of the recommendations that were followed.
        public let rate: Estimate
        /// Its rate less that of the first variant; nil for that itself, and where viewers saw both.
        public let difference: Estimate?
        /// Viewers who followed more of its recommendations than of the other's; nil where viewers saw one variant.
        public let preferredBy: Int?
    }

    public let name: String
    public let design: Design
    /// In the order of their names, but for the control, which is the first.
    public let variants: [Variant]
    /// Viewers who saw several variants of which they should see one; they do not count.
    public let mixedViewers: Int
    /// Who prefers which of two interleaved variants.
    public let preference: SignTest?
    /// Whether viewers were split as planned; nil where viewers saw both variants.
    public let sampleRatio: SampleRatioTest?

    /// Reads the store, which must be there. `control` names the variant that the others are compared with. `planned` has the weights
    /// that variants were to get viewers by; none where they were to get as many each. `progress` is told how many events are done,
    /// and of how many.
    public init(
        store path: String, experiment name: String, _ design: Design, control: String? = nil,
        planned: [String: Double] = [:], jobs: Int = 1, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) {
        guard planned.values.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .usage("the weights of an experiment's variants must be above 0")
        }
        let histories = try Histories(store: path, jobs: jobs)
        try histories.update(progress)
        let log = try RecommendationLog(histories)
        try histories.close()
        let seen = log.filter { $0.experiment == name && $0.variant != nil }.map { ViewerCounts($0.shown) }
        let found = Set(seen.flatMap { $0.variants.keys })
        if found.isEmpty { throw Self.noExperiment(name, log) }
        if let stray = found.sorted().first(where: { !planned.isEmpty && planned[$0] == nil }) {
            throw .usage(
                "viewers saw variant '\(stray)' of experiment '\(name)', which is none of those that were planned")
        }
        let names = found.union(planned.keys).sorted()
        if let control, !names.contains(control) {
            throw .usage("experiment '\(name)' has no variant '\(control)': it has \(names.joined(separator: ", "))")
        }
        let order = (control.map { [$0] } ?? []) + names.filter { $0 != control }
        self.name = name
        self.design = design
        switch design {
        case .split:
            let counted = seen.filter { $0.variants.count == 1 }
            let parts = order.map { variant in counted.compactMap { $0.variants[variant] } }
            variants = order.enumerated().map { place, name in
                Variant(
                    name, parts[place],
                    difference: place == 0
                        ? nil
                        : Bootstrap().difference(ofRatio: parts[place].map { $0.ratio }, parts[0].map { $0.ratio }))
            }
            mixedViewers = seen.count - counted.count
            preference = nil
            sampleRatio =
                order.count < 2
                ? nil : SampleRatioTest(parts.map { $0.count }, weights: order.map { planned[$0] ?? 1 })
        case .interleaved:
            guard order.count == 2 else {
                throw .data(
                    """
                    experiment '\(name)' has \(order.count.counted("variant")), and two are interleaved: without \
                    --interleaved, any number is compared by viewers who saw one
                    """)
            }
            let leads = seen.map { ($0.variants[order[0]]?.chosen ?? 0) - ($0.variants[order[1]]?.chosen ?? 0) }
            let test = SignTest(wins: leads.count { $0 > 0 }, losses: leads.count { $0 < 0 })
            variants = zip(order, [test.wins, test.losses]).map { name, count in
                Variant(name, seen.compactMap { $0.variants[name] }, preferredBy: count)
            }
            mixedViewers = 0
            preference = test
            sampleRatio = nil
        }
    }

    private static func noExperiment(_ name: String, _ log: RecommendationLog) -> HostError {
        let names = Set(log.viewers.flatMap { $0.shown.compactMap { $0.event.experiment } }).sorted()
        let known = names.prefix(10).joined(separator: ", ")
        return .usage(
            """
            no recommendation was shown for experiment '\(name)' with a variant: \
            \(names.isEmpty ? "the store has no experiments" : "the store has \(known)")
            """)
    }
}

/// What one viewer was shown and followed, by variant.
private struct ViewerCounts {
    struct Counts {
        var shown = 0
        var chosen = 0

        var ratio: (Double, Double) { (Double(chosen), Double(shown)) }
    }

    private(set) var variants: [String: Counts] = [:]

    init(_ shown: [ShownRecommendation]) {
        for recommendation in shown {
            guard let variant = recommendation.event.variant else { continue }
            variants[variant, default: Counts()].shown += 1
            if recommendation.isChosen { variants[variant, default: Counts()].chosen += 1 }
        }
    }
}

extension ExperimentReport.Variant {
    fileprivate init(
        _ name: String, _ viewers: [ViewerCounts.Counts], difference: Estimate? = nil, preferredBy: Int? = nil
    ) {
        self.name = name
        self.viewers = viewers.count
        shown = viewers.reduce(0) { $0 + $1.shown }
        chosen = viewers.reduce(0) { $0 + $1.chosen }
        rate = Bootstrap().ratio(viewers.map { $0.ratio })
        self.difference = difference
        self.preferredBy = preferredBy
    }
}
