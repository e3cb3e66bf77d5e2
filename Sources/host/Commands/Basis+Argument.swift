public import ArgumentParser
public import Plugins

extension GateRules.Basis: ExpressibleByArgument {
    public init?(argument: String) {
        guard let basis = Self.allCases.first(where: { "\($0.name)" == argument }) else { return nil }
        self = basis
    }

    public static var allValueStrings: [String] { allCases.map { "\($0.name)" } }
}
