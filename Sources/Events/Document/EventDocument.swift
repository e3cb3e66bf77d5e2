internal import CBridge

/// One event as its text and an index over it; edits are kept beside the text, so that what nobody changed is
/// written out as the bytes that came in.
///
/// ```swift
/// let event = EventDocument()
/// try event.load(text, count: count)
/// event.remove(event.child(of: event.data, named: "email"))
/// event.write(into: &output)
/// ```
///
/// One value serves any number of events in turn: loading forgets the last one. Nodes are indices that are valid until
/// the next ``load(_:count:)``; 0 stands for "none".
public final class EventDocument {
    /// What a member of the event's outer object is.
    public enum Attribute: UInt8, Sendable {
        case other
        case specversion
        case id
        case source
        case type
        case subject
        case time
        case data
    }

    var arena = NodeArena()
    var keys = ByteBuffer()
    var edits = ByteBuffer()
    fileprivate var decoded = ByteBuffer()
    private(set) var text: UnsafePointer<UInt8>
    private(set) var count = 0
    /// Nodes of the attributes, by ``Attribute``.
    var attributes: InlineArray<8, UInt32> = .init(repeating: 0)

    /// The whole event's node.
    public private(set) var root: UInt32 = 0
    /// Index into ``Catalogue/types``; nil for a type that the catalogue does not know.
    public internal(set) var typeIndex: Int?
    /// Microseconds since 1970 of `time` as it came in; nil where the event has none.
    public internal(set) var time: Int64?
    /// Whether anything differs from the text that came in.
    public internal(set) var isChanged = false
    /// The data categories of the fields that were removed or replaced in this event, one byte for each such field.
    var redactions = ByteBuffer()

    /// What plugins of an earlier stage put into this event's text, where ``begin(after:from:)`` told.
    var earlierEdits = EarlierEdits()
    var hasEarlierEdits = false

    let memory: KeyMemory
    /// The memory's.
    let shapes: UnsafeMutablePointer<KeyShapes>
    var layout = AttributeLayout()
    var month = Timestamp.Month()
    /// The last event's, where the catalogue knew it.
    var lastTypeIndex: Int?
    private let nothing: UnsafeMutablePointer<UInt8>

    public convenience init() {
        self.init(KeyMemory())
    }

    /// So many values that know the keys of each other's events.
    package static func sharing(_ count: Int) -> [EventDocument] {
        let memory = KeyMemory()
        return (0..<count).map { _ in EventDocument(memory) }
    }

    private init(_ memory: KeyMemory) {
        self.memory = memory
        shapes = memory.shapes
        nothing = .allocate(capacity: 1)
        nothing.initialize(to: 0)
        text = UnsafePointer(nothing)
    }

    deinit {
        nothing.deallocate()
    }

    /// Parses and validates `text[0..<count]`, which must stay in place and unchanged until the next call.
    public func load(_ text: UnsafePointer<UInt8>, count: Int) throws(EventError) {
        arena.removeAll()
        keys.removeAll()
        edits.removeAll()
        attributes = .init(repeating: 0)
        redactions.removeAll()
        isChanged = false
        typeIndex = nil
        time = nil
        self.text = text
        self.count = count
        do {
            root = try JSONParser(text: text, end: count).parse(into: &arena, keys: &keys, shapes: shapes)
        } catch {
            throw .json(error)
        }
        try validate()
    }

    /// As ``load(_:count:)``; false where the text is no event.
    package func load(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        do {
            try load(start, count: text.count)
            return true
        } catch {
            return false
        }
    }

    /// The event's time as ``Timestamp/trustedSeconds(of:received:)`` has it; nil where it has none.
    package func seconds(received: Int64?) -> Int64? {
        time.flatMap { Timestamp.trustedSeconds(of: $0, received: received) }
    }

