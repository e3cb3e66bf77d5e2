internal import Foundation
internal import Models

extension ModelEvaluation {
    /// A table of models that were evaluated: each metric with its interval at 95 %.
    public func table(of models: [EvaluatedModel]) -> String {
        var rows = [
            ["model", "trained"] + Metric.all.map { $0.name } + ["coverage", "novelty", "diversity", "miscalibration"]
        ]
        let bootstrap = Bootstrap()
        for model in models {
            let evaluation = model.evaluation
            rows.append(
                [model.recipe.text, "\(Self.decimal(model.seconds, 2)) s"]
                    + Metric.all.map { metric in
                        let estimate = bootstrap.estimate(evaluation.values[metric] ?? [])
                        return "\(Self.share(estimate.mean)) ±\(Self.share((estimate.high - estimate.low) / 2))"
                    }
                    + [
                        Self.share(evaluation.coverage), "\(Self.decimal(evaluation.novelty, 1)) bits",
                        evaluation.diversity.map { Self.share($0) } ?? "-",
                        evaluation.miscalibration.map { Self.decimal($0, 2) } ?? "-",
                    ])
        }
        let head = """
            \(setupText): \(split.hidden.viewerCount.grouped) viewers are asked about, \
            \(split.training.viewerCount.grouped) trained with; \(split.hidden.count.grouped) titles are hidden

            """
        return head + "\n" + Self.turned(rows)
    }

    private var setupText: String {
        switch setup {
        case .strong: "strong generalisation"
        case .last: "the last of each viewer"
        }
    }

    /// A column for each row: there are few models, and many numbers.
    private static func turned(_ rows: [[String]]) -> String {
        let widths = rows.map { row in row.map { ColumnText.width(of: $0) }.max() ?? 0 }
        return rows[0].indices.map { line in
            rows.indices.map { column in
                let text = rows[column][line]
                return column == 0 ? ColumnText.left(text, widths[0]) : ColumnText.right(text, widths[column])
            }.joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func share(_ value: Double) -> String {
        let text = decimal(value, 4)
        return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }

    private static func decimal(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
