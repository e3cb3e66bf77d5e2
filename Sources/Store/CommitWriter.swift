internal import Events
internal import GRDB

/// Writes batches into the tables, within a transaction of its caller's.
final class CommitWriter {
    /// Viewers that are known to be in the store are remembered, up to so many.
    private static let rememberedViewers = 200_000

    private let keys: EventKeys
    private let insertKey: Statement
    private let findKey: Statement
    private let insertEvent: Statement
    private let findEvent: Statement
    private let insertViewer: Statement
    private let insertViewerEvent: Statement
    private let insertTitle: Statement
    private let insertQuarantined: Statement
    private let deleteQuarantined: Statement
    private let insertCheckpoint: Statement
    private let deleteCheckpoint: Statement
    private let readLast: Statement

    private var viewers: Set<Int64> = []
    private var waiting: Set<Int64> = []
    private let event = EventDocument()
    private let other = EventDocument()
    private var buffer = ByteBuffer()
    private var otherBuffer = ByteBuffer()

    init(_ database: Database, _ keys: EventKeys) throws {
        self.keys = keys
        insertKey = try Statement(database, "INSERT OR IGNORE INTO event_keys VALUES (?, ?)")
        findKey = try Statement(database, "SELECT position FROM event_keys WHERE key = ?")
        insertEvent = try Statement(database, "INSERT INTO events VALUES (?, ?)")
        findEvent = try Statement(database, "SELECT body FROM events WHERE position = ?")
        insertViewer = try Statement(database, "INSERT OR IGNORE INTO viewers VALUES (?, ?)")
        insertViewerEvent = try Statement(database, "INSERT INTO viewer_events VALUES (?, ?)")
        insertTitle = try Statement(
            database,
            """
            INSERT INTO titles VALUES (?1, ?2, ?3 ->> 'title', ?3)
            ON CONFLICT DO UPDATE SET title = coalesce(excluded.title, title), data = json_patch(data, excluded.data)
            """)
        insertQuarantined = try Statement(
            database, "INSERT OR REPLACE INTO quarantine VALUES (?5, ?6, ?1, ?2, ?3, ?4)")
        deleteQuarantined = try Statement(database, "DELETE FROM quarantine WHERE key = ?")
        insertCheckpoint = try Statement(database, "INSERT OR REPLACE INTO checkpoints VALUES (?1, ?3, ?2)")
        deleteCheckpoint = try Statement(database, "DELETE FROM checkpoints WHERE name = ?")
        readLast = try Statement(database, "SELECT max(position) FROM events")
        waiting = try Set(Int64.fetchAll(database, sql: "SELECT key FROM quarantine"))
    }

    /// After a transaction that was undone.
    func forget() {
        viewers.removeAll()
    }

    func write(_ batch: StoreBatch) throws -> CommitResult {
        var result = CommitResult()
        let base = try (readLast.integer() ?? 0) + 1
        let isNew = try insertKeys(of: batch, base)
        var viewed: [(viewer: Int64, position: Int64)] = []
        viewed.reserveCapacity(batch.count)
        var asides = batch.asides[...]
        for (index, record) in batch.records.enumerated() {
            while let aside = asides.first, aside.place <= index {
                try put(aside)
                asides.removeFirst()
            }
            try release(record.key)
            guard isNew[index] else {
                result.duplicates += 1
                continue
            }
            let position = base + Int64(index)
            insertEvent.bind(1, position)
            insertEvent.bind(2, blob: batch.body(index))
            try insertEvent.run()
            result.inserted += 1
            if record.viewer != 0 {
                try noteViewer(record.viewer, batch.body(index))
                viewed.append((record.viewer, position))
            }
            if record.isTitle { try addTitle(batch.body(index)) }
        }
        viewed.sort { $0 < $1 }
        for (viewer, position) in viewed {
            insertViewerEvent.bind(1, viewer)
            insertViewerEvent.bind(2, position)
            try insertViewerEvent.run()
        }
        for aside in asides { try put(aside) }
        for (name, checkpoint) in batch.checkpoints { try set(checkpoint, named: name) }
        return result
    }

    private func put(_ aside: StoreBatch.Aside) throws {
        switch aside.kind {
        case .quarantined(let event): try quarantine(event)
        case .dropped(let key): try release(key)
        }
    }

