public import Events

/// What the catalogue has of titles, as plugins see it by `host.title`: found by a title's key, or else by its name.
///
/// It is filled by one thread, and then read by any number of them.
public final class TitleTable: @unchecked Sendable {
    /// The fields that plugins see, in the order in which a state has its keys.
    private static let fields: [StaticString] = [
        "duration_seconds", "genres", "kind", "maturity_rating", "series", "title", "year",
    ]

    /// Another number after each change.
    public private(set) var version: UInt64 = 0
    /// Whether the events are kept as texts, for those who have the table elsewhere.
    public var keepsTexts = false

    private var writer = StateWriter()
    private var texts = ByteBuffer()
    /// For each title: where its entry ends; it begins where that of the title before ends.
    private var ends: [Int] = []
    /// Keys and names with the titles they mean, in a hash table whose size is a power of two; -1 where there is none.
    private var slots: [Int32] = []
    private var keys: [(start: Int, end: Int, title: Int32)] = []
    private var keyBytes = ByteBuffer()
    private var buffer = ByteBuffer()

    public init() {}

    /// Forgets all titles.
    public func removeAll() {
        version += 1
        writer.removeAll()
        texts.removeAll()
        keyBytes.removeAll()
        ends.removeAll()
        keys.removeAll()
        slots.removeAll()
    }

    /// Adds the title that the event's data are about. Of several with one key or name, the first is found.
    public func add(_ event: EventDocument) {
        let data = event.data
        guard data != 0, event.kind(of: data) == .object else { return }
        if keepsTexts {
            event.write(into: &texts)
            texts.append(UInt8(ascii: "\n"))
        }
        let nodes = Self.fields.map { event.child(of: data, named: $0.rawBytes) }
        let known = nodes.indices.filter { nodes[$0] != 0 && isPlain(nodes[$0], of: event) }
        writer.beginMap(known.count)
        for index in known {
            writer.put(Self.fields[index])
            put(nodes[index], of: event)
        }
        ends.append(writer.bytes.count)
        version += 1
        for name: StaticString in ["title_id", "title"] {
            let node = event.child(of: data, named: name.rawBytes)
            if node != 0, event.kind(of: node) == .string { note(event.string(of: node, decodedInto: &buffer)) }
        }
    }

    /// The events that were added, one a line, where the table ``keepsTexts``. Good until the next one is added.
    public var lines: UnsafeRawBufferPointer {
        texts.rawBytes
    }

    /// The entry of the title with this key or name, as bytes of a state.
    func entry(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard !slots.isEmpty, let title = slots[slot(of: key)].title(in: keys) else { return nil }
        let start = title == 0 ? 0 : ends[title - 1]
        return UnsafeRawBufferPointer(rebasing: writer.bytes.rawBytes[start..<ends[title]])
    }

    // MARK: Keys

    private func note(_ key: UnsafeRawBufferPointer) {
        if key.isEmpty { return }
        if keys.count * 2 >= slots.count { grow() }
        let slot = slot(of: key)
        if slots[slot] >= 0 { return }
        let start = keyBytes.count
        keyBytes.append(key)
        keys.append((start, keyBytes.count, Int32(ends.count - 1)))
        slots[slot] = Int32(keys.count - 1)
    }

    private func grow() {
        slots = [Int32](repeating: -1, count: max(64, slots.count * 2))
        for (index, key) in keys.enumerated() {
            slots[slot(of: UnsafeRawBufferPointer(rebasing: keyBytes.rawBytes[key.start..<key.end]))] = Int32(index)
        }
    }

    /// Where the key is, or would be (FNV-1a).
    private func slot(of key: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] >= 0 {
            let other = keys[Int(slots[slot])]
            if keyBytes.rawBytes[other.start..<other.end].elementsEqual(key) { return slot }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    // MARK: Entries

    private func isPlain(_ node: UInt32, of event: EventDocument) -> Bool {
        switch event.kind(of: node) {
        case .string, .number: return true
        case .array:
            var place = event.firstChild(of: node)
            while place != 0 {
                if event.kind(of: event.value(at: place)) != .string { return false }
                place = event.nextSibling(of: place)
            }
            return true
        default: return false
        }
    }

    private func put(_ node: UInt32, of event: EventDocument) {
        switch event.kind(of: node) {
        case .number:
            switch JSONNumber(event.text(of: node)) {
            case .integer(let integer): writer.put(integer)
            case .float(let double): writer.put(double)
            }
        case .array:
            writer.beginArray(event.childCount(of: node))
            var place = event.firstChild(of: node)
            while place != 0 {
                writer.put(event.string(of: event.value(at: place), decodedInto: &buffer))
                place = event.nextSibling(of: place)
            }
        default: writer.put(event.string(of: node, decodedInto: &buffer))
        }
    }
}

extension Int32 {
    /// The title of the key with this number; nil where it is none.
    fileprivate func title(in keys: [(start: Int, end: Int, title: Int32)]) -> Int? {
        self < 0 ? nil : Int(keys[Int(self)].title)
    }
}
