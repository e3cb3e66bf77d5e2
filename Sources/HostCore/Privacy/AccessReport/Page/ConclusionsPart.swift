internal import Events
internal import Plugins
internal import Store

/// Why the viewer is in which segment, what recommendations are made of, and what else was made of the events.
struct ConclusionsPart {
    private static let mostTitles = 12
    private static let mostEvents = 5

    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    var markup: Markup? {
        let parts = [segments, taste, EventsPart(report, .inferred).markup, states].compactMap(\.self)
        return parts.isEmpty ? nil : "\(parts)"
    }

    private var segments: Markup? {
        let segments = report.segments
        let audiences = report.audiences.map { $0.fold.name }
        if segments.isEmpty, audiences.isEmpty { return nil }
        let members = segments.filter { $0.explanation.isMember }
        let others = segments.filter { !$0.explanation.isMember }
        let rows = others.map { segment -> [Markup] in
            [Markup(escaping: name(of: segment)), Markup(escaping: segment.explanation.reason.shown(atMost: 200))]
        }
        let rest: Markup? =
            rows.isEmpty
            ? nil
            : """
            <details class="kind"><summary><b>Segments that you are not in</b></summary>
            \(PageTable(caption: "Segments that you are not in", heads: ["Segment", "Why not"], rows: rows).markup)
            </details>
            """
        return """
            <h3>Ad segments</h3>
            <p class="quiet">Groups of viewers that advertisements are chosen for, or kept away from.</p>
            \(members.isEmpty ? [Markup("<p>You are in none.</p>")] : members.map { figure($0) })
            \([rest, unknown(Set(audiences).subtracting(segments.map { $0.explanation.segment }))].compactMap(\.self))
            """
    }

    /// Audiences of which the plugin is not at hand.
    private func unknown(_ names: Set<String>) -> Markup? {
        if names.isEmpty { return nil }
        let list = names.sorted().map { $0.shown(atMost: 60) }.joined(separator: ", ")
        return """
            <p>You are in the published audience of \(list). Why, cannot be told here: the plugin that made it is not at hand, or \
            has changed since.</p>
            """
    }

    private func name(of segment: SegmentOfPerson) -> String {
        let node = segment.segment.taxonomy.flatMap { AudienceTaxonomy.node($0) }
        return segment.manifest.name.shown(atMost: 60) + (node.map { " (\($0.path))" } ?? "")
    }

    private func figure(_ segment: SegmentOfPerson) -> Markup {
        let explanation = segment.explanation
        let rows = segment.events.prefix(Self.mostEvents).map { event -> [Markup] in
            [
                Markup(escaping: PageText.time(event.time)), Markup(escaping: words(for: event.type)),
                Markup(escaping: "\(event.source) \(event.id)".shown(atMost: 80)),
            ]
        }
        let events: Markup? =
            rows.isEmpty
            ? nil
            : PageTable(caption: "Because of", heads: ["When (UTC)", "What", "Event"], rows: Array(rows)).markup
        let reads = segment.manifest.reads.joined(separator: ", ")
        let basis = LegalBasis(
            for: .advertising, .userBehavior, report.plugins.settings.rules, isSensitive: segment.segment.isSensitive)
        return """
            <figure>
            <figcaption><h3>\(name(of: segment))</h3></figcaption>
            <p>You are in it because you \(explanation.reason.shown(atMost: 200)). \(use(of: segment))</p>
            <p class="quiet">Found by \(segment.manifest.name) \(segment.manifest.version), which looks at \(reads). It holds until \
            \(PageText.time(explanation.expires)), if nothing new happens. Rests on \(basis.articles.wordsToViewer).</p>
            \([events].compactMap(\.self))
            </figure>
            """
    }

    /// What the catalogue says of a type.
    private func words(for type: String) -> String {
        let schema = Catalogue.types.first { "\($0.name)" == type }
        return schema.map { String("\($0.summary)".dropLast()) } ?? type.shown(atMost: 60)
    }

    private func use(of segment: SegmentOfPerson) -> String {
        if segment.explanation.suspension != nil { return "It is not used now, for it failed too often." }
        if segment.segment.isExclusion { return "It keeps advertisements away from you." }
        return segment.explanation.isPublished
            ? "Advertisers may choose it."
            : "It is not used for you: too few viewers are in it, or you are not in the published list."
    }

    private var taste: Markup? {
        guard let taste = report.taste else { return nil }
        let used = taste.titles.filter { $0.weight > 0 }.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
        let rows = used.prefix(Self.mostTitles).map {
            (name: PageText.value($0.name), number: Double?(Double($0.weight)))
        }
        let state =
            taste.refusal.map { "It is not used: \(PurposeReason.refused($0).wordsToViewer)." }
            ?? "Recommendations are made of it; what counts most stands first."
        let model =
            taste.model.map { "The model is \($0.recipe), of \(PageText.day($0.time))." } ?? "There is no model yet."
        let chart = BarChart(rows: rows[...], unit: .count, description: "Titles by how much they count")
        return """
            <h3>What recommendations are made of</h3>
            <figure>
            <p>The history has \(taste.titles.count.counted("title")), of which \(used.count.grouped) count. \(state) \(model)</p>
            \(rows.isEmpty ? [] : [chart.markup])
            </figure>
            """
    }

    private var states: Markup? {
        if report.states.isEmpty { return nil }
        let rows = report.states.map { state -> [Markup] in
            let fold = state.fold
            let text = state.withState { StateText.json($0).map { String(decoding: $0, as: UTF8.self) } }
            let kept =
                fold?.kind == "history" ? "see above" : text.map { PageText.value($0) } ?? "\(state.entry.count) bytes"
            return [
                Markup(
                    escaping: (fold.map { "\($0.name) \($0.version)" } ?? "a plugin that is no more").shown(atMost: 60)),
                Markup(escaping: KeptState.purpose(ofKind: fold?.kind ?? "").words), Markup(escaping: kept),
            ]
        }
        return """
            <details class="kind"><summary><b>What plugins keep of you</b> <span class="quiet">\(rows.count.grouped)</span></summary>
            \(PageTable(caption: "What plugins keep of you", heads: ["Plugin", "For", "Kept"], rows: rows).markup)
            </details>
            """
    }
}
