/// What the viewer may do, and what the files are.
struct RightsPart {
    let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    var markup: Markup? {
        let waiting = report.quarantined.count
        let quarantine: Markup? =
            waiting > 0
            ? "<p>\(waiting.counted("event")) of yours could not be cleaned of what should not be kept. It waits, and is used for nothing; see <code>quarantine.ndjson</code>.</p>"
            : nil
        return """
            <figure>
            <p>You may have what is wrong put right (GDPR Art. 16), have it erased (Art. 17), have its use restricted (Art. 18), \
            take it elsewhere (Art. 20: <code>report.json</code> and <code>events.ndjson</code> are for programs), and object (Art. 21). \
            You may complain to a supervisory authority (Art. 77).</p>
            <p>Recommendations and ad segments are made by programs, which choose what you are shown; their reasons stand above.</p>
            <p>How long it is kept: \(retention).</p>
            \([quarantine].compactMap(\.self))
            <p class="quiet"><code>csv/</code> has tables for spreadsheets, one for each kind of data; a text that a spreadsheet could take for \
            a formula has an apostrophe before it. <code>SHA256SUMS</code> tells whether a file was changed.</p>
            </figure>
            """
    }

    /// The latest end of what anything is kept for.
    private var retention: String {
        let ends = report.survey.shapes.categories.map { count in
            count.last == .min ? nil : report.retentionEnd(of: count.category, from: count.last)
        }
        if ends.contains(where: { $0 == nil }) || ends.isEmpty {
            return "not limited for some kinds of data; see report.json"
        }
        return
            "until \(PageText.day(ends.compactMap(\.self).max())) at the latest; see report.json for each kind of data"
    }
}
