internal import Events
internal import Glibc
internal import Plugins

/// Events of one type that have the same fields in the same order, and so the same categories and bases.
final class EventShape {
    struct Field {
        let name: [UInt8]
        let category: DataCategory
        let basis: LegalBasis
    }

    /// Its place in the table of shapes.
    let index: Int
    /// Nil where the catalogue does not know the type.
    let type: TypeSchema?
    let typeName: String
    fileprivate let typeBytes: [UInt8]
    let source: SourceClass
    let habit: Habit?
    /// The fields of `data`, and the attributes that CloudEvents does not name. Data that are no object are one field without a
    /// name.
    let fields: [Field]
    /// Those of the fields and of the subject, each once.
    let categories: [DataCategory]
    let articles: [LegalArticle]

    var count = 0
    /// Times of the first and the last of its events, in seconds since 1970.
    var first = Int64.max
    var last = Int64.min
    /// The place of the latest event in the log.
    var latest: Int64 = 0

    init(
        _ index: Int, type: TypeSchema?, typeName: String, fields: [(name: [UInt8], category: DataCategory)],
        _ rules: GateRules
    ) {
        self.index = index
        self.type = type
        self.typeName = typeName
        typeBytes = Array(typeName.utf8)
        source = SourceClass(ofType: type)
        habit = type == nil ? nil : Habit(rawValue: typeName)
        self.fields = fields.map { field in
            Field(
                name: field.name, category: field.category, basis: LegalBasis(of: field.category, inType: type, rules))
        }
        // The subject is in each of them.
        let subject = LegalBasis(of: .userUniqueID, inType: type, rules)
        categories = (self.fields.map { $0.category } + [.userUniqueID]).withoutRepetitions
        articles = (self.fields.flatMap { $0.basis.articles } + subject.articles).withoutRepetitions
    }

    /// What a report says of its events beside their texts, by the purposes that they may be used for.
    var annotations = [[UInt8]](repeating: [], count: 1 << Purpose.allCases.count)

    /// Learns of one of its events.
    func note(at time: Int64?, position: Int64) {
        count += 1
        guard let time else {
            if latest == 0 { latest = position }
            return
        }
        first = min(first, time)
        if time >= last { (last, latest) = (time, position) }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order in which they come first.
    var withoutRepetitions: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// The shapes of the events that were looked at.
final class ShapeTable {
    private(set) var shapes: [EventShape] = []
    /// The values of the fields of the event that was looked at last, in the order of its shape's fields.
    private(set) var nodes: [UInt32] = []

    private let rules: GateRules
    /// The latest shape of each type of the catalogue, which the next event mostly has too; -1 where there is none.
    private var latest = [Int](repeating: -1, count: Catalogue.types.count)
    /// Shapes by a hash of their names (FNV-1a).
    private var places: [UInt64: [Int]] = [:]
    /// Where the event's fields have their keys.
    private var members: [UInt32] = []
    private var buffer = ByteBuffer()

    init(_ rules: GateRules) {
        self.rules = rules
    }

    /// The shape of an event, which is made where none is known.
    func shape(of event: EventDocument) -> EventShape {
        collect(event)
        let type = event.string(of: event.node(of: .type), decodedInto: &buffer)
        guard let index = event.typeIndex else { return find(type, event) }
        if latest[index] >= 0, isShape(shapes[latest[index]], type, event) { return shapes[latest[index]] }
        let shape = find(type, event)
        latest[index] = shape.index
        return shape
    }

    private func find(_ type: UnsafeRawBufferPointer, _ event: EventDocument) -> EventShape {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ bytes: UnsafeRawBufferPointer) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        add(type)
        for member in members { add(name(of: member, event)) }
        if let place = places[hash]?.first(where: { isShape(shapes[$0], type, event) }) { return shapes[place] }
        let shape = EventShape(
            shapes.count, type: event.typeIndex.map { Catalogue.types[$0] },
            typeName: String(decoding: type, as: UTF8.self),
            fields: members.indices.map { (Array(name(of: members[$0], event)), event.category(of: nodes[$0])) }, rules)
        places[hash, default: []].append(shapes.count)
        shapes.append(shape)
        return shape
    }

    private func isShape(_ shape: EventShape, _ type: UnsafeRawBufferPointer, _ event: EventDocument) -> Bool {
        guard shape.fields.count == members.count, Self.isSame(type, shape.typeBytes) else { return false }
        for (place, field) in shape.fields.enumerated() where !Self.isSame(name(of: members[place], event), field.name)
        {
            return false
        }
        return true
    }

    private static func isSame(_ bytes: UnsafeRawBufferPointer, _ others: [UInt8]) -> Bool {
        guard bytes.count == others.count else { return false }
        return others.withUnsafeBytes { others in
            guard let one = bytes.baseAddress, let other = others.baseAddress else { return true }
            return memcmp(one, other, bytes.count) == 0
        }
    }

    /// Finds the event's fields.
    private func collect(_ event: EventDocument) {
        nodes.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        let data = event.data
        if data != 0 {
            if event.kind(of: data) == .object {
                addChildren(of: data, event)
            } else {
                members.append(0)
                nodes.append(data)
            }
        }
        let known = Self.attributes.map { event.node(of: $0) }
        var place = event.firstChild(of: event.root)
        while place != 0 {
            let node = event.value(at: place)
            if !known.contains(node) {
                members.append(place)
                nodes.append(node)
            }
            place = event.nextSibling(of: place)
        }
    }

    private func addChildren(of data: UInt32, _ event: EventDocument) {
        var place = event.firstChild(of: data)
        while place != 0 {
            members.append(place)
            nodes.append(event.value(at: place))
            place = event.nextSibling(of: place)
        }
    }

    private func name(of member: UInt32, _ event: EventDocument) -> UnsafeRawBufferPointer {
        member == 0 ? UnsafeRawBufferPointer(start: nil, count: 0) : event.key(of: member)
    }

    private static let attributes: [EventDocument.Attribute] = [
        .specversion, .id, .source, .type, .subject, .time, .data,
    ]
}
