internal import Foundation
internal import GRDB

/// An event of the log while it is read. Its text is good until the call that gave it returns.
struct LogEvent {
    let position: Int64
    /// The number of its viewer; 0 where it has none.
    let viewer: Int64
    /// When it came, in seconds since 1970.
    let received: Int64
    let body: UnsafeRawBufferPointer
}

/// Reads events of the log, within a transaction of its caller's.
struct LogReader {
    private static let columns = "first, ends, bodies, viewers, received"

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Calls `body` for each event behind `position` in the log's order; stops where it says false.
    func forEach(after position: Int64, _ body: (LogEvent) throws -> Bool) throws {
        let start = try Int64.fetchOne(
            database, sql: "SELECT max(first) FROM blocks WHERE first <= ?", arguments: [position + 1])
        let blocks = try Row.fetchCursor(
            database, sql: "SELECT \(Self.columns) FROM blocks WHERE first >= ? ORDER BY first",
            arguments: [start ?? 0])
        var isMore = true
        while isMore, let block = try blocks.next() {
            try Self.forEachEvent(of: block) { event in
                if event.position > position { isMore = try body(event) }
                return isMore
            }
        }
    }

    /// Calls `body` for the events at these places, which rise; places where none lies are left out.
    func forEach(at positions: [Int64], _ body: (LogEvent) throws -> Void) throws {
        var rest = positions[...]
        while let next = rest.first {
            let block = try Row.fetchOne(
                database,
                sql: "SELECT \(Self.columns) FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1",
                arguments: [next])
            if let block {
                try Self.forEachEvent(of: block) { event in
                    while let wanted = rest.first, wanted < event.position { rest.removeFirst() }
                    if rest.first == event.position {
                        try body(event)
                        rest.removeFirst()
                    }
                    return !rest.isEmpty
                }
            }
            // No event lies there.
            if rest.first == next { rest.removeFirst() }
        }
    }

    private static func forEachEvent(of block: Row, _ body: (LogEvent) throws -> Bool) throws {
        let first: Int64 = block["first"]
        let received: Int64 = block["received"]
        let isSound = try block.withUnsafeData(named: "ends") { ends in
            try block.withUnsafeData(named: "bodies") { bodies in
                try block.withUnsafeData(named: "viewers") { viewers in
                    try (ends ?? Data()).withUnsafeBytes { ends in
                        try (bodies ?? Data()).withUnsafeBytes { bodies in
                            try (viewers ?? Data()).withUnsafeBytes { viewers in
                                try EventBlock.forEach(first: first, ends: ends, bodies: bodies, viewers: viewers) {
                                    try body(LogEvent(position: $0, viewer: $1, received: received, body: $2))
                                }
                            }
                        }
                    }
                }
            }
        }
        if !isSound {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "block \(first) of the log is damaged")
        }
    }
}
