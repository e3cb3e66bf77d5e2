/// A recommendation that was shown, and whether it was followed.
public struct ShownRecommendation: Sendable {
    /// A recommendation can be followed so long after it was shown, in seconds: a day.
    public static let longestPause: Int64 = 86_400

    public let event: RecommendationEvent
    public fileprivate(set) var isChosen = false

    /// Those of one viewer, by time. What was followed is the last that was shown of its title within a day before, in the place and
    /// by the recommender and the variant that the event names; each is followed once.
    public static func all(in events: [RecommendationEvent]) -> [ShownRecommendation] {
        var all: [ShownRecommendation] = []
        /// By title, the places of those that can still be followed, by time.
        var open: [String: [Int]] = [:]
        let order = events.indices.sorted {
            (events[$0].time, events[$0].isChosen ? 1 : 0, $0) < (events[$1].time, events[$1].isChosen ? 1 : 0, $1)
        }
        for index in order {
            let event = events[index]
            if event.isChosen {
                let places = open[event.title] ?? []
                guard let found = places.lastIndex(where: { all[$0].event.agrees(with: event) }) else { continue }
                open[event.title]?.remove(at: found)
                if event.time - all[places[found]].event.time <= longestPause { all[places[found]].isChosen = true }
            } else {
                open[event.title, default: []].append(all.count)
                all.append(ShownRecommendation(event: event))
            }
        }
        return all
    }
}
