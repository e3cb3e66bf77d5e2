internal import Plugins

/// What the viewer allows, and how that came about.
struct ChoicesPart {
    private static let mostDecisions = 50

    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    var markup: Markup? {
        """
        <p class="quiet">What your data may be used for now. A switch that is off holds at once, for all that is kept.</p>
        <figure>
        \(switches)
        </figure>
        \([history, control].compactMap(\.self))
        """
    }

    private var switches: Markup {
        let (will, rules) = (report.survey.will, report.plugins.settings.rules)
        let rows = Purpose.allCases.map { purpose -> [Markup] in
            let isOn = will.isAllowed(purpose)
            let kind = isOn ? "on" : "off"
            let state: Markup = #"<span class="switch \#(kind)">\#(isOn ? "On" : "Off")</span>"#
            return [
                Markup(escaping: purpose.words), state, Markup(escaping: will.reason(for: purpose).wordsToViewer),
                Markup(escaping: LegalArticle(of: rules[purpose]).wordsToViewer),
            ]
        }
        return PageTable(caption: "Switches", heads: ["Used for", "Now", "Because", "Rests on"], rows: rows).markup
    }

    private var history: Markup? {
        let decisions = report.survey.will.decisions
        if decisions.isEmpty { return nil }
        let rows = decisions.suffix(Self.mostDecisions).reversed().map { decision -> [Markup] in
            let what = decision.purpose.flatMap { name in Purpose.allCases.first { "\($0.name)" == name }?.words }
            let granted = decision.isGranted.map { $0 ? "allowed" : "refused" } ?? "set"
            return [
                Markup(escaping: PageText.time(decision.reference.time ?? decision.received)),
                Markup(escaping: PageText.value(what ?? decision.purpose ?? decision.setting)),
                Markup(escaping: granted),
            ]
        }
        let cut = decisions.count > rows.count ? ", the last \(rows.count) of \(decisions.count.grouped)" : ""
        return """
            <figure>
            <figcaption><h3>What you decided\(cut)</h3></figcaption>
            \(PageTable(caption: "Decisions, the latest first", heads: ["When (UTC)", "About", "Decision"], rows: Array(rows)).markup)
            </figure>
            """
    }

    private var control: Markup? {
        let control = report.survey.will.privacyControl
        guard control.events > 0 else { return nil }
        let days = PageText.days(control.first?.time ?? .max, control.last?.time ?? .min)
        return """
            <p>Your browser sent Global Privacy Control with \(control.events.counted("event")), \(days): each is a \
            refusal of advertising.</p>
            """
    }
}
