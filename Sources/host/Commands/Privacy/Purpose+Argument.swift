public import ArgumentParser
public import Plugins

extension Purpose: ExpressibleByArgument {
    public init?(argument: String) {
        guard let purpose = Purpose.allCases.first(where: { "\($0.name)" == argument }) else { return nil }
        self = purpose
    }

    public static var allValueStrings: [String] { allCases.map { "\($0.name)" } }
}
