/// Why nothing can be released.
public enum PrivacyError: Error, Equatable, Sendable {
    /// An epsilon that is 0, or so much that nothing is protected.
    case epsilon(most: Epsilon)
    case delta
    /// Gaussian noise is never without a delta.
    case gaussianNeedsDelta
    /// Which groups there are is not known beforehand, and that a group is shown says that somebody is in it.
    case groupsNeedDelta
    case accountingNeedsDelta
    case groupsPerViewer
    case most
    /// The noise would be more than anything that can be counted.
    case tooMuchNoise
    case exceeded(PrivacyBudget, spent: Accountant.Standing, left: Accountant.Standing, asked: Accountant.Standing)

    /// What is wrong, and what to do.
    public var message: String {
        switch self {
        case .epsilon(let most):
            "epsilon must be a number from 0.000001 to \(most), with six decimal places at the most: 0.1 to 1 are usual"
        case .delta:
            "delta must be \(PrivacyBudget.mostDelta) or less, and far less than one in the number of viewers: 1e-9 is usual"
        case .gaussianNeedsDelta:
            "Gaussian noise needs a delta: give one, such as 1e-9, or take Laplace noise"
        case .groupsNeedDelta:
            "that a group is shown says that somebody is in it, which needs a delta, such as 1e-9: give one, or name the groups"
        case .accountingNeedsDelta:
            "a budget by zcdp needs a delta, such as 1e-6: give one, or take addition"
        case .groupsPerViewer:
            "a viewer may count in 1 to \(ReleasePlan.mostGroups) groups"
        case .most:
            "the most that a viewer may count for in a group must be from 0.000001 to \(Measure.Bound.most)"
        case .tooMuchNoise:
            "the noise would be too much for any number: take a larger epsilon, fewer groups or a smaller bound"
        case .exceeded(let budget, let spent, let left, let asked):
            """
            the privacy budget does not allow it: it costs \(asked); of epsilon \(budget.epsilon) and delta \(budget.delta), by \
            \(budget.accounting.rawValue), \(spent) are spent, and \(left) are left
            """
        }
    }
}
