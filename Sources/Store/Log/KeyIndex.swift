internal import GRDB

/// Finds the log's events by their numbers (``EventKeys``). The numbers are random, so that a batch falls all over the
/// table: a page of many keys in one row is read, merged with the batch's and written in one go, where a row for each
/// key would cost a search and an insertion.
///
/// A page has entries of 16 bytes, a key and a place in the log, both 64-bit and little-endian, in their order. It holds
/// all keys from `first` up to the next page's. Two events with one number have an entry each.
final class KeyIndex {
    /// Fits into one page of SQLite's.
    private static let mostEntries = 1000
    /// How full pages are that one page is split into.
    private static let splitEntries = 650
    private static let entryBytes = 16

    private struct Entry {
        var key: Int64
        var position: Int64
    }

    private let find: Statement
    private let put: Statement
    private var page: [Entry] = []
    private var merged: [Entry] = []

    init(_ database: Database) throws {
        find = try Statement(
            database,
            """
            SELECT first, entries FROM key_pages
            WHERE first >= (SELECT max(first) FROM key_pages WHERE first <= ?) ORDER BY first LIMIT 2
            """)
        put = try Statement(database, "INSERT OR REPLACE INTO key_pages VALUES (?, ?)")
    }

    /// Adds the keys that are new. `keys` has the keys of events in order, each with the event's number in its batch;
    /// `base` is the place of event 0. Where a key is taken, `isSame` tells whether the event at that place is the same
    /// one. The numbers of the events that were there already.
    func insert(
        _ keys: [(key: Int64, event: Int)], base: Int64, isSame: (_ event: Int, _ position: Int64) throws -> Bool
    ) throws -> [Int] {
        var known: [Int] = []
        var start = 0
        while start < keys.count {
            let (first, next) = try readPage(of: keys[start].key)
            merged.removeAll(keepingCapacity: true)
            var old = 0
            while start < keys.count, next.map({ keys[start].key < $0 }) ?? true {
                let (key, event) = keys[start]
                while old < page.count, page[old].key <= key {
                    merged.append(page[old])
                    old += 1
                }
                if try holds(key, { try isSame(event, $0) }) {
                    known.append(event)
                } else {
                    merged.append(Entry(key: key, position: base + Int64(event)))
                }
                start += 1
            }
            if merged.count > old {
                merged.append(contentsOf: page[old...])
                try writePages(from: first)
            }
        }
        return known
    }

    /// Whether one of the last entries merged is `key`'s and of the same event.
    private func holds(_ key: Int64, _ isSame: (Int64) throws -> Bool) rethrows -> Bool {
        var index = merged.count - 1
        while index >= 0, merged[index].key == key {
            if try isSame(merged[index].position) { return true }
            index -= 1
        }
        return false
    }

    /// Reads the page that `key` belongs to; where it begins, and where the next one does.
    private func readPage(of key: Int64) throws -> (first: Int64, next: Int64?) {
        defer { find.reset() }
        find.bind(1, key)
        page.removeAll(keepingCapacity: true)
        guard try find.step() else { return (.min, nil) }
        let first = find.integer(0)
        let bytes = find.blob(1)
        for offset in stride(from: 0, to: bytes.count - Self.entryBytes + 1, by: Self.entryBytes) {
            page.append(
                Entry(
                    key: Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)),
                    position: Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: Int64.self))))
        }
        return (first, try find.step() ? find.integer(0) : nil)
    }

    /// Writes the merged entries, in several pages where they have become too many.
    private func writePages(from first: Int64) throws {
        var first = first
        var start = 0
        while start < merged.count {
            var end = merged.count
            if end - start > Self.mostEntries {
                end = start + Self.splitEntries
                // Entries of one key stay together.
                while end < merged.count, merged[end].key == merged[end - 1].key { end += 1 }
            }
            try write(merged[start..<end], from: first)
            start = end
            if start < merged.count { first = merged[start].key }
        }
    }

    private func write(_ entries: ArraySlice<Entry>, from first: Int64) throws {
        put.bind(1, first)
        try withUnsafeTemporaryAllocation(byteCount: entries.count * Self.entryBytes, alignment: 8) { bytes in
            for (index, entry) in entries.enumerated() {
                bytes.storeBytes(of: entry.key.littleEndian, toByteOffset: index * Self.entryBytes, as: Int64.self)
                bytes.storeBytes(
                    of: entry.position.littleEndian, toByteOffset: index * Self.entryBytes + 8, as: Int64.self)
            }
            put.bind(2, blob: UnsafeRawBufferPointer(bytes))
            try put.run()
        }
    }
}
