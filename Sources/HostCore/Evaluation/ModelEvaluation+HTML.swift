internal import Models

extension ModelEvaluation {
    /// The models that were evaluated as a page that needs nothing else and runs no script: a chart for each metric, and a table
    /// of all numbers. It is well-formed XML too.
    public func html(of models: [EvaluatedModel]) -> String {
        EvaluationPage(models: models, summary: summary).markup.text
    }
}

/// The page that compares models.
private struct EvaluationPage {
    let models: [EvaluatedModel]
    let summary: String

    var markup: Markup {
        let contents: Markup = """
            <section class="report" id="metrics" aria-labelledby="metrics-title">
            <h2 id="metrics-title">What each model found</h2>
            <p class="quiet">Longer bars are better. The lines at their ends are intervals at 95 %, by drawing the viewers anew.</p>
            <div class="charts">
            \(Metric.all.map { figure($0) })
            </div>
            </section>
            <section class="report" id="numbers" aria-labelledby="numbers-title">
            <h2 id="numbers-title">All numbers</h2>
            \(table)
            </section>
            """
        return ReportPage(
            title: "Evaluation", lead: "How well models find what viewers watched, by \(summary).", contents: contents,
            command: "host evaluate"
        ).markup
    }

    private func figure(_ metric: Metric) -> Markup {
        let chart = IntervalChart(
            rows: models.map { ($0.recipe.text, $0.estimate(of: metric)) },
            description: "\(metric.name) of each model. The numbers are in the table below.")
        return """
            <figure>
            <figcaption><h3>\(metric.name)</h3></figcaption>
            \(chart.markup)
            </figure>
            """
    }

    private var table: Markup {
        let lines = ModelEvaluation.lines(of: models)
        let heads = lines[0].map { name -> Markup in #"<th scope="col">\#(name)</th>"# }
        let rows = lines.dropFirst().map { line -> Markup in
            let cells = line.dropFirst().map { text -> Markup in "<td>\(text)</td>" }
            return #"<tr><th scope="row">\#(line[0])</th>\#(cells)</tr>"#
        }
        return """
            <figure>
            <div class="scroll" tabindex="0" role="region" aria-label="All numbers">
            <table>
            <caption>Means of the viewers, and half the width of their intervals</caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            </div>
            </figure>
            """
    }
}
