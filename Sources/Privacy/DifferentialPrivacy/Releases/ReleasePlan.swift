/// How numbers of groups are released: which noise is drawn, which groups are shown, and what that costs every viewer. It follows
/// from what is asked alone, and never from the data.
///
/// ```swift
/// let plan = try ReleasePlan(
///     .viewers, groupsPerViewer: 3, areGroupsKnown: false, .laplace, epsilon: epsilon, delta: delta)
/// let totals = contributions.totals(of: .viewers, groups: count, groupsPerViewer: 3, using: &generator)
/// let released = plan.release(totals, using: &generator)
/// ```
public struct ReleasePlan: Equatable, Sendable {
    /// A release with more than that protects nobody.
    public static let most = Epsilon(units: 20_000_000)
    public static let mostGroups = 1000
    private static let mostDeviation = 1e12

    public let measure: Measure
    public let groupsPerViewer: Int
    /// That of a group's number of viewers, where it is told.
    public let viewersNoise: Noise?
    /// That of the measure's total, where it is not the number of viewers.
    public let totalNoise: Noise?
    /// A group is shown where its number of viewers, with noise, is not less; nil where the groups are known beforehand.
    public let threshold: Int?
    public let cost: PrivacyCost

    /// Where it is not known beforehand which groups there are, a group's key says that somebody is in it: then keys are shown by a
    /// noisy number of viewers that one viewer alone reaches with a probability of less than `delta` over the viewer's groups
    /// (Korolova and others 2009, theorem 1; Wilson and others 2020, section 3.4).
    public init(
        _ measure: Measure, groupsPerViewer: Int, areGroupsKnown: Bool, _ mechanism: Mechanism, epsilon: Epsilon,
        delta: Delta
    ) throws(PrivacyError) {
        if epsilon.units == 0 || epsilon > Self.most { throw .epsilon(most: Self.most) }
        if delta > PrivacyBudget.mostDelta { throw .delta }
        guard (1...Self.mostGroups).contains(groupsPerViewer) else { throw .groupsPerViewer }
        guard (1...Measure.Bound.most).contains(measure.change) else { throw .most }
        if mechanism == .gaussian, delta.units < 2 { throw .gaussianNeedsDelta }
        if !areGroupsKnown, delta.units == 0 { throw .groupsNeedDelta }
        self.measure = measure
        self.groupsPerViewer = groupsPerViewer
        let tellsTotal = measure != .viewers
        let tellsViewers = if case .mean = measure { true } else { !areGroupsKnown || !tellsTotal }
        let (viewers, total, cost) =
            switch mechanism {
            case .laplace:
                try Self.laplace(measure, groupsPerViewer, tellsViewers, tellsTotal, epsilon)
            case .gaussian:
                try Self.gaussian(
                    measure, groupsPerViewer, tellsViewers, tellsTotal, epsilon,
                    conversion: areGroupsKnown ? delta : delta.divided(by: 2))
            }
        let selection = areGroupsKnown ? Delta.zero : mechanism == .laplace ? delta : delta - delta.divided(by: 2)
        viewersNoise = viewers
        totalNoise = total
        threshold =
            areGroupsKnown
            ? nil : viewers.map { 1 + $0.quantile(above: selection.value / Double(groupsPerViewer)) }
        self.cost = cost + PrivacyCost(epsilon: .zero, delta: selection, rho: .zero, selectionDelta: selection)
        for noise in [viewers, total] {
            if let noise, noise.standardDeviation > Self.mostDeviation { throw .tooMuchNoise }
        }
    }

    /// One half of epsilon for each of two numbers.
    private static func laplace(
        _ measure: Measure, _ groups: Int, _ tellsViewers: Bool, _ tellsTotal: Bool, _ epsilon: Epsilon
    ) throws(PrivacyError) -> (viewers: Noise?, total: Noise?, PrivacyCost) {
        let first = tellsViewers && tellsTotal ? epsilon.divided(by: 2) : epsilon
        let second = tellsViewers && tellsTotal ? epsilon - first : epsilon
        if first.units == 0 { throw .tooMuchNoise }
        var rho = Rho.zero
        if tellsViewers { rho = rho + Rho(pure: first) }
        if tellsTotal { rho = rho + Rho(pure: second) }
        return (
            tellsViewers ? .laplace(DiscreteLaplace(sensitivity: groups, epsilon: first)) : nil,
            tellsTotal ? .laplace(DiscreteLaplace(sensitivity: groups * measure.change, epsilon: second)) : nil,
            PrivacyCost(epsilon: epsilon, delta: .zero, rho: rho, selectionDelta: .zero)
        )
    }

    /// One half of rho for each of two numbers.
    private static func gaussian(
        _ measure: Measure, _ groups: Int, _ tellsViewers: Bool, _ tellsTotal: Bool, _ epsilon: Epsilon,
        conversion delta: Delta
    ) throws(PrivacyError) -> (viewers: Noise?, total: Noise?, PrivacyCost) {
        let rho = Concentration.rho(epsilon: epsilon, delta: delta)
        let first = tellsViewers && tellsTotal ? rho.divided(by: 2) : rho
        let second = tellsViewers && tellsTotal ? rho - first : rho
        if first.units == 0 { throw .tooMuchNoise }
        return (
            tellsViewers ? .gaussian(DiscreteGaussian(change: 1, groups: groups, rho: first)) : nil,
            tellsTotal ? .gaussian(DiscreteGaussian(change: measure.change, groups: groups, rho: second)) : nil,
            PrivacyCost(epsilon: epsilon, delta: delta, rho: rho, selectionDelta: .zero)
        )
    }

    /// Adds noise to the groups' totals; nil stands for a group that is not shown.
    @inlinable
    public func release(_ totals: [GroupTotal], using generator: inout some RandomNumberGenerator) -> [ReleasedGroup?] {
        totals.map { group in
            let viewers = viewersNoise.map { group.viewers + $0.draw(using: &generator) }
            if let threshold, let viewers, viewers < threshold { return nil }
            let total = totalNoise.map { group.total + $0.draw(using: &generator) }
            return ReleasedGroup(
                viewers: viewers, number: total.map { measure.number(total: $0, viewers: viewers) })
        }
    }
}

/// A group as it is shown.
public struct ReleasedGroup: Equatable, Sendable {
    /// How many viewers are in it, with noise, where that is told: it may be less than 0.
    public let viewers: Int?
    /// The measure's number, with noise, where it is not that of viewers.
    public let number: Double?

    @usableFromInline
    init(viewers: Int?, number: Double?) {
        self.viewers = viewers
        self.number = number
    }
}
