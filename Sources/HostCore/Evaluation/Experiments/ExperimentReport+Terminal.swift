internal import Models

extension ExperimentReport {
    /// The variants side by side.
    public var table: String {
        var lines = [
            ["variant"] + variants.map { $0.name.shown(atMost: 60) }, ["viewers"] + variants.map { $0.viewers.grouped },
            ["shown"] + variants.map { $0.shown.grouped }, ["chosen"] + variants.map { $0.chosen.grouped },
            ["rate"] + variants.map { $0.rate.rangeText },
        ]
        switch design {
        case .split: lines.append(["difference"] + variants.map { $0.difference?.rangeText ?? "-" })
        case .interleaved: lines.append(["preferred by"] + variants.map { $0.preferredBy?.grouped ?? "-" })
        }
        return TextTable.text(of: lines) + notes.map { $0 + "\n" }.joined()
    }

    private var notes: [String] {
        var notes: [String] = []
        if mixedViewers > 0 {
            notes.append("\(mixedViewers.counted("viewer")) saw more than one variant and do not count")
        }
        if let preference {
            notes.append("sign test: \(Self.text(of: preference.probability)); the other viewers prefer neither")
        }
        if let sampleRatio { notes.append(Self.note(of: sampleRatio)) }
        return notes
    }

    private static func note(of test: SampleRatioTest) -> String {
        let probability = text(of: test.probability)
        if !test.isMismatch { return "viewers are split as planned (\(probability))" }
        let shares = test.shares.map { "\((100 * $0).text(1)) %" }.joined(separator: " and ")
        return """
            WARNING: sample ratio mismatch (\(probability)): \(shares) of the viewers were planned. Viewers were lost, or counted \
            twice, on the way to a variant: find out where before you compare the rates
            """
    }

    private static func text(of probability: Double) -> String {
        probability < 0.0001 ? "p < 0.0001" : "p = \(probability.text(4))"
    }
}
