public import Events

/// Events and quarantined events that go into the store together.
///
/// Only one thread at a time may use it, which makes it safe to send.
public final class StoreBatch: @unchecked Sendable {
    /// An event in the batch; its body ends where the next one's begins.
    struct Record {
        var key: EventKey
        var viewer: Int64
        var end: Int
        var role: EventRole
    }

    /// An event that did not pass, and how many had passed before it: where an event comes twice, what became of it
    /// last must not depend on which of the two are in one batch.
    struct Aside {
        enum Kind {
            case quarantined(QuarantinedEvent)
            /// It need not wait in quarantine any more.
            case dropped(EventKey)
        }

        var kind: Kind
        var place: Int
    }

    private(set) var bodies = ByteBuffer()
    private(set) var records: [Record] = []
    /// The keys of the events in their order, each with the event's number; as ``prepare()`` left them.
    private(set) var order: [(key: EventKey, event: Int)] = []
    private(set) var asides: [Aside] = []
    /// Checkpoints to set, by name; nil where one is to go.
    private(set) var checkpoints: [String: Checkpoint?] = [:]

    public init() {}

    public var count: Int { records.count }
    public var isEmpty: Bool { records.isEmpty && asides.isEmpty && checkpoints.isEmpty }

    /// Adds an event that passed.
    public func add(_ body: UnsafeRawBufferPointer, key: EventKey, viewer: Int64, role: EventRole) {
        bodies.append(body)
        records.append(Record(key: key, viewer: viewer, end: bodies.count, role: role))
    }

    public func quarantine(_ event: QuarantinedEvent) {
        asides.append(Aside(kind: .quarantined(event), place: records.count))
    }

    public func drop(_ key: EventKey) {
        asides.append(Aside(kind: .dropped(key), place: records.count))
    }

    /// Sets a checkpoint in the transaction of the batch's events.
    public func mark(_ checkpoint: Checkpoint) {
        checkpoints[checkpoint.name] = .some(checkpoint)
    }

    /// Removes a checkpoint in the transaction of the batch's events.
    public func clear(checkpoint name: String) {
        checkpoints[name] = .some(nil)
    }

    /// Gets the batch ready for its commit. Whoever fills it may do so, that less is left to do while a transaction is open.
    public func prepare() {
        if order.count == records.count { return }
        order.removeAll(keepingCapacity: true)
        order.reserveCapacity(records.count)
        for (event, record) in records.enumerated() { order.append((record.key, event)) }
        order.sort { $0.key != $1.key ? $0.key < $1.key : $0.event < $1.event }
    }

    func removeAll() {
        order.removeAll(keepingCapacity: true)
        bodies.removeAll()
        records.removeAll(keepingCapacity: true)
        asides.removeAll()
        checkpoints.removeAll()
    }

    func body(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : records[index - 1].end
        return UnsafeRawBufferPointer(start: bodies.base + start, count: records[index].end - start)
    }
}

/// How far something has come that goes on from commit to commit.
public struct Checkpoint: Equatable, Sendable {
    public var name: String
    public var position: Int64
    public var detail: String

    public init(name: String, position: Int64, detail: String) {
        self.name = name
        self.position = position
        self.detail = detail
    }
}

/// What a commit did.
public struct CommitResult: Equatable, Sendable {
    public var inserted: Int
    /// Events that the store had.
    public var duplicates: Int
    /// Events of viewers who were erased.
    public var refused: Int

    public init(inserted: Int = 0, duplicates: Int = 0, refused: Int = 0) {
        self.inserted = inserted
        self.duplicates = duplicates
        self.refused = refused
    }
}
