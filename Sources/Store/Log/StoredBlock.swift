internal import Events
internal import Foundation
internal import GRDB

/// A row of the log, as it was read. Its bytes are good until the row's cursor moves on.
struct StoredBlock {
    let first: Int64
    let received: Int64

    private let row: Row

    init(_ row: Row) {
        self.row = row
        first = row["first"]
        received = row["received"]
    }

    /// Calls `body` with the place of each event, its viewer, and its body as it lies there; stops where it says false.
    func forEachSealed(_ body: (Int64, Int64, UnsafeRawBufferPointer) throws -> Bool) throws {
        let isSound = try withBytes("ends") { ends in
            try withBytes("bodies") { bodies in
                try withBytes("viewers") { viewers in
                    try EventBlock.forEach(first: first, ends: ends, bodies: bodies, viewers: viewers, body)
                }
            }
        }
        if !isSound { throw damage }
    }

    /// Calls `body` with each event that is wanted, by its place and its viewer, and whose viewer has a key. An event that its viewer's key
    /// does not open is damage, or `unreadable` is called with its place.
    func forEach(
        _ keys: KeyStore, where isWanted: (Int64, Int64) -> Bool, unreadable: ((Int64) -> Void)? = nil,
        body: (LogEvent) throws -> Bool
    ) throws {
        let nonce = try self.nonce
        var text = ByteBuffer()
        try forEachSealed { position, viewer, sealed in
            if !isWanted(position, viewer) { return true }
            if viewer == 0 {
                return try body(LogEvent(position: position, viewer: 0, received: received, body: sealed))
            }
            guard let key = try keys.key(of: viewer) else {
                unreadable?(position)
                return true
            }
            text.removeAll()
            let number = nonce[Int(position - first)]
            guard keys.cipher.open(sealed, key, number, .event(position), into: &text) else {
                guard let unreadable else { throw damage }
                unreadable(position)
                return true
            }
            return try body(LogEvent(position: position, viewer: viewer, received: received, body: text.rawBytes))
        }
    }

    /// Has the keys of all viewers read, for whoever looks at most of the events.
    func prepare(_ keys: KeyStore) throws {
        var viewers: [Int64] = []
        try forEachSealed { _, viewer, _ in
            viewers.append(viewer)
            return true
        }
        try keys.prepare(viewers)
    }

    /// The place behind the last one.
    var end: Int64 {
        get throws { first + Int64(try withBytes("ends") { $0.count } / 4) }
    }

    var nonce: Nonce {
        get throws {
            try withBytes("nonce") { bytes in
                guard bytes.count == Nonce.byteCount else { throw damage }
                return Nonce(bytes)
            }
        }
    }

    private var damage: DatabaseError {
        Self.damage(first)
    }

    static func damage(_ first: Int64) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "block \(first) of the log is damaged")
    }

    private func withBytes<T>(_ column: String, _ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
        try row.withUnsafeData(named: column) { try ($0 ?? Data()).withUnsafeBytes(body) }
    }
}
