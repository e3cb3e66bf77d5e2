internal import Events
internal import GRDB

/// Finds the log's events by their numbers (``EventKeys``). The numbers are random, so that a batch falls all over the
/// table: a page of many keys in one row is read, merged with the batch's and written in one go, where a row for each
/// key would cost a search and an insertion.
///
/// A page has entries of 24 bytes, the two halves of a key and a place in the log, 64-bit and little-endian, in the keys'
/// order. It holds all keys whose first half is from `first` up to the next page's.
final class KeyIndex {
    /// Fits into one page of SQLite's.
    private static let mostEntries = 660
    /// How full pages are that one page is split into.
    private static let splitEntries = 440
    private static let entryBytes = 24

    private struct Entry {
        var key: EventKey
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
    /// `base` is the place of event 0. Gives the numbers of the events that were there already.
    func insert(_ keys: [(key: EventKey, event: Int)], base: Int64) throws -> [Int] {
        var known: [Int] = []
        var start = 0
        while start < keys.count {
            let (first, next) = try readPage(of: keys[start].key.number)
            merged.removeAll(keepingCapacity: true)
            var old = 0
            while start < keys.count, next.map({ keys[start].key.number < $0 }) ?? true {
                let (key, event) = keys[start]
                while old < page.count, page[old].key <= key {
                    merged.append(page[old])
                    old += 1
                }
                if merged.last?.key == key {
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

    /// Removes keys, which are in order.
    func remove(_ keys: [EventKey]) throws {
        var rest = keys[...]
        while let key = rest.first {
            let (first, next) = try readPage(of: key.number)
            let here = Set(rest.prefix { key in next.map { key.number < $0 } ?? true })
            rest = rest.dropFirst(here.count)
            merged = page.filter { !here.contains($0.key) }
            // A page that has become empty stays: others are found by where it begins.
            if merged.count < page.count { try write(merged[...], from: first) }
        }
    }

    /// Removes the keys of events at these places, wherever they are in it.
    func remove(at positions: Set<Int64>) throws {
        var number: Int64? = .min
        while let start = number {
            let (first, next) = try readPage(of: start)
            merged = page.filter { !positions.contains($0.position) }
            if merged.count < page.count { try write(merged[...], from: first) }
            number = next
        }
    }

    /// Reads the page that keys with this first half belong to; where it begins, and where the next one does.
    private func readPage(of number: Int64) throws -> (first: Int64, next: Int64?) {
        defer { find.reset() }
        find.bind(1, number)
        page.removeAll(keepingCapacity: true)
        guard try find.step() else { return (.min, nil) }
        let first = find.integer(0)
        let bytes = find.blob(1)
        for offset in stride(from: 0, to: bytes.count - Self.entryBytes + 1, by: Self.entryBytes) {
            func word(_ index: Int) -> Int64 {
                Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + index * 8, as: Int64.self))
            }
            page.append(Entry(key: EventKey(number: word(0), check: word(1)), position: word(2)))
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
                // A page begins with a first half that the one before does not have.
                while end < merged.count, merged[end].key.number == merged[end - 1].key.number { end += 1 }
            }
            try write(merged[start..<end], from: first)
            start = end
            if start < merged.count { first = merged[start].key.number }
        }
    }

    private func write(_ entries: ArraySlice<Entry>, from first: Int64) throws {
        put.bind(1, first)
        try withUnsafeTemporaryAllocation(byteCount: entries.count * Self.entryBytes, alignment: 8) { bytes in
            for (index, entry) in entries.enumerated() {
                let start = index * Self.entryBytes
                bytes.storeBytes(of: entry.key.number.littleEndian, toByteOffset: start, as: Int64.self)
                bytes.storeBytes(of: entry.key.check.littleEndian, toByteOffset: start + 8, as: Int64.self)
                bytes.storeBytes(of: entry.position.littleEndian, toByteOffset: start + 16, as: Int64.self)
            }
            put.bind(2, blob: UnsafeRawBufferPointer(bytes))
            try put.run()
        }
    }
}
