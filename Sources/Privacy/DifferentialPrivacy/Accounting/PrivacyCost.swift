/// What a release costs every viewer: the unit of privacy is all that one viewer ever did.
public struct PrivacyCost: Equatable, Sendable {
    /// The release as a whole is `(epsilon, delta)`-differentially private.
    public var epsilon: Epsilon
    public var delta: Delta
    /// The release is `rho`-zero-concentrated but for a part whose probability is `selectionDelta` (Bun and Steinke 2016,
    /// definition 8.1).
    public var rho: Rho
    public var selectionDelta: Delta

    public init(epsilon: Epsilon, delta: Delta, rho: Rho, selectionDelta: Delta) {
        self.epsilon = epsilon
        self.delta = delta
        self.rho = rho
        self.selectionDelta = selectionDelta
    }

    public static let nothing = PrivacyCost(epsilon: .zero, delta: .zero, rho: .zero, selectionDelta: .zero)

    /// What two releases cost together, the second of which may have been chosen after the first was seen.
    public static func + (left: PrivacyCost, right: PrivacyCost) -> PrivacyCost {
        PrivacyCost(
            epsilon: left.epsilon + right.epsilon, delta: left.delta + right.delta, rho: left.rho + right.rho,
            selectionDelta: left.selectionDelta + right.selectionDelta)
    }
}
