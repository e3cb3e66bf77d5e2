internal import Events
internal import Privacy
internal import Store

/// The values by which a viewer would be known again: what a verification looks for.
struct ViewerValues: ~Copyable {
    private(set) var search = TraceSearch()
    private(set) var count = 0
    private(set) var short = 0

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
        add(subject, named: "subject")
        for bytes in Self.forms(of: number) { search.add(bytes, named: "viewer number") }
        count += 1
    }

    /// Adds what an event of the viewer's says; false where the text is no event.
    mutating func add(event text: UnsafeRawBufferPointer, _ keys: EventKeys) -> Bool {
        guard event.load(text) else { return false }
        let key = keys.key(of: event, &buffer)
        search.add(Self.bytes(key.number) + Self.bytes(key.check), named: "event key")
        if event.node(of: .id) != 0 { add(self.text(of: event.node(of: .id)), named: "id") }
        if event.data != 0 { add(valuesOf: event.data, named: "data") }
        return true
    }

    private mutating func add(valuesOf node: UInt32, named name: String) {
        switch event.kind(of: node) {
        case .string: add(text(of: node), named: name)
        case .number: add(String(decoding: event.text(of: node), as: UTF8.self), named: name)
        case .object, .array:
            var place = event.firstChild(of: node)
            while place != 0 {
                let key = String(decoding: event.key(of: place), as: UTF8.self)
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

    private static func bytes(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
