internal import Events
internal import Foundation
internal import GRDB

/// An event while it is read. Its text is good until the call that gave it returns.
public struct LogEvent {
    /// Its place in the log; 0 where it waits in quarantine.
    public let position: Int64
    /// The number of its viewer; 0 where it has none.
    public let viewer: Int64
    /// When it came, in seconds since 1970.
    public let received: Int64
    public let body: UnsafeRawBufferPointer
}

/// Reads events of the log, within a transaction of its caller's. Events of viewers whose keys were destroyed, or are lost, are left out.
struct LogReader {
    private let database: Database
    private let keys: KeyStore

    init(_ database: Database, _ keys: KeyStore) {
        self.database = database
        self.keys = keys
    }

    /// Calls `body` for each event behind `position`, of one viewer where one is named, in the log's order; stops where it says
    /// false.
    func forEach(
        after position: Int64, of viewer: Int64? = nil, _ body: (LogEvent) throws -> Bool
    ) throws {
        var isMore = true
        try forEachBlock(after: position) { block in
            if viewer == nil { try block.prepare(keys) }
            try block.forEach(keys) { place, owner in
                place > position && (viewer == nil || viewer == owner)
            } body: { event in
                isMore = try body(event)
                return isMore
            }
            return isMore
        }
    }

    /// Calls `body` with the place and the viewer of each event behind `position`, in the log's order.
    func forEachPlace(after position: Int64, _ body: (Int64, Int64) throws -> Void) throws {
        try forEachBlock(after: position) { block in
            try block.forEachSealed { event, viewer, _ in
                if event > position { try body(event, viewer) }
                return true
            }
            return true
        }
    }

    /// Calls `body` for the events at these places, which rise; places where none lies are left out.
    func forEach(at positions: [Int64], _ body: (LogEvent) throws -> Void) throws {
        try forEachBlock(at: positions) { block, wanted in
            var rest = wanted
            try block.forEach(keys) { event, _ in
                while let next = rest.first, next < event { rest.removeFirst() }
                return rest.first == event
            } body: { event in
                try body(event)
                rest.removeFirst()
                return !rest.isEmpty
            }
            return true
        }
    }

    /// Whether an event lies at any of these places, which rise.
    func hasEvent(at positions: [Int64]) throws -> Bool {
        var isThere = false
        try forEachBlock(at: positions) { block, wanted in
            let wanted = Set(wanted)
            try block.forEachSealed { event, _, _ in
                isThere = wanted.contains(event)
                return !isThere
            }
            return !isThere
        }
        return isThere
    }

    /// Calls `body` with each block that has some of these places, which rise, and with those places; stops where it says false.
    func forEachBlock(at positions: [Int64], _ body: (StoredBlock, ArraySlice<Int64>) throws -> Bool) throws {
        var rest = positions[...]
        while let next = rest.first {
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1", arguments: [next])
            guard let row else {
                rest.removeFirst()
                continue
            }
            let block = StoredBlock(row)
            let end = try block.end
            let wanted = rest.prefix { $0 < end }
            // Behind the last block nothing lies.
            if wanted.isEmpty { return }
            rest = rest[wanted.endIndex...]
            if try !body(block, wanted) { return }
        }
    }

    /// Calls `body` with each block that goes on behind `position`; stops where it says false.
    func forEachBlock(after position: Int64, _ body: (StoredBlock) throws -> Bool) throws {
        let start = try Int64.fetchOne(
            database, sql: "SELECT max(first) FROM blocks WHERE first <= ?", arguments: [position + 1])
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM blocks WHERE first >= ? ORDER BY first", arguments: [start ?? 0])
        while let row = try rows.next() {
            if try !body(StoredBlock(row)) { return }
        }
    }
}
