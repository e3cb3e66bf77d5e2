internal import CBridge
internal import Dispatch
internal import Events

/// Some events of the log, copied out of it. Once it is filled it is read by any number of threads, which makes it safe to send.
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
    public private(set) var end: Int64 = 0
    private var bytes = ByteBuffer()
    /// The blocks of events that were read as they lie in the log.
    private var blocks: [LogSection.Block] = []

    public init() {}

    /// Bytes of all texts.
    public var byteCount: Int { bytes.count }

    /// The text of an event, good until the part changes. One that was read as it lies in the log must have been opened.
    public func text(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: bytes.base + entry.start, count: Int(entry.count) - (entry.isSealed ? Cipher.tagBytes : 0))
    }

    /// Empties it, for what lies behind `position`.
    func removeAll(from position: Int64) {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll()
        blocks.removeAll()
        end = position
    }

    /// Opens an event that was read as it lies in the log, in its place. That is done once for each event, by any thread.
    func open(_ entry: Entry, _ key: SecretKey, _ cipher: Cipher) throws {
        if !entry.isSealed { return }
        let sealed = UnsafeMutableRawBufferPointer(start: bytes.base + entry.start, count: Int(entry.count))
        let block = blocks[Int(entry.block)]
        let nonce = block.nonce[Int(entry.position - block.first)]
        if !cipher.open(inPlace: sealed, key, nonce, .event(entry.position)) { throw StoredBlock.damage(block.first) }
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
        entries.append(
            Entry(
                position: event.position, viewer: event.viewer, received: event.received, start: bytes.count,
                count: UInt32(event.body.count), block: -1))
        bytes.append(event.body)
        end = event.position
    }

    /// Fills it with stretches of the log that follow each other, up to `end`: `copy` copies each of them, by its number, on a
    /// thread of its own.
    func fill(
        with stretches: [LogStretch], through end: Int64,
        _ copy: @Sendable (Int, LogSection) throws(StoreError) -> Void
    ) throws(StoreError) {
        removeAll(from: end)
        let room = stretches.reduce(0) { $0 + $1.bytes }
        bytes.append(upTo: room) { _ in room }
        let texts = UnsafeMutableRawBufferPointer(start: bytes.base, count: room)
        var sections: [LogSection] = []
        entries = []
        entries = Array(unsafeUninitializedCapacity: stretches.reduce(0) { $0 + $1.places }) { entries, count in
            vh_expect_use(entries.baseAddress, entries.count * MemoryLayout<Entry>.stride)
            sections = LogSection.all(for: stretches, entries, texts)
            DispatchQueue.concurrentPerform(iterations: sections.count) { [sections] number in
                do throws(StoreError) {
                    try copy(number, sections[number])
                } catch {
                    sections[number].error = error
                }
            }
            // Where places of a stretch are empty, its section has room left.
            for section in sections where section.count > 0 {
                entries.extracting(count..<count + section.count).baseAddress!
                    .moveInitialize(from: section.entries.baseAddress!, count: section.count)
                count += section.count
            }
        }
        for section in sections {
            if let error = section.error { throw error }
            blocks += section.blocks
        }
    }
}

/// The room in a part for a stretch of the log, which one thread fills.
final class LogSection: @unchecked Sendable {
    struct Block {
        /// The place of its first event.
        let first: Int64
        /// That event's.
        let nonce: Nonce
    }

    fileprivate let entries: UnsafeMutableBufferPointer<LogPart.Entry>
    fileprivate private(set) var count = 0
    fileprivate private(set) var blocks: [Block] = []
    fileprivate var error: StoreError?
    private let stretch: LogStretch
    /// Texts of the part, and how far this section has come in them.
    private let texts: UnsafeMutableRawBufferPointer
    private var place: Int
    private let end: Int
    /// The number of its first block in the part.
    private let firstBlock: Int

    private init(
        _ stretch: LogStretch, _ entries: UnsafeMutableBufferPointer<LogPart.Entry>,
        _ texts: UnsafeMutableRawBufferPointer, from place: Int, firstBlock: Int
    ) {
        self.stretch = stretch
        self.entries = entries
        self.texts = texts
        self.place = place
        end = place + stretch.bytes
        self.firstBlock = firstBlock
    }

    /// One for each stretch, which share the room for entries and texts.
    fileprivate static func all(
        for stretches: [LogStretch], _ entries: UnsafeMutableBufferPointer<LogPart.Entry>,
        _ texts: UnsafeMutableRawBufferPointer
    ) -> [LogSection] {
        var (entry, text, block) = (0, 0, 0)
        return stretches.map { stretch in
            defer {
                entry += stretch.places
                text += stretch.bytes
                block += stretch.blocks
            }
            return LogSection(
                stretch, entries.extracting(entry..<entry + stretch.places), texts, from: text, firstBlock: block)
        }
    }

    /// Adds the events of the stretch's next block, as they lie in the log; false where it was the last one.
    func append(_ block: StoredBlock) throws -> Bool {
        let number = firstBlock + blocks.count
        blocks.append(Block(first: block.first, nonce: try block.nonce))
        try block.forEachSealed { position, viewer, body in
            if position <= stretch.start { return true }
            if position > stretch.end { return false }
            guard count < entries.count, body.count <= end - place else { throw StoredBlock.damage(block.first) }
            texts.baseAddress!.advanced(by: place).copyMemory(from: body.baseAddress!, byteCount: body.count)
            entries.initializeElement(
                at: count,
                to: LogPart.Entry(
                    position: position, viewer: viewer, received: block.received, start: place,
                    count: UInt32(body.count), block: viewer == 0 ? -1 : Int32(number)))
            place += body.count
            count += 1
            return true
        }
        return blocks.count < stretch.blocks
    }
}
