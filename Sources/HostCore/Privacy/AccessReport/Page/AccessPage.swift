internal import Plugins
internal import Store

/// The page of an access report, for the viewer: it needs nothing else and runs no script.
struct AccessPage {
    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    var markup: Markup {
        let parts = [
            part("choices", "Your choices", ChoicesPart(report).markup),
            part("watching", "What you watched", HabitsPart(report).markup),
            part("told", SourceClass.told.title, EventsPart(report, .told).markup),
            part("seen", SourceClass.seen.title, EventsPart(report, .seen).markup),
            part("others", SourceClass.others.title, EventsPart(report, .others).markup),
            part("concluded", SourceClass.inferred.title, ConclusionsPart(report).markup),
            part("recipients", "Who got it", RecipientsPart(report).markup),
            part("rights", "Your rights", RightsPart(report).markup),
        ].compactMap(\.self)
        let links = parts.map { part -> Markup in ##"<li><a href="#\##(part.id)">\##(part.title)</a></li>"## }
        let contents: Markup = """
            <ul class="tiles">
            \(tiles)
            </ul>
            <nav aria-label="Parts"><ul class="chips">
            \(links)
            </ul></nav>
            \(parts.map { $0.markup })
            """
        return ReportPage(
            title: "What we know about you", lead: lead, contents: contents, command: "host privacy report"
        ).markup
    }

    private func part(_ id: String, _ title: String, _ contents: Markup?) -> (
        id: String, title: String, markup: Markup
    )? {
        guard let contents else { return nil }
        let markup: Markup = """
            <section class="report" id="\(id)" aria-labelledby="\(id)-title">
            <h2 id="\(id)-title">\(title)</h2>
            \(contents)
            </section>
            """
        return (id, title, markup)
    }

    private var lead: String {
        let names = report.person.viewers.compactMap { report.person.names[$0] }
        let others = names.filter { $0 != report.person.name }.map { $0.shown(atMost: 60) }
        let also = others.isEmpty ? "" : ", who is also \(others.joined(separator: " and "))"
        let viewer = report.person.name.shown(atMost: 60)
        return "All that this service keeps of \(viewer)\(also), made on \(PageText.day(report.requests.time))."
    }

    private var tiles: [Markup] {
        let watched = report.survey.habits.hours.reduce(0) { $0 + $1.seconds }
        let memberships = report.segments.filter { $0.explanation.isMember && !$0.explanation.isExclusion }.count
        let first = report.survey.first
        var tiles = [
            (report.survey.events.grouped, report.survey.events == 1 ? "event" : "events"),
            (first == .max ? "–" : String(PageText.day(first).prefix(7)), "since"),
            (report.survey.habits.titles.count.grouped, "titles"),
        ]
        if watched > 0 { tiles.append((QualityReport.Unit.seconds.text((watched / 60).rounded(.up) * 60), "watched")) }
        tiles += [
            (report.survey.habits.searches.values.reduce(0, +).grouped, "searches"),
            (memberships.grouped, memberships == 1 ? "ad segment that you are in" : "ad segments that you are in"),
        ]
        return tiles.map { number, name in "<li><strong>\(number)</strong><span>\(name)</span></li>" }
    }
}