    private func set(_ checkpoint: Checkpoint?, named name: String) throws {
        guard let checkpoint else { return try deleteCheckpoint.run([name]) }
        insertCheckpoint.bind(3, checkpoint.position)
        try insertCheckpoint.run([name, checkpoint.detail])
    }

    /// Which events of the batch are new. In order of the keys, so that a page of the table is met once.
    private func insertKeys(of batch: StoreBatch, _ base: Int64) throws -> [Bool] {
        var order = batch.records.enumerated().map { (key: $0.element.key, index: Int32($0.offset)) }
        order.sort { $0 < $1 }
        var isNew = [Bool](repeating: true, count: batch.count)
        for (key, index) in order {
            insertKey.bind(1, key)
            insertKey.bind(2, base + Int64(index))
            if try insertKey.run() { continue }
            isNew[Int(index)] = try insertTakenKey(key, Int(index), of: batch, base)
        }
        return isNew
    }

    /// The number is taken: by the same event, or, as good as never, by another, and then the next number is tried.
    private func insertTakenKey(_ first: Int64, _ index: Int, of batch: StoreBatch, _ base: Int64) throws -> Bool {
        var key = first
        while true {
            findKey.bind(1, key)
            guard let position = try findKey.integer() else {
                insertKey.bind(1, key)
                insertKey.bind(2, base + Int64(index))
                return try insertKey.run()
            }
            if position >= base {
                if isSame(batch.body(index), batch.body(Int(position - base))) { return false }
            } else {
                findEvent.bind(1, position)
                let body = try findEvent.bytes() ?? []
                if body.withUnsafeBytes({ isSame(batch.body(index), $0) }) { return false }
            }
            key &+= 1
        }
    }

    private func isSame(_ body: UnsafeRawBufferPointer, _ otherBody: UnsafeRawBufferPointer) -> Bool {
        guard load(body, event), load(otherBody, other) else { return false }
        return [EventDocument.Attribute.source, .id].allSatisfy { attribute in
            event.string(of: event.node(of: attribute), decodedInto: &buffer)
                .elementsEqual(other.string(of: other.node(of: attribute), decodedInto: &otherBuffer))
        }
    }

    private func load(_ body: UnsafeRawBufferPointer, _ document: EventDocument) -> Bool {
        guard let start = body.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        do {
            try document.load(start, count: body.count)
            return true
        } catch {
            return false
        }
    }

    private func noteViewer(_ viewer: Int64, _ body: UnsafeRawBufferPointer) throws {
        guard !viewers.contains(viewer), load(body, event) else { return }
        insertViewer.bind(1, viewer)
        insertViewer.bind(2, text: event.string(of: event.node(of: .subject), decodedInto: &buffer))
        try insertViewer.run()
        if viewers.count == Self.rememberedViewers { viewers.removeAll(keepingCapacity: true) }
        viewers.insert(viewer)
    }

    private func addTitle(_ body: UnsafeRawBufferPointer) throws {
        guard load(body, event), event.data != 0 else { return }
        let place = event.child(of: event.data, named: StaticString("title_id").rawBytes)
        guard place != 0, event.kind(of: event.value(at: place)) == .string else { return }
        var data = ByteBuffer()
        event.write(event.data, into: &data)
        insertTitle.bind(1, text: event.string(of: event.node(of: .source), decodedInto: &buffer))
        insertTitle.bind(2, text: event.string(of: event.value(at: place), decodedInto: &otherBuffer))
        insertTitle.bind(3, text: UnsafeRawBufferPointer(start: data.base, count: data.count))
        try insertTitle.run()
    }

    private func quarantine(_ event: QuarantinedEvent) throws {
        insertQuarantined.bind(5, event.key)
        try event.body.withUnsafeBytes { body in
            insertQuarantined.bind(6, blob: body)
            try insertQuarantined.run([event.plugin, event.code, event.message, event.origin])
        }
        waiting.insert(event.key)
    }

    /// An event that passes leaves the quarantine.
    private func release(_ key: Int64) throws {
        guard !waiting.isEmpty, waiting.contains(key) else { return }
        deleteQuarantined.bind(1, key)
        try deleteQuarantined.run()
    }
}
