extension RedactionEvaluation {
    /// The scores of each kind of value, then by how values are written, by group and by language.
    public var table: String {
        let head = ["", "values", "recall", "of bytes", "replaced", "precision", "F2"]
        let rows = all.kinds.sorted { $0.key < $1.key }.map { [$0.key] + $0.value.columns }
        let parts = [
            summary + "\n", TextTable.text(of: [head] + rows), forms, comparison(of: groups, "group"),
            comparison(of: languages, "language"),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Each mistake with its text.
    public var mistakeList: String {
        mistakes.map { mistake in
            let texts = [("text", mistake.text), ("result", mistake.result)].map { name, text in
                "  \(name): \(text.replacing("\n", with: "\\n").shown(atMost: 2_000))\n"
            }
            return "\(mistake.problem) \(mistake.kind): \(mistake.value.shown(atMost: 200))\n" + texts.joined()
        }.joined()
    }

    private var summary: String {
        let values = all.kinds.values.reduce(0) { $0 + $1.recall.total }
        let replacements = all.kinds.values.reduce(0) { $0 + $1.precision.total }
        return "\(all.texts.counted("text")), \(values.counted("value")), \(replacements.counted("replacement"))"
    }

    private var forms: String {
        let rows = all.kinds.sorted { $0.key < $1.key }.flatMap { kind, scores in
            scores.forms.sorted { $0.key < $1.key }.map { form, recall in
                ["\(kind), \(form)", recall.total.grouped, recall.rangeText]
            }
        }
        return rows.isEmpty ? "" : TextTable.text(of: [["", "values", "recall"]] + rows)
    }

    private func comparison(of parts: [String: RedactionScores], _ name: String) -> String {
        if parts.count < 2 { return "" }
        let order = parts.keys.sorted()
        func table(_ title: String, _ proportion: (RedactionScores.Kind) -> Proportion) -> String {
            let rows = all.kinds.filter { proportion($0.value).total > 0 }.keys.sorted().map { kind in
                [kind] + order.map { (parts[$0]?.kinds[kind]).map { proportion($0).shareText } ?? "-" }
            }
            return TextTable.text(of: [["\(title) by \(name)"] + order] + rows)
        }
        return table("recall") { $0.recall } + "\n" + table("precision") { $0.precision }
    }
}

extension RedactionScores.Kind {
    fileprivate var columns: [String] {
        [
            recall.total.grouped, recall.rangeText, bytes.shareText, precision.total.grouped, precision.rangeText,
            f2.map { $0.percentText } ?? "-",
        ]
    }
}

extension Proportion {
    /// `98.4 %`, and `-` of nothing.
    fileprivate var shareText: String {
        value.map { $0.percentText } ?? "-"
    }

    /// The same with its interval.
    fileprivate var rangeText: String {
        interval.map { "\(shareText) (\(($0.lowerBound * 100).text(1)) to \(($0.upperBound * 100).text(1)))" } ?? "-"
    }
}

extension Double {
    fileprivate var percentText: String {
        (self * 100).text(1) + " %"
    }
}
