internal import Events
internal import Privacy
internal import Store

/// The values by which a viewer would be known again: what a verification looks for.
struct ViewerValues: ~Copyable {
    private(set) var search = TraceSearch()
    private(set) var count = 0
    private(set) var short = 0

    /// What events call the viewer.
    private(set) var subjects: Set<String> = []
    /// Subjects that events say are the viewer too.
    private(set) var joined: Set<String> = []

    private var seen: Set<String> = []
    private let event = EventDocument()
    private var buffer = ByteBuffer()

    init() {}

    /// Leaves out what is in a text that tells nothing of this viewer. Gives the number of values, each way in which one is written by itself.
    mutating func leaveOut(foundIn text: [UInt8]) -> Int {
        text.withUnsafeBytes { search.remove(foundIn: $0) }
    }

    /// Adds a viewer's subject, and the number that the store has for it as it may lie in files.
    mutating func add(subject: String, number: Int64) {
        // Of an event without a subject there is no number, and many zeros would be taken for one.
        if subject.isEmpty || !subjects.insert(subject).inserted { return }
        let isLong = search.add(subject, named: "subject", isOwn: true)
        // A value of an event's may have been the same text, and is counted then.
        if seen.insert(subject).inserted { if isLong { count += 1 } else { short += 1 } }
        for bytes in Self.forms(of: number) { search.add(bytes, named: "viewer number", isOwn: true) }
        count += 1
    }

    /// Adds what an event of the viewer's says; false where the text is no event.
    mutating func add(event text: UnsafeRawBufferPointer, _ keys: EventKeys) -> Bool {
        guard event.load(text) else { return false }
        let key = keys.key(of: event, &buffer)
        search.add(Self.bytes(key.number) + Self.bytes(key.check), named: "event key")
        let subject = event.node(of: .subject)
        if subject != 0 { add(subject: self.text(of: subject), number: keys.viewer(of: event, &buffer)) }
        addExtensions()
        if event.node(of: .id) != 0 { add(self.text(of: event.node(of: .id)), named: "id") }
        if event.data != 0 { add(valuesOf: event.data, named: "data") }
        noteIdentity()
        return true
    }

    /// All that the event has beside its data and the attributes that say nothing of the viewer.
    private mutating func addExtensions() {
        var place = event.firstChild(of: event.root)
        while place != 0 {
            let name = String(decoding: event.key(of: place), as: UTF8.self)
            if !Self.attributes.contains(name) { add(valuesOf: event.value(at: place), named: name) }
            place = event.nextSibling(of: place)
        }
    }

    /// Learns whom the event joins with the viewer, who is the same one as long as nothing parts them again.
    private mutating func noteIdentity() {
        guard let type = event.typeIndex, type == Self.merged || type == Self.split, event.data != 0,
            event.kind(of: event.data) == .object
        else { return }
        let from = event.child(of: event.data, named: StaticString("from").rawBytes)
        if from == 0 || event.kind(of: from) != .string { return }
        if type == Self.merged { joined.insert(self.text(of: from)) } else { joined.remove(self.text(of: from)) }
    }

    private mutating func add(valuesOf node: UInt32, named name: String) {
        switch event.kind(of: node) {
        case .string: add(text(of: node), named: name)
        case .number: add(String(decoding: event.text(of: node), as: UTF8.self), named: name)
        case .object, .array:
            var place = event.firstChild(of: node)
            while place != 0 {
                let key = String(decoding: event.key(of: place), as: UTF8.self)
                if !key.isEmpty { add(key, named: "a name within \(name)") }
                add(valuesOf: event.value(at: place), named: key.isEmpty ? name : "\(name).\(key)")
                place = event.nextSibling(of: place)
            }
        default: break
        }
    }

    private mutating func add(_ value: String, named name: String) {
        if !seen.insert(value).inserted { return }
        if search.add(value, named: name) {
            count += 1
        } else {
            short += 1
        }
    }

    private mutating func text(of node: UInt32) -> String {
        String(decoding: event.string(of: node, decodedInto: &buffer), as: UTF8.self)
    }

    /// As the store's lists have it, as SQLite has a row's number and a column, and as text.
    private static func forms(of number: Int64) -> [[UInt8]] {
        let unsigned = UInt64(bitPattern: number)
        // SQLite's variable-length number of 64 bits: seven bits in each of eight bytes, and eight in the last.
        let variable = (0..<8).map { UInt8(truncatingIfNeeded: unsigned >> UInt64(57 - 7 * $0)) | 0x80 }
        let last = UInt8(truncatingIfNeeded: unsigned)
        return [
            bytes(number), bytes(number).reversed(), variable + [last], Array("\(number)".utf8),
            Array("\(unsigned)".utf8),
        ]
    }

    private static let merged = Catalogue.index(ofType: StaticString("viewer.merged").rawBytes)
    private static let split = Catalogue.index(ofType: StaticString("viewer.split").rawBytes)

    /// CloudEvents' own, but for `data_base64`; those among them that are the viewer's are added by themselves.
    private static let attributes: Set<String> = [
        "specversion", "id", "source", "type", "subject", "time", "data", "datacontenttype", "dataschema",
    ]

    private static func bytes(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
