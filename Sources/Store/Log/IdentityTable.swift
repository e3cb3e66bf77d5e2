internal import Events
internal import GRDB

/// What the log says of who is who, by the places of its events; within a transaction of its caller's.
final class IdentityTable {
    private let keys: KeyStore
    private let insert: Statement
    private let delete: Statement
    private let event = EventDocument()
    private var buffer = ByteBuffer()

    init(_ database: Database, _ keys: KeyStore) throws {
        self.keys = keys
        insert = try Statement(database, "INSERT INTO identity_events VALUES (?, ?, ?, ?)")
        delete = try Statement(database, "DELETE FROM identity_events WHERE position = ?")
    }

    /// Adds what an event says, where it says anything.
    func add(_ body: UnsafeRawBufferPointer, at position: Int64) throws {
        guard event.load(body), let change = IdentityChange(of: event) else { return }
        let viewer = keys.numbers.viewer(of: event, &buffer)
        let other = keys.numbers.viewer(event.string(of: change.other, decodedInto: &buffer))
        if viewer == 0 || other == 0 || other == viewer { return }
        insert.bind(1, position)
        insert.bind(2, viewer)
        insert.bind(3, other)
        insert.bind(4, change.isMerge ? 1 : 0)
        try insert.run()
    }

    func remove(at position: Int64) throws {
        delete.bind(1, position)
        try delete.run()
    }

    /// An event says something else from now on.
    func replace(at position: Int64, _ body: [UInt8]) throws {
        try remove(at: position)
        try body.withUnsafeBytes { try add($0, at: position) }
    }
}
