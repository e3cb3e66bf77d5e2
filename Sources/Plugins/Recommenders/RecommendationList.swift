internal import Events

/// What a recommender gave, as far as it may be shown.
public struct RecommendationList: Equatable, Sendable {
    public struct Item: Equatable, Sendable {
        /// The catalogue's key.
        public let title: String
        /// The plugin's own; nil where it gave none.
        public let score: Double?
        /// Why, in the plugin's words; empty where it gave none.
        public let reason: String
        /// The titles, and what stands for the events, behind it.
        public let titles: [String]
        public let events: [Int64]
        /// The row of the page that it stands in; empty where the plugin names none.
        public let row: String
    }

    /// Why something that the plugin gave is left out.
    public enum Fault: UInt8, CaseIterable, Sendable {
        /// No table with a `title` that is a text.
        case noTitle
        /// Not in the catalogue, not to be watched now, or not by this viewer.
        case unavailable
        /// It is in the list already.
        case duplicate
        /// Its score is no finite number.
        case noNumber
        /// More than were asked for.
        case tooMany
    }

    /// In the plugin's order.
    public private(set) var items: [Item] = []
    /// How many were left out, by fault.
    public private(set) var faults: [Int] = Fault.allCases.map { _ in 0 }

    /// Nothing.
    public init() {}

    /// How many were left out for a reason.
    public subscript(fault: Fault) -> Int { faults[Int(fault.rawValue)] }

    /// Reads what a plugin gave, the bytes of a Lua value whatever they are, of which the first `count` are kept that may be shown.
    package init(_ bytes: UnsafeRawBufferPointer, count: Int, _ source: RecommendationSource) {
        var cursor = StateCursor(bytes)
        guard case .array(let length) = cursor.next() else { return }
        for _ in 0..<length {
            guard let value = cursor.next() else { return }
            guard let candidate = Candidate(value, &cursor) else { return }
            add(candidate, count: count, source)
        }
    }

    private mutating func add(_ candidate: Candidate, count: Int, _ source: RecommendationSource) {
        guard let title = candidate.title else { return leaveOut(.noTitle) }
        if candidate.hasWrongScore { return leaveOut(.noNumber) }
        if items.contains(where: { $0.title == title }) { return leaveOut(.duplicate) }
        if !source.isAvailable(title) { return leaveOut(.unavailable) }
        if items.count >= count { return leaveOut(.tooMany) }
        items.append(
            Item(
                title: title, score: candidate.score, reason: candidate.reason, titles: candidate.titles,
                events: candidate.events, row: candidate.row))
    }

    private mutating func leaveOut(_ fault: Fault) {
        faults[Int(fault.rawValue)] += 1
    }

    /// An entry of the plugin's list.
    private struct Candidate {
        var title: String?
        var score: Double?
        var hasWrongScore = false
        var reason = ""
        var titles: [String] = []
        var events: [Int64] = []
        var row = ""

        /// Reads what follows `value`; nil where the bytes are damaged.
        init?(_ value: StateCursor.Value, _ cursor: inout StateCursor) {
            guard case .map(let count) = value else {
                if !cursor.skip(after: value) { return nil }
                return
            }
            for _ in 0..<count {
                guard let key = cursor.next(), cursor.skip(after: key), let value = cursor.next() else { return nil }
                guard case .string(let name) = key else {
                    if !cursor.skip(after: value) { return nil }
                    continue
                }
                if name.elementsEqual(("because" as StaticString).rawBytes) {
                    if !read(because: value, &cursor) { return nil }
                    continue
                }
                if !cursor.skip(after: value) { return nil }
                if name.elementsEqual(("title" as StaticString).rawBytes) { title = text(value) }
                if name.elementsEqual(("row" as StaticString).rawBytes) { row = text(value) ?? "" }
                if name.elementsEqual(("score" as StaticString).rawBytes) { read(score: value) }
            }
        }

        private mutating func read(score value: StateCursor.Value) {
            switch value {
            case .integer(let integer): score = Double(integer)
            case .double(let double) where double.isFinite: score = double
            default: hasWrongScore = true
            }
        }

        private mutating func read(because value: StateCursor.Value, _ cursor: inout StateCursor) -> Bool {
            guard case .array(let count) = value else {
                reason = text(value) ?? ""
                return cursor.skip(after: value)
            }
            for _ in 0..<count {
                guard let element = cursor.next(), cursor.skip(after: element) else { return false }
                if case .integer(let reference) = element { events.append(reference) }
                if let title = text(element) { titles.append(title) }
            }
            return true
        }

        private func text(_ value: StateCursor.Value) -> String? {
            guard case .string(let text) = value else { return nil }
            return String(decoding: text.prefix(500), as: UTF8.self)
        }
    }
}
