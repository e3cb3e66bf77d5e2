/// Two rankings in one list, so that a viewer compares them without knowing it: team-draft interleaving (Radlinski, Kurup and
/// Joachims 2008, "How Does Clickthrough Data Reflect Retrieval Quality?").
public enum TeamDraft {
    public enum Team: Sendable {
        case first, second
    }

    /// As two captains choose their teams: who has fewer chooses next, by a coin's throw where both have as many, and takes the best
    /// that is still there. The list ends with `count` entries, or where one ranking has nothing more to choose.
    public static func list<Title: Hashable>(
        _ first: [Title], _ second: [Title], count: Int, using random: inout some RandomNumberGenerator
    ) -> [(title: Title, team: Team)] {
        var list: [(title: Title, team: Team)] = []
        var taken: Set<Title> = []
        var rest = (first: first[...], second: second[...])
        /// How many more the first has.
        var lead = 0
        while list.count < count {
            rest.first = rest.first.drop { taken.contains($0) }
            rest.second = rest.second.drop { taken.contains($0) }
            guard let one = rest.first.first, let other = rest.second.first else { break }
            let isFirst = lead < 0 || lead == 0 && Bool.random(using: &random)
            list.append(isFirst ? (one, .first) : (other, .second))
            taken.insert(isFirst ? one : other)
            lead += isFirst ? 1 : -1
        }
        return list
    }
}
