/// How losses are added up. One way is chosen for a budget, for a sum that is the less of two is bounded by neither.
public enum Accounting: String, CaseIterable, Sendable {
    /// Epsilons and deltas are added (Dwork and Lei 2009; for releases that are chosen one after the other, Rogers and others 2016).
    case addition
    /// Rhos are added, and turned into epsilon in the end (Bun and Steinke 2016, lemma 1.7; for releases that are chosen one after
    /// the other, Whitehouse and others 2023). Many small releases cost less so.
    case zcdp
}

/// How much may be lost of any viewer's privacy by all releases together.
public struct PrivacyBudget: Equatable, Sendable {
    public static let most = Epsilon(units: 100_000_000)
    /// A delta of this size would give one viewer of a thousand away.
    public static let mostDelta = Delta(units: 1_000_000_000_000_000)

    public let epsilon: Epsilon
    public let delta: Delta
    public let accounting: Accounting

    public init(epsilon: Epsilon, delta: Delta, accounting: Accounting) throws(PrivacyError) {
        if epsilon.units == 0 || epsilon > Self.most { throw .epsilon(most: Self.most) }
        if delta > Self.mostDelta { throw .delta }
        if accounting == .zcdp, delta.units < 2 { throw .accountingNeedsDelta }
        self.epsilon = epsilon
        self.delta = delta
        self.accounting = accounting
    }

    /// How much may be lost in zero-concentrated terms. One half of delta is for that, the other for groups' keys.
    var rho: Rho {
        Concentration.rho(epsilon: epsilon, delta: conversionDelta)
    }

    var selectionDelta: Delta {
        delta - conversionDelta
    }

    var conversionDelta: Delta {
        delta.divided(by: 2)
    }
}
