internal import Events

extension EventTable {
    /// The catalogue of events as values that JSON has: what programs, such as the web pages, know of events.
    ///
    /// The categories stand in the order of their numbers in the results of `engine.wasm`.
    public static var objects: [String: Any] {
        [
            "categories": DataCategory.allCases.map { "\($0.key)" },
            "groups": EventGroup.allCases.map { ["name": "\($0)", "title": $0.title] },
            "types": Catalogue.types.map { object($0) },
        ]
    }

    private static func object(_ type: TypeSchema) -> [String: Any] {
        [
            "name": "\(type.name)", "group": "\(type.group)", "summary": "\(type.summary)",
            "fields": type.fields.map { field in
                [
                    "name": "\(field.name)", "kind": field.kind.title, "category": "\(field.category.key)",
                    "summary": "\(field.summary)",
                ]
            },
        ]
    }
}
