internal import Events
internal import Models

/// Reads the values of dimensions, and the number that is summed up, from events.
struct StatisticsValues: ~Copyable {
    /// Bytes of a value; longer ones are no group's.
    private static let longest = 200
    /// By these an event's title is found in the catalogue.
    private static let keys = [Array("title_id".utf8), Array("title".utf8)]

    private let event: EventDocument
    private let dimensions: [StatisticsDimension]
    private let catalogue: TitleCatalogue
    private let names: [[UInt8]]
    private var buffer = ByteBuffer()

    init(of event: EventDocument, _ dimensions: [StatisticsDimension], _ catalogue: TitleCatalogue) {
        self.event = event
        self.dimensions = dimensions
        self.catalogue = catalogue
        names = dimensions.map { Array($0.name.utf8) }
    }

    /// The groups that the event is in: a value for each dimension.
    mutating func groups() -> Set<[String]> {
        var groups: Set<[String]> = [[]]
        for place in dimensions.indices {
            let values = values(at: place)
            groups = Set(groups.flatMap { group in values.map { group + [$0] } })
        }
        return groups
    }

    /// A number of the event's data; nil where there is none.
    func number(_ name: [UInt8]) -> Double? {
        let node = node(name)
        guard node != 0, event.kind(of: node) == .number else { return nil }
        switch JSONNumber(event.text(of: node)) {
        case .integer(let integer): return Double(integer)
        case .float(let double): return double
        }
    }

    private mutating func values(at place: Int) -> [String] {
        switch dimensions[place] {
        case .type: return event.typeIndex.map { ["\(Catalogue.types[$0].name)"] } ?? []
        case .genre: return genres()
        case .hour: return time(11..<13)
        case .day: return time(0..<10)
        case .field: return texts(of: node(names[place]))
        }
    }

    private func node(_ name: [UInt8]) -> UInt32 {
        guard event.data != 0, event.kind(of: event.data) == .object else { return 0 }
        return name.withUnsafeBytes { event.child(of: event.data, named: $0) }
    }

    private mutating func texts(of node: UInt32) -> [String] {
        guard node != 0 else { return [] }
        switch event.kind(of: node) {
        case .string: return text(event.string(of: node, decodedInto: &buffer))
        case .number: return text(event.text(of: node))
        case .true: return ["true"]
        case .false: return ["false"]
        case .array:
            var texts: [String] = []
            var place = event.firstChild(of: node)
            while place != 0 {
                let value = event.value(at: place)
                if event.kind(of: value) == .string { texts += text(event.string(of: value, decodedInto: &buffer)) }
                place = event.nextSibling(of: place)
            }
            return texts
        default: return []
        }
    }

    private func text(_ bytes: UnsafeRawBufferPointer) -> [String] {
        (1...Self.longest).contains(bytes.count) ? [String(decoding: bytes, as: UTF8.self)] : []
    }

    private mutating func genres() -> [String] {
        for key in Self.keys {
            if let title = texts(of: node(key)).first.flatMap({ catalogue.number(of: $0) }) {
                return catalogue.titles[title].genres.map { catalogue.genres[$0] }
            }
        }
        return []
    }

    /// A part of the event's time as it is written.
    private mutating func time(_ range: Range<Int>) -> [String] {
        let node = event.node(of: .time)
        guard event.time != nil, node != 0, event.kind(of: node) == .string else { return [] }
        let text = event.string(of: node, decodedInto: &buffer)
        return text.count >= range.upperBound ? self.text(UnsafeRawBufferPointer(rebasing: text[range])) : []
    }
}
