public import Events

/// Events and quarantined events that go into the store together.
///
/// Only one thread at a time may use it, which makes it safe to send.
public final class StoreBatch: @unchecked Sendable {
    /// An event in the batch; its body ends where the next one's begins.
    struct Record {
        var key: Int64
        var viewer: Int64
        var end: Int
        var isTitle: Bool
    }

    private(set) var bodies = ByteBuffer()
    private(set) var records: [Record] = []
    private(set) var quarantined: [QuarantinedEvent] = []
    /// Keys of events that a plugin dropped: they need not wait in quarantine any more.
    private(set) var dropped: [Int64] = []

    public init() {}

    public var count: Int { records.count }
    public var isEmpty: Bool { records.isEmpty && quarantined.isEmpty && dropped.isEmpty }

    /// Adds an event that passed. `isTitle` says that it is `title.added` or `title.updated`.
    public func add(_ body: UnsafeRawBufferPointer, key: Int64, viewer: Int64, isTitle: Bool) {
        bodies.append(body)
        records.append(Record(key: key, viewer: viewer, end: bodies.count, isTitle: isTitle))
    }

    public func quarantine(_ event: QuarantinedEvent) {
        quarantined.append(event)
    }

    public func drop(key: Int64) {
        dropped.append(key)
    }

    func removeAll() {
        bodies.removeAll()
        records.removeAll(keepingCapacity: true)
        quarantined.removeAll()
        dropped.removeAll()
    }

    func body(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : records[index - 1].end
        return UnsafeRawBufferPointer(start: bodies.base + start, count: records[index].end - start)
    }
}

/// An event that a plugin failed on, as it came in.
public struct QuarantinedEvent: Sendable {
    public var key: Int64
    public var body: [UInt8]
    public var plugin: String
    public var code: String
    public var message: String
    /// Where it came from: `events.ndjson:12`.
    public var origin: String

    public init(key: Int64, body: [UInt8], plugin: String, code: String, message: String, origin: String) {
        self.key = key
        self.body = body
        self.plugin = plugin
        self.code = code
        self.message = message
        self.origin = origin
    }
}

/// What a commit did.
public struct CommitResult: Equatable, Sendable {
    public var inserted: Int
    /// Events that the store had.
    public var duplicates: Int

    public init(inserted: Int = 0, duplicates: Int = 0) {
        self.inserted = inserted
        self.duplicates = duplicates
    }
}
