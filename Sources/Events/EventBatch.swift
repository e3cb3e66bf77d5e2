/// Where one event of an ``EventBatch`` lies in the batch's bytes.
///
/// `body` is the event's JSON text without its line feed. The other ranges hold the decoded values of the
/// envelope's attributes; they lie inside `body`, or behind it where the JSON text used escapes.
public struct EventRecord: Sendable, Equatable {
    public var body: Range<Int>
    public var source: Range<Int>
    public var id: Range<Int>
    public var type: Range<Int>
    /// Empty for events of no viewer (the catalogue's).
    public var subject: Range<Int>
    /// Microseconds since 1970-01-01T00:00:00Z; nil where the event has no `time`.
    public var time: Int64?

    public init(
        body: Range<Int>,
        source: Range<Int>,
        id: Range<Int>,
        type: Range<Int>,
        subject: Range<Int>,
        time: Int64?
    ) {
        self.body = body
        self.source = source
        self.id = id
        self.type = type
        self.subject = subject
        self.time = time
    }
}

/// Events in order, ready for the log: one buffer and where each event lies in it.
public struct EventBatch: Sendable {
    public var bytes: [UInt8]
    public var records: [EventRecord]

    public init(bytes: [UInt8] = [], records: [EventRecord] = []) {
        self.bytes = bytes
        self.records = records
    }
}
