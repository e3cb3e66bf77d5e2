internal import Models

extension ModelEvaluation {
    /// A table of models that were evaluated: each metric with its interval at 95 %.
    public func table(of models: [EvaluatedModel]) -> String {
        summary + "\n\n" + TextTable.text(of: Self.lines(of: models))
    }
}
