internal import Foundation
internal import Models

extension EvaluatedModel {
    /// A metric's mean and its interval.
    func estimate(of metric: Metric) -> Estimate {
        Bootstrap().estimate(evaluation.values[metric] ?? [])
    }
}

extension ModelEvaluation {
    /// All numbers, a line for each and a column for each model, which there are fewer of; the first line has the models' names.
    static func lines(of models: [EvaluatedModel]) -> [[String]] {
        let evaluations = models.map { $0.evaluation }
        var lines = [
            ["model"] + models.map { $0.recipe.text }, ["trained"] + models.map { "\($0.seconds.text(2)) s" },
        ]
        for metric in Metric.all { lines.append([metric.name] + models.map { $0.estimate(of: metric).shownText }) }
        return lines + [
            ["coverage"] + evaluations.map { $0.coverage.shareText },
            ["novelty"] + evaluations.map { "\($0.novelty.text(1)) bits" },
            ["diversity"] + evaluations.map { $0.diversity?.shareText ?? "-" },
            ["miscalibration"] + evaluations.map { $0.miscalibration?.text(2) ?? "-" },
        ]
    }

    /// How the models were asked, and about how many viewers.
    var summary: String {
        """
        \(setupText): \(split.hidden.viewerCount.grouped) viewers are asked about, \
        \(split.training.viewerCount.grouped) trained with; \(split.hidden.count.grouped) titles are hidden
        """
    }

    private var setupText: String {
        switch setup {
        case .strong: "strong generalisation"
        case .last: "the last of each viewer"
        }
    }
}

extension Estimate {
    /// The mean, and half the interval's width.
    var shownText: String {
        "\(mean.shareText) ±\(((high - low) / 2).shareText)"
    }
}

extension Double {
    /// With so many digits behind the point.
    func text(_ digits: Int) -> String {
        String(format: "%.\(digits)f", self)
    }

    /// Four digits, and no zero before the point: `.4102`.
    var shareText: String {
        let text = text(4)
        return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }
}
