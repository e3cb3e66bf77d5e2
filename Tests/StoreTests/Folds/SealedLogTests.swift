import Foundation
import Store
import Testing

@Suite("The log as it lies there")
struct SealedLogTests {
    private static let viewers = ["anna", "petr", "olga"]

    /// Every fourth event has no viewer.
    private func fill(_ store: EventStore, _ count: Int) throws {
        try put(
            (0..<count).map { number in
                let subject = number % 4 == 3 ? nil : Self.viewers[number % 4]
                return event("\(number)", subject: subject, data: #"{"text":"event \#(number)"}"#)
            }, into: store)
    }

    @Test(
        "is opened to what it is when it is read, stretch by stretch, without the events of those who were erased",
        arguments: [1, 2, 5])
    func opens(threads: Int) throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let store = try place.open()
        try fill(store, 5000)
        let plain = LogPart()
        try store.readLog(after: 0, through: 4321, bytes: .max, into: plain)
        let texts = plain.entries.map { Data(plain.text(of: $0)) }
        let erased = store.viewer(named: "petr")
        for isErased in [false, true] {
            if isErased { _ = try store.erase([erased], at: 1) }
            let readers = try (0..<threads).map { _ in try store.makeStateReader() }
            let part = LogPart()
            var (reached, opened, parts) = (Int64(0), [Data](), 0)
            repeat {
                try store.readSealedLog(after: reached, through: 4321, bytes: 100_000, into: part, by: readers)
                let places = part.entries.map { $0.position }
                #expect(places.allSatisfy { $0 > reached && $0 <= part.end } && part.byteCount < 140_000)
                parts += 1
                for entry in part.entries {
                    if try readers[0].open([entry][...], of: entry.viewer, in: part) || entry.viewer == 0 {
                        opened.append(Data(part.text(of: entry)))
                    } else {
                        #expect(isErased && entry.viewer == erased)
                    }
                }
                reached = part.end
            } while reached < 4321
            let wanted = isErased ? zip(plain.entries, texts).filter { $0.0.viewer != erased }.map { $0.1 } : texts
            #expect(reached == 4321 && opened == wanted && parts > 2)
            for reader in readers { try reader.close() }
        }
        try store.close()
    }

    @Test("is damaged where a byte of it is another, and says which block")
    func isDamaged() throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        var store = try place.open()
        try fill(store, 10)
        try store.close()
        _ = try python(
            place.path,
            """
            (bodies,) = c.execute("SELECT bodies FROM blocks").fetchone()
            c.execute("UPDATE blocks SET bodies = ?", (bodies[:50] + bytes([bodies[50] ^ 1]) + bodies[51:],))
            """)
        store = try place.open()
        let reader = try store.makeStateReader()
        let part = LogPart()
        try store.readSealedLog(after: 0, through: .max, bytes: .max, into: part, by: [reader])
        let (first, second) = (part.entries[0], part.entries[1])
        #expect(throws: StoreError.damaged(path: place.path, problem: "block 1 of the log is damaged")) {
            _ = try reader.open([first][...], of: first.viewer, in: part)
        }
        #expect(part.text(of: first).allSatisfy { $0 == 0 }, "nothing of it is shown")
        #expect(try reader.open([second][...], of: second.viewer, in: part))
        #expect(String(decoding: part.text(of: second), as: UTF8.self).hasSuffix(#"{"text":"event 1"}}"#))
        try reader.close()
        try store.close()
    }

    @Test("says which block has columns of other lengths than it should", arguments: ["ends", "viewers", "bodies"])
    func hasOtherLengths(column: String) throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let store = try place.open()
        try fill(store, 10)
        let reader = try store.makeStateReader()
        _ = try python(place.path, "c.execute('UPDATE blocks SET \(column) = zeroblob(7)')")
        #expect(throws: StoreError.damaged(path: place.path, problem: "block 1 of the log is damaged")) {
            try store.readSealedLog(after: 0, through: .max, bytes: .max, into: LogPart(), by: [reader])
        }
        try reader.close()
        try store.close()
    }
}
