internal import ArgumentParser
internal import HostCore
internal import Foundation
internal import Plugins

extension SegmentsCommand {
    struct Rules: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rules",
            abstract: "Show or change what a store's gate goes by.",
            discussion: """
                A purpose rests on consent (only what the viewer has allowed), on objection (until the viewer objects) or on \
                the contract. Where that changes, the plugins of the purpose begin anew.
                """)

        @Option(help: "How many viewers a segment must have.")
        var minimumAudience: Int?

        @Option(help: "What advertising rests on: consent or objection.")
        var advertising: GateRules.Basis?

        @Option(help: "What quality reports rest on: consent, objection or contract.")
        var quality: GateRules.Basis?

        @Option(help: "What personalization rests on: consent, objection or contract.")
        var personalization: GateRules.Basis?

        @Option(help: "The store.")
        var store = "viewers.sqlite"

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            if let minimumAudience, minimumAudience < FoldSettings.leastAudience {
                throw ValidationError("--minimum-audience must be \(FoldSettings.leastAudience) or more")
            }
            if advertising == .contract {
                throw ValidationError("--advertising must be consent or objection: no contract needs advertising")
            }
        }

        func run() throws {
            let isChange = minimumAudience != nil || advertising != nil || quality != nil || personalization != nil
            let settings = try reporting { () throws(HostError) in
                try FoldSettings.of(store: store) { settings in
                    if let minimumAudience { settings.minimumAudience = minimumAudience }
                    if let advertising { settings.rules[.advertising] = advertising }
                    if let quality { settings.rules[.quality] = quality }
                    if let personalization { settings.rules[.personalization] = personalization }
                    return isChange
                }
            }
            let bases = Purpose.allCases.map { ("\($0.name)", "\(settings.rules[$0].name)") }
            if json {
                return Terminal.output(
                    try JSONText.of([
                        "minimum_audience": settings.minimumAudience,
                        "purposes": Dictionary(uniqueKeysWithValues: bases),
                    ]))
            }
            Terminal.output("minimum audience  \(settings.minimumAudience) viewers")
            for (purpose, basis) in bases {
                Terminal.output(purpose.padding(toLength: 18, withPad: " ", startingAt: 0) + basis)
            }
        }
    }
}
