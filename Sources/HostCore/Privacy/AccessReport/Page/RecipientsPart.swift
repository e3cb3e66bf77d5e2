internal import Store

/// Who got data, and who gave them.
struct RecipientsPart {
    private static let mostRows = 100

    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    var markup: Markup? {
        let tables = [
            table("Advertisers whose advertisements you saw", report.parties { !$0.isProvider }),
            table("Who gave us data about you", report.parties { $0.isProvider }), disclosures,
        ].compactMap(\.self)
        return tables.isEmpty ? "<p>Nobody, as far as the store knows.</p>" : "\(tables)"
    }

    private func table(_ title: String, _ parties: [Habits.Party]) -> Markup? {
        if parties.isEmpty { return nil }
        let rows = parties.prefix(Self.mostRows).map { party -> [Markup] in
            [
                Markup(escaping: PageText.value(party.name)), Markup(escaping: party.events.grouped),
                Markup(escaping: PageText.days(party.first, party.last)),
            ]
        }
        let most = parties.count > rows.count ? ", \(rows.count) of \(parties.count.grouped)" : ""
        return figure(title + most, ["Who", "Events", "When"], Array(rows))
    }

    private var disclosures: Markup? {
        if report.disclosures.isEmpty { return nil }
        let rows = report.disclosures.suffix(Self.mostRows).map { disclosure -> [Markup] in
            [
                Markup(escaping: PageText.value(disclosure.recipient)),
                Markup(escaping: PageText.value(disclosure.purpose)),
                Markup(escaping: PageText.time(disclosure.time)),
                Markup(escaping: PageText.value("\(disclosure.subject) \(disclosure.version)")),
            ]
        }
        return figure("Given to others", ["Who", "What for", "When (UTC)", "What"], Array(rows))
    }

    private func figure(_ title: String, _ heads: [String], _ rows: [[Markup]]) -> Markup {
        """
        <figure>
        <figcaption><h3>\(title)</h3></figcaption>
        \(PageTable(caption: title, heads: heads, rows: rows).markup)
        </figure>
        """
    }
}
