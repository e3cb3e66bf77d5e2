internal import Events

/// Some events of the log, copied out of it. It is filled by one thread and then read by any number of them, which makes it safe
/// to send.
public final class LogPart: @unchecked Sendable {
    public struct Entry: Sendable {
        public let position: Int64
        /// The number of its viewer; 0 where it has none.
        public let viewer: Int64
        /// When it came, in seconds since 1970.
        public let received: Int64
        fileprivate let start: Int
        fileprivate let end: Int
    }

    public private(set) var entries: [Entry] = []
    /// The last place of the log that the part covers.
    public var end: Int64 = 0
    private var bytes = ByteBuffer()

    /// One that has room from the beginning for texts of so many bytes, and one more.
    public init(capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity + JSONLimits.bytes) }
    }

    /// Bytes of all texts.
    public var byteCount: Int { bytes.count }

    /// The text of an event, good until the part changes.
    public func text(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes.base + entry.start, count: entry.end - entry.start)
    }

    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll()
    }

    func sort() {
        entries.sort { $0.position < $1.position }
    }

    /// Leaves out what lies behind a place, and puts the rest in the log's order.
    func cut(behind position: Int64) {
        entries.removeAll { $0.position > position }
        sort()
        end = position
    }

    func append(_ event: LogEvent) {
        let start = bytes.count
        bytes.append(event.body)
        entries.append(
            Entry(
                position: event.position, viewer: event.viewer, received: event.received, start: start,
                end: bytes.count))
        end = event.position
    }
}