    /// How many seconds the time zone of the event's time is ahead of UTC; 0 where it has no time.
    package var timeOffset: Int64 {
        let node = attributes[Int(Attribute.time.rawValue)]
        if time == nil || node == 0 { return 0 }
        // In quotes.
        let text = text(of: node)
        return Timestamp.offsetSeconds(UnsafeRawBufferPointer(rebasing: text[1..<text.count - 1])) ?? 0
    }

    /// The node of an attribute as it is now, or 0.
    public func node(of attribute: Attribute) -> UInt32 {
        current(attributes[Int(attribute.rawValue)])
    }

    /// A number that follows from the event's `source` and `id` alone (FNV-1a, 64 bits).
    public var identityHash: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for attribute in [Attribute.source, .id] {
            for byte in text(of: attributes[Int(attribute.rawValue)]) {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return hash
    }

    /// Appends the data categories of the fields that were removed or replaced, the raw value of one for each field.
    public func writeRedactions(into output: inout ByteBuffer) {
        output.append(redactions.base, count: redactions.count)
    }

    /// The event's `data`, or 0.
    public var data: UInt32 {
        node(of: .data)
    }

    /// The node that stands where `node` stood: itself, its replacement, or 0 where it was removed.
    @inline(__always)
    func current(_ node: UInt32) -> UInt32 {
        var index = node
        while true {
            let flags = arena.nodes[Int(index)].flags
            if flags & UInt8(VH_REMOVED) != 0 { return 0 }
            if flags & UInt8(VH_REPLACED) == 0 { return index }
            index = arena.nodes[Int(index)].replacement
        }
    }

    /// The node's kind.
    @inline(__always)
    public func kind(of node: UInt32) -> NodeKind {
        NodeKind(rawValue: arena.nodes[Int(node)].kind).unsafelyUnwrapped
    }

    /// The node's text, as it came in or as an edit wrote it. Valid until the next edit.
    @inline(__always)
    public func text(of node: UInt32) -> UnsafeRawBufferPointer {
        let value = arena.nodes[Int(node)]
        return UnsafeRawBufferPointer(start: base(of: value) + Int(value.start), count: Int(value.end &- value.start))
    }

    @inline(__always)
    func base(of node: vh_node) -> UnsafePointer<UInt8> {
        node.flags & UInt8(VH_IN_EDITS) != 0 ? UnsafePointer(edits.base) : text
    }

    @inline(__always)
    func keyBase(flags: UInt8) -> UnsafePointer<UInt8> {
        if flags & UInt8(VH_KEY_DECODED | VH_IN_EDITS) == 0 { return text }
        if flags & UInt8(VH_KEY_DECODED) != 0 { return UnsafePointer(keys.base) }
        return flags & UInt8(VH_KEY_IN_TEXT) != 0 ? text : UnsafePointer(edits.base)
    }

    /// The decoded key of a member. Valid until the next edit.
    @inline(__always)
    public func key(of node: UInt32) -> UnsafeRawBufferPointer {
        let member = (arena.nodes + Int(node)).pointee
        return UnsafeRawBufferPointer(
            start: keyBase(flags: member.flags) + Int(member.key_start),
            count: Int(member.key_end &- member.key_start)
        )
    }

    /// The bytes that a string node stands for: a view of the text, or of `buffer` where escapes had to be decoded.
    /// Valid until the next edit or use of `buffer`.
    @inline(__always)
    public func string(of node: UInt32, decodedInto buffer: inout ByteBuffer) -> UnsafeRawBufferPointer {
        let value = arena.nodes[Int(node)]
        let inner = base(of: value) + Int(value.start) + 1
        let length = Int(value.end &- value.start) - 2
        if value.flags & UInt8(VH_ESCAPED) == 0 { return UnsafeRawBufferPointer(start: inner, count: length) }
        buffer.removeAll()
        JSONString.decode(inner, count: length, into: &buffer)
        return buffer.rawBytes
    }
}

extension EventDocument {
    /// Calls `body` with the bytes that a string node stands for.
    @inline(__always)
    func withString<R>(of node: UInt32, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        body(string(of: node, decodedInto: &decoded))
    }
}
