internal import Events

/// The catalogue of events as a page of Markdown.
public enum EventTable {
    public static var markdown: String {
        var lines = [
            "# Event types", "",
            "Every type that the host knows, and the fields of its `data`. This page is what `host events` prints: it is made",
            "from the catalogue in `Sources/Events/Catalogue`.", "",
            "A plugin sees a field where its manifest's `reads` names the field's data category (of the Fideslang taxonomy), or",
            "one above it. A field that is not listed here is `user.unclassified`, and `null` may stand everywhere.",
        ]
        for group in EventGroup.allCases {
            lines += ["", "## \(group.title)"]
            for type in Catalogue.types where type.group == group { lines += [""] + section(type) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ type: TypeSchema) -> [String] {
        let head = [
            "### `\(type.name)`", "", "\(type.summary)", "", "| field | kind | data category | |",
            "| --- | --- | --- | --- |",
        ]
        return head + type.fields.map { "| `\($0.name)` | \($0.kind.title) | `\($0.category.key)` | \($0.summary) |" }
    }
}

extension EventGroup {
    var title: String {
        switch self {
        case .told: "Told by the viewer"
        case .seen: "Seen by the service"
        case .fromOthers: "From others"
        case .catalogue: "The catalogue of titles"
        case .feedback: "Feedback"
        case .will: "The viewer's will"
        }
    }
}

extension FieldKind {
    var title: String {
        switch self {
        case .string: "string"
        case .number: "number"
        case .boolean: "boolean"
        case .object: "object"
        case .array: "array"
        case .timestamp: "timestamp"
        case .any: "any"
        }
    }
}
