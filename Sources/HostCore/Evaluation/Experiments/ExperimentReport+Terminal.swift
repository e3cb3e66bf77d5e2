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
            let probability = preference.probability
            let text = probability < 0.0001 ? "p < 0.0001" : "p = \(probability.text(4))"
            notes.append("sign test: \(text); the other viewers prefer neither")
        }
        return notes
    }
}
