internal import Events
internal import GRDB

/// Adds events to the end of the log, a block at a time.
final class BlockWriter {
    /// When the events came, in seconds since 1970.
    var received: Int64 = 0

    private let keys: KeyStore
    private let insert: Statement
    private var block = EventBlock()

    init(_ database: Database, _ keys: KeyStore) throws {
        self.keys = keys
        insert = try Statement(
            database,
            """
            INSERT OR REPLACE INTO blocks (first, count, ends, bodies, viewers, received, nonce)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
    }

    /// Adds an event of a viewer who has a key, 0 where it has none; `position` rises from call to call.
    func add(_ body: UnsafeRawBufferPointer, at position: Int64, viewer: Int64) throws {
        let key = viewer == 0 ? nil : try keys.keyInUse(of: viewer)
        block.append(body, at: position, viewer: viewer, key, keys.cipher)
        if block.isFull { try write() }
    }

    /// Adds an event of a batch that was sealed; `base` is the place of its event 0.
    func add(
        _ body: UnsafeRawBufferPointer, at position: Int64, viewer: Int64, of series: Nonce, from base: Int64
    ) throws {
        block.append(body, at: position, viewer: viewer, series, from: base)
        if block.isFull { try write() }
    }

    /// Writes what was added since the last full block. Called before the transaction ends.
    func write() throws {
        if block.isEmpty { return }
        insert.bind(1, block.first)
        insert.bind(2, Int64(block.count))
        insert.bind(3, blob: block.ends.rawBytes)
        insert.bind(4, blob: block.bodies.rawBytes)
        insert.bind(5, blob: block.viewers.rawBytes)
        insert.bind(6, received)
        try block.nonce.withUnsafeBytes { nonce in
            insert.bind(7, blob: nonce)
            try insert.run()
        }
        block.removeAll()
    }

    /// After a transaction that was undone.
    func forget() {
        block.removeAll()
    }
}
