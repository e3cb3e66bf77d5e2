internal import Events
internal import Store

/// The events of one source class: for each type what its fields are, and their latest values.
struct EventsPart {
    private static let mostFields = 80

    let report: AccessReport
    let source: SourceClass

    init(_ report: AccessReport, _ source: SourceClass) {
        self.report = report
        self.source = source
    }

    /// Nil where there is no event of the class.
    var markup: Markup? {
        let shapes = report.survey.shapes.shapes.filter { $0.source == source }
        if shapes.isEmpty { return nil }
        let values = LatestValues(of: shapes, in: report)
        let types = Dictionary(grouping: shapes) { $0.typeName }
        let order = types.sorted { (count(of: $1.value), $0.key) < (count(of: $0.value), $1.key) }
        let figures = order.map { figure($0.key, $0.value, values) }
        return """
            <p class="quiet">\(explanation)</p>
            \(figures)
            """
    }

    private var explanation: String {
        switch source {
        case .told: "What you wrote, chose or set, with the latest of each."
        case .seen: "What the service noted while you used it, and what it showed you, with the latest of each."
        case .others: "What other companies gave or sold to the service about you."
        case .inferred: "What the service found out about who you are."
        }
    }

    private func count(of shapes: [EventShape]) -> Int {
        shapes.reduce(0) { $0 + $1.count }
    }

    private func figure(_ name: String, _ shapes: [EventShape], _ values: LatestValues) -> Markup {
        let summary = shapes[0].type.map { "\($0.summary)" } ?? "\(name.shown(atMost: 60)) (not classified)"
        let title = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
        let days = PageText.days(shapes.map { $0.first }.min() ?? .max, shapes.map { $0.last }.max() ?? .min)
        let times = count(of: shapes) == 1 ? "once" : "\(count(of: shapes).grouped) times"
        return """
            <details class="kind"\(source == .seen ? "" : Markup(stringLiteral: " open=\"open\""))>
            <summary><b>\(title)</b> <span class="quiet">\(times), \(days)</span></summary>
            \(table(name, shapes, values, caption: title))
            </details>
            """
    }

    private func table(_ name: String, _ shapes: [EventShape], _ values: LatestValues, caption: String) -> Markup {
        let fields = shapes.flatMap { $0.fields }
        let names = fields.map { $0.name }.withoutRepetitions
        let rows = names.prefix(Self.mostFields).compactMap { field -> [Markup]? in
            guard let known = fields.first(where: { $0.name == field }) else { return nil }
            return [
                Markup(escaping: DataCategory.spelled(String(decoding: field, as: UTF8.self)).shown(atMost: 60)),
                Markup(escaping: values[name, field].map { PageText.value($0) } ?? "–"),
                Markup(escaping: known.category.words), Markup(escaping: known.basis.purpose.words),
                Markup(escaping: known.basis.articles.wordsToViewer),
            ]
        }
        let more = names.count > rows.count ? ", \(rows.count) of \(names.count.grouped) fields" : ""
        return PageTable(
            caption: caption + more, heads: ["Field", "Latest", "Kind of data", "Kept for", "Rests on"],
            rows: Array(rows)
        ).markup
    }
}

/// The latest values of the fields of each type.
struct LatestValues {
    /// Shapes whose latest events are looked at.
    private static let mostShapes = 500

    private var values: [String: [[UInt8]: String]] = [:]

    init(of shapes: [EventShape], in report: AccessReport) {
        let latest = shapes.sorted { $0.last < $1.last }.suffix(Self.mostShapes)
        let event = EventDocument()
        let table = ShapeTable(report.plugins.settings.rules)
        var buffer = ByteBuffer()
        let stored = (try? report.requests.store.events(at: latest.map { $0.latest })) ?? []
        let bodies = Dictionary(stored.map { ($0.position, $0.body) }) { first, _ in first }
        for shape in latest {
            bodies[shape.latest]?.withUnsafeBytes { body in
                guard event.load(body) else { return }
                let found = table.shape(of: event)
                for (field, node) in zip(found.fields, table.nodes) {
                    values[shape.typeName, default: [:]][field.name] = Self.text(of: node, event, &buffer)
                }
            }
        }
    }

    subscript(type: String, field: [UInt8]) -> String? {
        values[type]?[field]
    }

    private static func text(of node: UInt32, _ event: EventDocument, _ buffer: inout ByteBuffer) -> String {
        let isText = event.kind(of: node) == .string
        let bytes = isText ? event.string(of: node, decodedInto: &buffer) : event.text(of: node)
        return String(decoding: bytes.prefix(4 * PageText.longestValue), as: UTF8.self)
    }
}
