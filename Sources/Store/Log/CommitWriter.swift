internal import Events
internal import GRDB
internal import Glibc

/// Writes batches into the tables, within a transaction of its caller's.
final class CommitWriter {
    private let keys: KeyStore
    private let insertViewer: Statement
    private let insertTitle: Statement
    private let identities: IdentityTable
    private let insertCheckpoint: Statement
    private let deleteCheckpoint: Statement
    private let readLast: Statement

    private let keyIndex: KeyIndex
    private let blocks: BlockWriter
    private let sealer: BatchSealer
    private let viewerIndex: ViewerIndex
    private let quarantine: Quarantine
    private let event = EventDocument()
    private var buffer = ByteBuffer()
    private var otherBuffer = ByteBuffer()

    init(_ database: Database, _ keys: KeyStore) throws {
        self.keys = keys
        insertViewer = try Statement(database, "INSERT OR IGNORE INTO viewers VALUES (?, ?)")
        insertTitle = try Statement(
            database,
            """
            INSERT INTO titles VALUES (?1, ?2, ?3 ->> 'title', ?3)
            ON CONFLICT DO UPDATE SET title = coalesce(excluded.title, title), data = json_patch(data, excluded.data)
            """)
        identities = try IdentityTable(database, keys)
        insertCheckpoint = try Statement(database, "INSERT OR REPLACE INTO checkpoints VALUES (?1, ?3, ?2)")
        deleteCheckpoint = try Statement(database, "DELETE FROM checkpoints WHERE name = ?")
        readLast = try Statement(
            database, "SELECT first + length(ends) / 4 - 1 FROM blocks ORDER BY first DESC LIMIT 1")
        keyIndex = try KeyIndex(database)
        blocks = try BlockWriter(database, keys)
        sealer = BatchSealer()
        viewerIndex = try ViewerIndex(database, keys)
        quarantine = try Quarantine(database, keys)
    }

    /// After a transaction that was undone.
    func forget(_ database: Database) throws {
        keys.forgetNotes()
        blocks.forget()
        try viewerIndex.forget(database)
        try quarantine.forget(database)
    }

    func write(_ batch: StoreBatch, _ database: Database) throws -> CommitResult {
        try viewerIndex.catchUp(database)
        blocks.received = Int64(time(nil))
        var result = CommitResult()
        var (keysOfEvents, erased, unnoted) = try keys.keysInUse(of: viewers(of: batch), besides: database)
        let base = try (readLast.integer() ?? 0) + 1
        let isKnown = try insertKeys(of: batch, besides: erased, base)
        for place in isKnown.indices where isKnown[place] { keysOfEvents[place] = nil }
        sealer.begin(batch, keysOfEvents, base: base)
        defer { sealer.end() }
        var asides = batch.asides[...]
        var newcomers = unnoted[...]
        for (place, record) in batch.records.enumerated() {
            while let aside = asides.first, aside.place <= place {
                try put(aside, besides: erased)
                asides.removeFirst()
            }
            try quarantine.release(record.key.number)
            if erased.contains(record.viewer) {
                result.refused += 1
                continue
            }
            if isKnown[place] {
                result.duplicates += 1
                continue
            }
            let position = base + Int64(place)
            let body = record.viewer == 0 ? batch.body(place) : sealer.body(place)
            try blocks.add(body, at: position, viewer: record.viewer, of: sealer.nonce, from: base)
            viewerIndex.add(record.viewer, at: position)
            result.inserted += 1
            newcomers = newcomers.drop { $0 < place }
            if newcomers.first == place, let key = keysOfEvents[place] {
                try note(record.viewer, key, batch.body(place))
            }
            switch record.role {
            case .ordinary: break
            case .title:
                // What is somebody's is none of all viewers' catalogue.
                if record.viewer == 0 { try addTitle(batch.body(place)) }
            case .identity: try identities.add(batch.body(place), at: position)
            }
        }
        try blocks.write()
        try viewerIndex.writeIfFull()
        for aside in asides { try put(aside, besides: erased) }
        for (name, checkpoint) in batch.checkpoints { try set(checkpoint, named: name) }
        return result
    }

    /// Writes what waits for later commits.
    func finish(_ database: Database) throws {
        try viewerIndex.catchUp(database)
        try viewerIndex.write()
    }

    /// All whom the batch has something of: first of its events, then of those put aside.
    private func viewers(of batch: StoreBatch) -> [Int64] {
        batch.records.map { $0.viewer }
            + batch.asides.map { if case .quarantined(let event) = $0.kind { quarantine.viewer(of: event) } else { 0 } }
    }

    private func put(_ aside: StoreBatch.Aside, besides erased: Set<Int64>) throws {
        switch aside.kind {
        case .quarantined(let event):
            let viewer = quarantine.viewer(of: event)
            if erased.contains(viewer) { return }
            var event = event
            event.received = blocks.received
            try quarantine.put(event, of: viewer)
        case .dropped(let key): try quarantine.release(key.number)
        }
    }

    private func set(_ checkpoint: Checkpoint?, named name: String) throws {
        guard let checkpoint else { return try deleteCheckpoint.run([name]) }
        insertCheckpoint.bind(3, checkpoint.position)
        try insertCheckpoint.run([name, checkpoint.detail])
    }

    /// Which events of the batch came before.
    private func insertKeys(of batch: StoreBatch, besides erased: Set<Int64>, _ base: Int64) throws -> [Bool] {
        batch.prepare()
        let order =
            erased.isEmpty ? batch.order : batch.order.filter { !erased.contains(batch.records[$0.event].viewer) }
        let known = try keyIndex.insert(order, base: base)
        var isKnown = [Bool](repeating: false, count: batch.count)
        for event in known { isKnown[event] = true }
        return isKnown
    }

    private func note(_ viewer: Int64, _ key: SecretKey, _ body: UnsafeRawBufferPointer) throws {
        guard keys.note(viewer), event.load(body) else { return }
        let subject = event.string(of: event.node(of: .subject), decodedInto: &buffer)
        var sealed = ByteBuffer()
        keys.cipher.seal(sealing: subject, key, .subject(viewer), into: &sealed)
        insertViewer.bind(1, viewer)
        insertViewer.bind(2, blob: sealed.rawBytes)
        try insertViewer.run()
    }

    private func addTitle(_ body: UnsafeRawBufferPointer) throws {
        guard event.load(body), event.data != 0 else { return }
        let place = event.child(of: event.data, named: StaticString("title_id").rawBytes)
        guard place != 0, event.kind(of: event.value(at: place)) == .string else { return }
        var data = ByteBuffer()
        event.write(event.data, into: &data)
        insertTitle.bind(1, text: event.string(of: event.node(of: .source), decodedInto: &buffer))
        insertTitle.bind(2, text: event.string(of: event.value(at: place), decodedInto: &otherBuffer))
        insertTitle.bind(3, text: data.rawBytes)
        try insertTitle.run()
    }
}
