internal import Events

/// What editors need to complete plugins and their tests: annotations for LuaLS (luals.github.io/wiki/annotations).
public enum Annotations {
    /// The whole file.
    public static var text: String {
        [head, events, data, builders, plugins].joined(separator: "\n\n") + "\n\n" + AnnotatedFunctions.text
    }

    private static let head = """
        ---@meta
        -- What editors know of plugins and their tests. `host plugin annotations` prints this file, from the catalogue of events.
        """

    private static var events: String {
        let types = Catalogue.types.map { "---| \"\($0.name)\" # \($0.summary)" }
        return """
            ---@alias EventType
            \(types.joined(separator: "\n"))
            ---| string

            ---A CloudEvents 1.0 event.
            ---@class Event
            ---@field specversion "1.0"
            ---@field id string
            ---@field source string
            ---@field type EventType
            ---@field subject? string The viewer: `user.unique_id`.
            ---@field time? string RFC 3339.
            ---@field data? EventData
            """
    }

    /// A class for each type, and one with the fields of all of them, for plugins that look at several types.
    private static var data: String {
        var names: [String] = []
        var all: [String: [FieldSchema]] = [:]
        for field in Catalogue.types.flatMap({ $0.fields }) {
            if all["\(field.name)"] == nil { names.append("\(field.name)") }
            all["\(field.name)", default: []].append(field)
        }
        let fields = names.sorted().compactMap { name in all[name].map { annotation($0) } }
        let everything = ["---The fields of all types.", "---@class EventData"] + fields + ["---@field [string] any"]
        let classes = Catalogue.types.map { type in
            (["---`\(type.name)`: \(type.summary)", "---@class \(className(type))"]
                + type.fields.map { annotation([$0]) })
                .joined(separator: "\n")
        }
        return ([everything.joined(separator: "\n")] + classes).joined(separator: "\n\n")
    }

    private static var builders: String {
        let fields = Catalogue.types.map { type in
            let name = "\(type.name)".map { $0 == "." ? "_" : String($0) }.joined()
            return "---@field \(name) fun(data?: \(className(type))): Event"
        }
        return """
            ---`build.session_started{ ip = "192.0.2.1" }`: an event with a value in every field, and the given ones.
            ---@class Builders
            \(fields.joined(separator: "\n"))
            build = {}
            """
    }

    private static var plugins: String {
        let categories = DataCategory.allCases.map { "---| \"\($0.key)\"" }
        return """
            ---@alias DataCategory
            \(categories.joined(separator: "\n"))
            ---| string

            ---@class Redactor
            ---@field kind "redactor"
            ---@field name string
            ---@field version string
            ---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
            ---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
            ---@field redact fun(event: Event): Event? Returns the event, or nil to drop it; an error sends it to quarantine.

            ---@class Segment
            ---@field kind "segment"
            ---@field name string
            ---@field version string
            ---@field taxonomy? string The id of a node of the IAB Audience Taxonomy 1.1; may be left out with `use = "exclude"`.
            ---@field sensitive? boolean Must be true where the node is sensitive.
            ---@field use? "target"|"exclude" "exclude" keeps advertisements away from its viewers.
            ---@field events? EventType[] What it folds; left out, all.
            ---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
            ---@field ttl_days? integer How long an answer holds that does not say it; 7 where it is left out.
            ---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
            ---@field start fun(): any What is kept of a viewer of whom nothing is known.
            ---@field fold fun(state: any, event: Event, at: integer, ref: integer, offset: integer): any Takes in an event; returns the state.
            ---@field member fun(state: any, now: integer): boolean?, string?, integer[]?, number? Whether, why, by which events (their `ref`), until when.

            ---@alias QualityDimension "title"|"device"|"app_version"|"region"|"hour"|"day"

            ---@class Quality
            ---@field kind "quality"
            ---@field name string
            ---@field version string
            ---@field title? string What people call it.
            ---@field by? QualityDimension[] What has rows of its own.
            ---@field columns string[] The numbers of a row; their units by their endings: _ms, _seconds, _share, else a count.
            ---@field chart? string The column that is drawn; the first where it is left out.
            ---@field events? EventType[] What it folds; left out, all.
            ---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
            ---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
            ---@field start fun(): any What is kept of a row without events.
            ---@field fold fun(state: any, event: any, at: integer, ref: integer, offset: integer): any Takes in an event, or what `observe` gave; returns the state.
            ---@field report fun(state: any): table<string, number?> A row's numbers, by the names of the columns.
            ---@field observe? fun(memory: table, event: Event, at: integer, ref: integer, offset: integer): table, any Returns what is kept of the viewer, and what is to be folded, or nil.

            ---@class Recommender
            ---@field kind "recommender"
            ---@field name string
            ---@field version string
            ---@field reads? DataCategory[] What the plugin sees of the viewer.
            ---@field recommend fun(viewer: Viewer, catalogue: TitleCatalogue, n: integer): Recommendation[] Up to n titles, the best first.
            """
    }

    /// A field that one or more types have.
    private static func annotation(_ fields: [FieldSchema]) -> String {
        let field = fields[0]
        let types = unique(fields.map { $0.kind.luaType }).joined(separator: "|")
        let categories = unique(fields.map { "`\($0.category.key)`" }).joined(separator: ", ")
        let summaries = unique(fields.map { "\($0.summary) " })
        let summary = summaries.count == 1 ? summaries[0] : ""
        return "---@field \(field.name)? \(types)|JsonNull \(summary)\(categories)"
    }

    private static func className(_ type: TypeSchema) -> String {
        "\(type.name)".split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + "Data"
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}

extension FieldKind {
    fileprivate var luaType: String {
        switch self {
        case .string, .timestamp: "string"
        case .number: "number"
        case .boolean: "boolean"
        case .object: "table<string, any>"
        case .array: "any[]"
        case .any: "any"
        }
    }
}
