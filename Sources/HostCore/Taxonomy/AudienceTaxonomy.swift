/// The IAB Audience Taxonomy 1.1: what audiences are about, in names that others know.
///
/// ```swift
/// AudienceTaxonomy.node("719")?.path  // "Interest | Travel"
/// ```
public enum AudienceTaxonomy {
    public struct Node: Equatable, Sendable {
        public let id: Int
        /// Such as `Travel`.
        public let name: String
        /// The names from the root on, with ` | ` between them.
        public let path: String
        /// Nil for a root.
        public let parent: Int?
        /// Why viewers need more protection here; nil where the node is an ordinary one.
        public let sensitivity: Sensitivity?

        /// Whether a segment that stands for this node has to say `sensitive = true`.
        public var isSensitive: Bool { sensitivity != nil }
    }

    /// All nodes, by id.
    public static let nodes = read()

    /// The node whose id is this text; nil where there is none.
    public static func node(_ id: String) -> Node? {
        byID[id].map { nodes[$0] }
    }

    /// What to say where ``node(_:)`` knows none: what ids there are, or which nodes may be meant.
    public static func advice(about text: String) -> String {
        let meant = suggestions(for: text)
        if !meant.isEmpty {
            let list = meant.map { "\($0.id) (\($0.path))" }.joined(separator: ", ")
            return "no node \"\(text)\" in the IAB Audience Taxonomy 1.1: did you mean \(list)?"
        }
        return
            "no node \"\(text)\"; ids of the IAB Audience Taxonomy 1.1 are 1 to \(nodes[nodes.count - 1].id), with gaps"
    }

    /// The nodes that have this name or path; else those with all of its words in theirs, at most three.
    private static func suggestions(for text: String) -> [Node] {
        let wanted = text.lowercased()
        let exact = nodes.filter { $0.name.lowercased() == wanted || $0.path.lowercased() == wanted }
        if !exact.isEmpty { return Array(exact.prefix(3)) }
        let words = words(of: wanted)
        // A number is an id that is wrong, and the names have numbers of their own: ages, incomes.
        guard words.contains(where: { $0.contains { $0.isLetter } }) else { return [] }
        return Array(nodes.filter { Set(words).isSubset(of: Self.words(of: $0.path.lowercased())) }.prefix(3))
    }

    private static func words(of text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber }
    }

    private static let byID = Dictionary(
        uniqueKeysWithValues: nodes.enumerated().map { ("\($0.element.id)", $0.offset) })

    /// Parents stand before their children, but for few: their paths are found by going up.
    private static func read() -> [Node] {
        var rows: [Int: (parent: Int, name: String)] = [:]
        var id = 0
        // As bytes: to walk the characters of so long a text took a quarter of a short run's instructions.
        for entry in "\(list)".utf8.split(separator: UInt8(ascii: "|")) {
            let cells = entry.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            id = Int(cells[0]) ?? id + 1
            rows[id] = (Int(cells[1]) ?? 0, cells[2])
        }
        return rows.sorted { $0.key < $1.key }.map { id, row in
            var names: [String] = []
            var sensitivity: Sensitivity?
            var next = id
            while let row = rows[next] {
                names.insert(row.name, at: 0)
                sensitivity = sensitivity ?? sensitiveRoots[next]
                next = row.parent
            }
            return Node(
                id: id, name: row.name, path: names.joined(separator: " | "),
                parent: row.parent == 0 ? nil : row.parent,
                sensitivity: sensitivity)
        }
    }
}
