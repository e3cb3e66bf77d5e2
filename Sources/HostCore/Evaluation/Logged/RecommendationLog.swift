internal import Models

/// The recommendations that a store's viewers were shown, as far as they may be used for personalization.
struct RecommendationLog {
    /// By the store's numbers of the viewers, in the order of the numbers; each viewer's by time.
    let viewers: [(viewer: Int64, shown: [ShownRecommendation])]

    init(_ histories: Histories) throws(HostError) {
        var events: [Int64: [RecommendationEvent]] = [:]
        try histories.forEachEvent(where: RecommendationEvent.isOne) { viewer, fields, time in
            if let event = RecommendationEvent(fields, at: time) { events[viewer, default: []].append(event) }
        }
        viewers = events.sorted { $0.key < $1.key }.map { ($0.key, ShownRecommendation.all(in: $0.value)) }
    }

    /// Only what `isWanted`, and only viewers who have any of it.
    func filter(_ isWanted: (RecommendationEvent) -> Bool) -> [(viewer: Int64, shown: [ShownRecommendation])] {
        viewers.map { viewer, shown in (viewer, shown.filter { isWanted($0.event) }) }.filter { !$0.1.isEmpty }
    }
}
