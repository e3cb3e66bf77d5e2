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
        fileprivate let count: UInt32
        /// Which of the part's blocks it was in; -1 where it was not read as it lies in the log.
        fileprivate let block: Int32

        /// Whether it lies in the part as in the log, or did before it was opened.
        fileprivate var isSealed: Bool { block >= 0 }
    }

    public private(set) var entries: [Entry] = []
    /// The last place of the log that the part covers.
    public var end: Int64 = 0
    private var bytes = ByteBuffer()
    /// The blocks of events that were read as they lie in the log: the place of each one's first event, and that event's nonce.
    private var blocks: [(first: Int64, nonce: Nonce)] = []

    /// One that has room from the beginning for texts of so many bytes, and one more.
    public init(capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity + JSONLimits.bytes) }
    }

    /// Bytes of all texts.
    public var byteCount: Int { bytes.count }

    /// The text of an event, good until the part changes. One that was read as it lies in the log must have been opened.
    public func text(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: bytes.base + entry.start, count: Int(entry.count) - (entry.isSealed ? Cipher.tagBytes : 0))
    }

    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll()
        blocks.removeAll()
    }

    /// Opens an event that was read as it lies in the log, in its place. That is done once for each event, by any thread.
    func open(_ entry: Entry, _ key: SecretKey, _ cipher: Cipher) throws {
        if !entry.isSealed { return }
        let sealed = UnsafeMutableRawBufferPointer(start: bytes.base + entry.start, count: Int(entry.count))
        let (first, nonce) = blocks[Int(entry.block)]
        if !cipher.open(inPlace: sealed, key, nonce[Int(entry.position - first)], .event(entry.position)) {
            throw StoredBlock.damage(first)
        }
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
        append(event.position, event.viewer, event.received, event.body, block: -1)
    }

    /// Adds events behind `position` and up to `end` as they lie in the log; false where the part has `most` bytes then, or the log
    /// goes on behind `end`.
    func append(sealed block: StoredBlock, after position: Int64, through end: Int64, most: Int) throws -> Bool {
        blocks.append((block.first, try block.nonce))
        var isMore = true
        try block.forEachSealed { place, viewer, body in
            if place <= position { return true }
            isMore = place <= end
            if !isMore { return false }
            append(place, viewer, block.received, body, block: viewer == 0 ? -1 : Int32(blocks.count - 1))
            isMore = bytes.count < most
            return isMore
        }
        return isMore
    }

    private func append(
        _ position: Int64, _ viewer: Int64, _ received: Int64, _ body: UnsafeRawBufferPointer, block: Int32
    ) {
        let start = bytes.count
        bytes.append(body)
        entries.append(
            Entry(
                position: position, viewer: viewer, received: received, start: start, count: UInt32(body.count),
                block: block))
        end = position
    }
}
