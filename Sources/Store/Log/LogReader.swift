internal import Events
internal import Foundation
internal import GRDB

/// Reads events of the log, within a transaction of its caller's.
struct LogReader {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Calls `body` for each event behind `position` in the log's order; stops where it says false.
    func forEach(after position: Int64, _ body: (Int64, UnsafeRawBufferPointer) throws -> Bool) throws {
        let start = try Int64.fetchOne(
            database, sql: "SELECT max(first) FROM blocks WHERE first <= ?", arguments: [position + 1])
        let blocks = try Row.fetchCursor(
            database, sql: "SELECT first, ends, bodies FROM blocks WHERE first >= ? ORDER BY first",
            arguments: [start ?? 0])
        var isMore = true
        while isMore, let block = try blocks.next() {
            try Self.forEachEvent(of: block) { place, event in
                if place > position { isMore = try body(place, event) }
                return isMore
            }
        }
    }

    /// The events at these places, which rise; places where none lies are left out.
    func events(at positions: [Int64]) throws -> [StoredEvent] {
        var events: [StoredEvent] = []
        var rest = positions[...]
        while let next = rest.first {
            let block = try Row.fetchOne(
                database, sql: "SELECT first, ends, bodies FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1",
                arguments: [next])
            if let block {
                try Self.forEachEvent(of: block) { place, body in
                    while let wanted = rest.first, wanted < place { rest.removeFirst() }
                    if rest.first == place {
                        events.append(StoredEvent(position: place, body: Array(body)))
                        rest.removeFirst()
                    }
                    return !rest.isEmpty
                }
            }
            // No event lies there.
            if rest.first == next { rest.removeFirst() }
        }
        return events
    }

    private static func forEachEvent(
        of block: Row, _ body: (Int64, UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        let first: Int64 = block["first"]
        let isSound = try block.withUnsafeData(named: "ends") { ends in
            try block.withUnsafeData(named: "bodies") { bodies in
                try (ends ?? Data()).withUnsafeBytes { ends in
                    try (bodies ?? Data()).withUnsafeBytes { bodies in
                        try EventBlock.forEach(first: first, ends: ends, bodies: bodies, body)
                    }
                }
            }
        }
        if !isSound {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "block \(first) of the log is damaged")
        }
    }
}
