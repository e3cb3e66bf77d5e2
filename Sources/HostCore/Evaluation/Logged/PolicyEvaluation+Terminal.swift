internal import Models

extension PolicyEvaluation {
    /// What is estimated of each model, in a table.
    public func table(of policies: [EvaluatedPolicy]) -> String {
        let estimates = policies.map { $0.estimate }
        let lines = [
            ["model"] + policies.map { $0.recipe.text },
            ["chosen, self-normalised"] + estimates.map { $0.selfNormalised.rangeText },
            ["chosen, by propensity"] + estimates.map { $0.inversePropensity.rangeText },
            ["mean weight"] + estimates.map { $0.meanWeight.rangeText },
            ["effective sample"] + estimates.map { Int($0.effectiveSampleSize).grouped },
            ["clipped"] + estimates.map { $0.clipped.grouped },
        ]
        return "\(summary(estimates.first))\n\n" + TextTable.text(of: lines)
    }

    private func summary(_ estimate: PolicyEstimate?) -> String {
        let shown = viewers.reduce(0) { $0 + $1.shown.count }
        let rate = estimate.map { ": \($0.logged.rangeText) of them were followed" } ?? ""
        return """
            \(shown.counted("recommendation")) shown to \(viewers.count.counted("viewer")) from \(since.timeText) \
            on\(rate)
            """
    }
}

extension Estimate {
    /// The mean, and its interval.
    var rangeText: String {
        "\(mean.shareText) (\(low.shareText) to \(high.shareText))"
    }
}
