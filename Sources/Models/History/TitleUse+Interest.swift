extension TitleUse {
    /// Seconds after which one who stops has seen enough to know better: what was stopped before is no sign.
    private static let shortestWatch: Int64 = 120
    /// Seconds that count as a whole title where the running time is not known.
    private static let wholeWatch: Float = 2700

    /// How strongly the viewer took the title up: 0 for not at all, 1 for watched to the end or rated well.
    ///
    /// A rating says most: 4 stars and a thumb up count 1, 5 stars and two thumbs 1.5, 3 stars a half, and less than that
    /// nothing, whatever was watched. Without one, it is the share that was watched (of `duration` in seconds, or else of 45
    /// minutes); less than two minutes are nothing. A play of which no end is known counts 1 where none is known of any (as in
    /// short histories), and nothing otherwise. A recommendation that was followed adds a quarter, to what is not 0.
    public func interest(duration: Int64) -> Float {
        var weight = ratedInterest ?? watchedInterest(duration)
        if weight > 0, chosen > 0 { weight += 0.25 }
        return weight
    }

    private var ratedInterest: Float? {
        guard let rating else { return nil }
        switch rating.scale {
        case .stars: return rating.value >= 5 ? 1.5 : rating.value >= 4 ? 1 : rating.value >= 3 ? 0.5 : 0
        case .thumbs: return rating.value >= 3 ? 1.5 : rating.value >= 2 ? 1 : rating.value >= 1 ? 0 : nil
        // A wish, that what is watched outdoes.
        case .interest: return rating.value > 0 ? (stops == 0 ? 0.5 : nil) : 0
        }
    }

    private func watchedInterest(_ duration: Int64) -> Float {
        if stops == 0 { return plays > 0 && furthest == 0 ? 1 : 0 }
        if seconds < Self.shortestWatch, furthest < Self.shortestWatch { return 0 }
        return completion(of: duration) ?? min(1, Float(max(seconds, furthest)) / Self.wholeWatch)
    }
}
