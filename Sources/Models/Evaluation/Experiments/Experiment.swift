internal import Events

/// A comparison of variants, each of which a share of the viewers gets (A/B test).
///
/// ```swift
/// let experiment = try Experiment("rows", variants: [("control", 1), ("ease", 1)])
/// let variant = experiment.variant(of: "account-1/Anna")
/// ```
public struct Experiment: Sendable {
    public let name: String
    private let variants: [(name: String, end: Double)]

    /// Variants get viewers in the proportion of their weights. Names are not empty, and each is there once.
    public init(_ name: String, variants: [(name: String, weight: Double)]) throws(EvaluationError) {
        let names = variants.map { $0.name }
        let total = variants.reduce(0) { $0 + $1.weight }
        if names.count < 2 || Set(names).count < names.count || names.contains("") || name.isEmpty {
            throw .parameter("an experiment has a name, and two variants or more, each with another name")
        }
        guard variants.allSatisfy({ $0.weight > 0 }), total.isFinite else {
            throw .parameter("the weights of an experiment's variants must be above 0")
        }
        var sum = 0.0
        self.name = name
        self.variants = variants.map { variant in
            sum += variant.weight
            return (variant.name, sum / total)
        }
    }

    /// The variant that a viewer gets: always the same, and by chance as seen from any other experiment.
    public func variant(of viewer: String) -> String {
        let share = Self.share(of: "\(name)\0\(viewer)")
        return (variants.first { share < $0.end } ?? variants[variants.count - 1]).name
    }

    /// From 0 to below 1, by the text's hash.
    private static func share(of text: String) -> Double {
        let digest = Array(text.utf8).withUnsafeBytes { SHA256.digest($0) }
        return Double(digest.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) } >> 11) * 0x1p-53
    }
}
