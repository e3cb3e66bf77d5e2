/// Which model to train, and how: `ease`, or `ials:rank=128,iterations=20`.
public struct ModelRecipe: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        case popularity, neighbours, ease
        case sparseEase = "sparse-ease"
        case ials

        /// The parameters that a recipe may set, with their defaults and what they are.
        public var parameters: [(name: String, value: Double, meaning: String)] {
            let ials = ImplicitALSModel.Parameters()
            switch self {
            case .popularity:
                return [("half-life", .infinity, "days after which what was taken up counts half")]
            case .neighbours:
                return [
                    ("count", 200, "neighbours that a title keeps"),
                    ("shrinkage", 0, "added to a cosine's divisor: titles with few viewers are then less near"),
                ]
            case .ease:
                return [
                    ("regularization", 500, "λ of Steck 2019: larger for more viewers"),
                    ("kept", 0, "weights to a title that are kept, the largest; 0 keeps all"),
                ]
            case .sparseEase:
                return [
                    ("regularization", 500, "λ of Steck 2019: larger for more viewers"),
                    ("neighbours", 256, "titles that a title's weights are solved with"),
                    ("threshold", 0, "correlation above which two titles are neighbours"),
                ]
            case .ials:
                return [
                    ("rank", Double(ials.rank), "numbers of a title's vector"),
                    ("block", Double(ials.block), "numbers of a vector that are solved at once"),
                    ("iterations", Double(ials.iterations), "how often both sides are solved"),
                    (
                        "unobserved", Double(ials.unobservedWeight),
                        "α₀ of Rendle et al. 2021: what was not taken up counts so much"
                    ),
                    ("regularization", Double(ials.regularization), "λ of Rendle et al. 2021"),
                    ("exponent", Double(ials.exponent), "ν of Rendle et al. 2021"),
                    ("seed", Double(ials.seed), "what the vectors begin with"),
                ]
            }
        }
    }

    public let kind: Kind
    /// What differs from the defaults, in the order in which it was given.
    public private(set) var changes: [(name: String, value: Double)] = []

    /// A model with the defaults.
    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// Reads a recipe.
    public init(parsing text: String) throws(ModelError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard let kind = Kind(rawValue: parts[0]) else {
            let names = Kind.allCases.map { $0.rawValue }.joined(separator: ", ")
            throw .parameter("there is no model '\(parts[0])': take one of \(names)")
        }
        self.kind = kind
        if parts.count == 1 { return }
        for setting in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
            let pair = setting.split(separator: "=", maxSplits: 1).map { String($0) }
            guard pair.count == 2, kind.parameters.contains(where: { $0.name == pair[0] }) else {
                let names = kind.parameters.map { $0.name }.joined(separator: ", ")
                throw .parameter(
                    "'\(setting)' is no setting of \(kind.rawValue): write NAME=NUMBER with one of \(names)")
            }
            guard let value = Double(pair[1]), !value.isNaN else {
                throw .parameter("'\(pair[1])' is no number: \(kind.rawValue) cannot set '\(pair[0])' to it")
            }
            set(pair[0], to: value)
        }
    }

    public static func == (one: ModelRecipe, other: ModelRecipe) -> Bool { one.text == other.text }

    /// As ``init(parsing:)`` reads it.
    public var text: String {
        let settings = changes.map { "\($0.name)=\(Self.text(of: $0.value))" }.joined(separator: ",")
        return settings.isEmpty ? kind.rawValue : "\(kind.rawValue):\(settings)"
    }

    /// Sets a parameter that the kind has.
    public mutating func set(_ name: String, to value: Double) {
        changes.removeAll { $0.name == name }
        changes.append((name, value))
    }

    /// Trains the model with up to `jobs` threads. `now` is in seconds since 1970; `progress` is told from 0 to 1.
    public func train(
        _ interactions: Interactions, now: Int64, jobs: Int, _ progress: (Double) -> Void = { _ in }
    ) throws(ModelError) -> TrainedModel {
        switch kind {
        case .popularity:
            return .popularity(try PopularityModel(interactions, now: now, halfLifeDays: self["half-life"]))
        case .neighbours:
            return .neighbours(
                try NeighbourModel(
                    interactions, count: try whole("count"), shrinkage: Float(self["shrinkage"]), jobs: jobs))
        case .ease:
            let (regularization, kept) = (Float(self["regularization"]), try whole("kept"))
            if kept == 0 { return .ease(try EaseModel(interactions, regularization: regularization, jobs: jobs)) }
            return .sparseEase(
                try EaseModel.pruned(to: kept, interactions, regularization: regularization, jobs: jobs))
        case .sparseEase:
            return .sparseEase(
                try SparseEaseModel(
                    interactions, regularization: Float(self["regularization"]), neighbours: try whole("neighbours"),
                    threshold: Float(self["threshold"]), jobs: jobs))
        case .ials:
            let parameters = try factorParameters()
            return .ials(
                try ImplicitALSModel(interactions, parameters, jobs: jobs) {
                    progress(Double($0) / Double(parameters.iterations))
                })
        }
    }

    /// Those of iALS.
    func factorParameters() throws(ModelError) -> ImplicitALSModel.Parameters {
        var parameters = ImplicitALSModel.Parameters()
        parameters.rank = try whole("rank")
        parameters.block = try whole("block")
        parameters.iterations = try whole("iterations")
        parameters.unobservedWeight = Float(self["unobserved"])
        parameters.regularization = Float(self["regularization"])
        parameters.exponent = Float(self["exponent"])
        parameters.seed = UInt64(try whole("seed"))
        return parameters
    }

    /// Whether the weights between titles stand in rows of their own lengths.
    var isSparse: Bool {
        kind == .sparseEase || kind == .ease && self["kept"] > 0
    }

    private subscript(name: String) -> Double {
        changes.first { $0.name == name }?.value ?? kind.parameters.first { $0.name == name }?.value ?? 0
    }

    private func whole(_ name: String) throws(ModelError) -> Int {
        guard let number = Int(exactly: self[name]), (0...1_000_000_000).contains(number) else {
            throw .parameter("'\(name)' of \(kind.rawValue) must be a whole number from 0 on")
        }
        return number
    }

    private static func text(of value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? String(value)
    }
}
