internal import Events
internal import Foundation
internal import GRDB

/// What becomes of an event of the log that is looked at again.
public enum EventChange: Sendable {
    case keep
    /// Another text, which has the same `source`, `id` and `subject`.
    case replace([UInt8])
    case remove
}

/// Changes events where they lie in the log, within a transaction of its caller's. Places stay as they are; one whose event was removed
/// is empty.
final class LogEditor {
    private(set) var counts = EditCounts()

    private let database: Database
    private let keys: KeyStore
    private let update: Statement
    private let identities: IdentityTable
    private let event = EventDocument()
    private var buffer = ByteBuffer()
    private var gone: [EventKey] = []
    /// Places of events that are gone, and that nobody could read.
    private var unread: Set<Int64> = []

    init(_ database: Database, _ keys: KeyStore) throws {
        self.database = database
        self.keys = keys
        update = try Statement(
            database, "UPDATE blocks SET count = ?2, ends = ?3, bodies = ?4, viewers = ?5, nonce = ?6 WHERE first = ?1")
        identities = try IdentityTable(database, keys)
    }

    /// Removes the events at these places, which rise. Those that cannot be read any more go as well.
    func remove(at positions: [Int64]) throws {
        try edit(at: positions, isRemoval: true) { _ in .remove }
    }

    /// Lets `change` decide about the events at these places, which rise; those that cannot be read stay, unless it `isRemoval`.
    func edit(
        at positions: [Int64], isRemoval: Bool = false, _ change: (LogEvent) throws -> EventChange
    ) throws {
        try LogReader(database, keys).forEachBlock(at: positions) { block, wanted in
            try edit(block, Set(wanted), isRemoval: isRemoval, change)
            return true
        }
    }

    /// Lets `change` decide about the events of up to `count` blocks behind the one that begins at `first`, as far as they have a
    /// viewer. Where the last of the blocks begins; nil where there are none.
    func edit(blocks count: Int, after first: Int64, _ change: (LogEvent) throws -> EventChange) throws -> Int64? {
        let starts = try Int64.fetchAll(
            database, sql: "SELECT first FROM blocks WHERE first > ? ORDER BY first LIMIT ?", arguments: [first, count])
        for start in starts {
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM blocks WHERE first = ?", arguments: [start])
            else { continue }
            let block = StoredBlock(row)
            var wanted: Set<Int64> = []
            try block.forEachSealed { position, viewer, _ in
                if viewer != 0 { wanted.insert(position) }
                return true
            }
            try edit(block, wanted, isRemoval: false, change)
        }
        return starts.last
    }

    /// Takes the removed events out of the index of keys.
    func finish() throws {
        gone.sort()
        let index = try KeyIndex(database)
        try index.remove(gone)
        if !unread.isEmpty { try index.remove(at: unread) }
        gone.removeAll()
        unread.removeAll()
    }

    private func edit(
        _ block: StoredBlock, _ wanted: Set<Int64>, isRemoval: Bool, _ change: (LogEvent) throws -> EventChange
    ) throws {
        var removals: Set<Int64> = []
        var texts: [Int64: [UInt8]] = [:]
        var read: Set<Int64> = []
        try block.forEach(keys) { position, _ in
            wanted.contains(position)
        } unreadable: { position in
            if isRemoval { removals.insert(position) }
        } body: { stored in
            read.insert(stored.position)
            switch try change(stored) {
            case .keep: break
            case .replace(let text): texts[stored.position] = text
            case .remove:
                removals.insert(stored.position)
                if event.load(stored.body) { gone.append(keys.numbers.key(of: event, &buffer)) }
            }
            return true
        }
        if removals.isEmpty && texts.isEmpty { return }
        unread.formUnion(removals.subtracting(read))
        for position in removals { try identities.remove(at: position) }
        for (position, text) in texts { try identities.replace(at: position, text) }
        counts.removed += removals.count
        counts.replaced += texts.count
        // A nonce may not be used for two texts.
        var rest = EventBlock(first: block.first, nonce: texts.isEmpty ? try block.nonce : .random())
        if texts.isEmpty {
            try copy(block, without: removals, into: &rest)
        } else {
            try seal(block, without: removals, texts, into: &rest)
        }
        rest.fill(to: try block.end)
        try write(rest)
    }

    /// The rest of a block as it lies there.
    private func copy(_ block: StoredBlock, without removals: Set<Int64>, into rest: inout EventBlock) throws {
        try block.forEachSealed { position, viewer, sealed in
            if !removals.contains(position) {
                rest.append(at: position, viewer: viewer) { bodies, _ in bodies.append(sealed) }
            }
            return true
        }
    }

    /// The rest of a block, some of it with other texts.
    private func seal(
        _ block: StoredBlock, without removals: Set<Int64>, _ texts: [Int64: [UInt8]], into rest: inout EventBlock
    ) throws {
        // What cannot be opened could not be sealed anew.
        try block.forEachSealed { _, viewer, _ in
            try keys.check(viewer)
            return true
        }
        try block.forEach(keys) { position, _ in
            !removals.contains(position)
        } body: { stored in
            let key = stored.viewer == 0 ? nil : try keys.keyInUse(of: stored.viewer)
            let (position, viewer) = (stored.position, stored.viewer)
            if let text = texts[position] {
                text.withUnsafeBytes { rest.append($0, at: position, viewer: viewer, key, keys.cipher) }
            } else {
                rest.append(stored.body, at: position, viewer: viewer, key, keys.cipher)
            }
            return true
        }
    }

    private func write(_ block: borrowing EventBlock) throws {
        update.bind(1, block.first)
        update.bind(2, Int64(block.count))
        update.bind(3, blob: block.ends.rawBytes)
        update.bind(4, blob: block.bodies.rawBytes)
        update.bind(5, blob: block.viewers.rawBytes)
        try block.nonce.withUnsafeBytes { nonce in
            update.bind(6, blob: nonce)
            try update.run()
        }
    }
}
