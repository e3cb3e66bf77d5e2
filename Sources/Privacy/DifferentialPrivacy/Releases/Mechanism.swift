/// What noise is added.
public enum Mechanism: String, CaseIterable, Sendable {
    /// Pure differential privacy: the losses of a viewer's groups add up.
    case laplace
    /// Zero-concentrated differential privacy: the squares of losses add up, which is less noise for many groups.
    case gaussian
}
