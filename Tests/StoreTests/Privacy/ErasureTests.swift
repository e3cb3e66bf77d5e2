import Foundation
import Store
import TestSupport
import Testing

@Suite("An erasure")
struct ErasureTests {
    @Test("leaves nothing of the viewer, and all of the others")
    func erases() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(300), into: store)
        let anna = store.viewer(named: "anna")
        let counts = try store.erase([anna], at: 1000)
        #expect(counts.events == 100 && counts.quarantined == 0)
        func check(_ store: EventStore) throws {
            #expect(try texts(store, of: "anna").isEmpty)
            #expect(try log(store) == events(300).filter { !$0.contains("anna") })
            #expect(try texts(store, of: "petr").count == 100)
            #expect(try store.counts() == StoreCounts(events: 200, viewers: 2, titles: 0, quarantined: 0))
            #expect(try store.subjects(of: [anna]).isEmpty)
            #expect(try store.erasureTime(of: anna) == 1000)
            #expect(try store.check().isEmpty)
        }
        try check(store)
        try store.close()
        store = try place.open()
        try check(store)
        let number = withUnsafeBytes(of: anna.littleEndian) { Data($0) }
        #expect(try place.bytes().range(of: number) == nil)
    }

    @Test("of one viewer after the other leaves a sound store each time, wherever in the log their events are")
    func erasesAll() throws {
        var random = SplitMix(state: 11)
        for _ in 0..<5 {
            let place = try Place()
            var store = try place.open()
            let all = (0..<Int.random(in: 1...900, using: &random)).map {
                event(
                    "\($0)", subject: "v\(random.next() % 6)", data: #"{"n":"\#(String(repeating: "x", count: 90))"}"#)
            }
            for start in stride(from: 0, to: all.count, by: 200) {
                try put(Array(all[start..<min(start + 200, all.count)]), into: store)
            }
            var rest = all
            for viewer in (0..<6).shuffled(using: &random) {
                _ = try store.erase([store.viewer(named: "v\(viewer)")], at: 1)
                rest.removeAll { $0.contains(#""v\#(viewer)""#) }
                #expect(try log(store) == rest)
                try store.close()
                store = try place.open()
                #expect(try store.counts().events == rest.count)
            }
            #expect(try put([event("new")], into: store).inserted == 1)
        }
    }

    @Test("leaves a viewer's number in no page, among however many viewers")
    func leavesNoNumber() throws {
        let place = try Place()
        var store = try place.open()
        try put((0..<3000).map { event("\($0)", subject: "v\($0)") }, into: store)
        let viewers = (0..<3000).map { store.viewer(named: "v\($0)") }
        _ = try store.erase(Array(viewers.prefix(1500)), at: 1)
        try store.close()
        store = try place.open()
        try store.close()
        let bytes = try place.bytes()
        // As lists, columns and rows of SQLite have it.
        let left = Set(viewers.prefix(1500).map { $0.bigEndian })
        let kept = Set(viewers.suffix(1500).map { $0.bigEndian })
        var (found, others) = (Set<Int64>(), Set<Int64>())
        bytes.withUnsafeBytes { bytes in
            for offset in 0..<bytes.count - 9 {
                let word = bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)
                if left.contains(word) || left.contains(word.byteSwapped) { found.insert(word) }
                if kept.contains(word) || kept.contains(word.byteSwapped) { others.insert(word) }
                // A row's number: seven bits in each of eight bytes, and eight in the last.
                var number = UInt64(0)
                for byte in bytes[offset..<offset + 8] where byte >= 0x80 { number = number << 7 | UInt64(byte & 127) }
                let row = Int64(bitPattern: number << 8 | UInt64(bytes[offset + 8])).bigEndian
                if left.contains(row) { found.insert(row) }
            }
        }
        #expect(found.isEmpty && others.count >= 1500)
    }

    @Test("refuses what comes later, until the viewer is let in again")
    func refuses() throws {
        let place = try Place()
        let store = try place.open()
        try put(events(30), into: store)
        let anna = store.viewer(named: "anna")
        _ = try store.erase([anna], at: 1000)
        #expect(try put(events(30), into: store) == CommitResult(inserted: 0, duplicates: 20, refused: 10))
        let batch = StoreBatch()
        batch.quarantine(
            QuarantinedEvent(
                number: 1, body: Array(event("q", subject: "anna").utf8), plugin: "p", code: "c", message: "",
                origin: ""))
        try store.commit(batch)
        #expect(try store.counts().quarantined == 0)
        #expect(try store.readmit(anna))
        #expect(try !store.readmit(anna))
        #expect(try put(events(30), into: store) == CommitResult(inserted: 10, duplicates: 20))
        #expect(try texts(store, of: "anna").count == 10)
    }

    @Test("holds for a copy of the store, too")
    func holdsForCopies() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        try store.close()
        let copy = FileManager.default.contents(atPath: place.path)
        store = try place.open()
        _ = try store.erase([store.viewer(named: "anna")], at: 1000)
        try store.close()
        try copy?.write(to: URL(fileURLWithPath: place.path))
        // To be read, it has nothing of the viewer; when it is written to, nothing is in it any more.
        #expect(try log(place.open(.readOnly)).count == 20)
        store = try place.open()
        #expect(try store.counts() == StoreCounts(events: 20, viewers: 2, titles: 0, quarantined: 0))
        let number = store.viewer(named: "anna")
        try store.close()
        #expect(try place.bytes().range(of: withUnsafeBytes(of: number.littleEndian) { Data($0) }) == nil)
    }

    @Test("holds for a copy of the store where the viewer has come back since, and takes nothing new")
    func holdsForOldCopies() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        let waiting = StoreBatch()
        waiting.quarantine(
            QuarantinedEvent(
                number: 1, body: Array(event("q", subject: "eva").utf8), plugin: "p", code: "c", message: "", origin: ""
            ))
        try store.commit(waiting)
        try store.close()
        let copy = FileManager.default.contents(atPath: place.path)
        store = try place.open()
        let (anna, petr, mia, eva) = (
            store.viewer(named: "anna"), store.viewer(named: "petr"), store.viewer(named: "mia"),
            store.viewer(named: "eva")
        )
        _ = try store.erase([anna, eva], at: 1000)
        #expect(try store.readmit(anna))
        try put([event("new", subject: "anna")], into: store)
        // Of one nothing was left by itself.
        let edits = try store.edit(eventsOf: [petr]) { _ in .remove }
        #expect(edits.log.removed == 10)
        #expect(try store.removeEmptyViewers(among: [petr, mia, 0], at: 1000) == 1)
        try put([event("newer", subject: "petr")], into: store)
        try store.close()
        let now = FileManager.default.contents(atPath: place.path)
        try copy?.write(to: URL(fileURLWithPath: place.path))
        store = try place.open()
        #expect(try log(store) == events(30).filter { $0.contains("mia") })
        #expect(try store.counts() == StoreCounts(events: 10, viewers: 1, titles: 0, quarantined: 0))
        // What was theirs may come again, as if it had never been there.
        #expect(try put(events(30), into: store) == CommitResult(inserted: 20, duplicates: 10))
        #expect(try texts(store, of: "anna").count == 10)
        try store.close()
        // The store as it was has all that came since.
        try now?.write(to: URL(fileURLWithPath: place.path))
        store = try place.open()
        #expect(try texts(store, of: "anna") == [event("new", subject: "anna")])
        #expect(try texts(store, of: "petr") == [event("newer", subject: "petr")])
        try store.close()
        // An erasure that is cut off makes no copy of it.
        _ = try sqlite(place.file(ending: ".keys"), "UPDATE meta SET value = value + 1 WHERE name = 'erasures'")
        store = try place.open()
        #expect(try texts(store, of: "anna").count == 1 && texts(store, of: "petr").count == 1)
    }

    @Test("is done beside those who read, and is on record where it was cut off")
    func worksBesideReaders() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        let anna = store.viewer(named: "anna")
        let reader = try ReadingProcess(place.path)
        #expect(try store.erase([anna], at: 1000).events == 10)
        try store.close()
        reader.end()
        let mark: String
        do {
            store = try place.open()
            mark = store.mark(of: anna).text
            try store.close()
        }
        #expect(try sqlite(place.file(ending: ".keys"), "SELECT count(*) FROM erasing") == "[(0,)]")
        #expect(try place.bytes().range(of: withUnsafeBytes(of: anna.littleEndian) { Data($0) }) == nil)
        _ = try sqlite(
            place.file(ending: ".keys"), "INSERT INTO erasing VALUES (\(anna), 1000); UPDATE meta SET value = value")
        store = try place.open()
        let entry = try #require(try store.auditEntries().last)
        #expect(entry.action == "erasure finished" && entry.detail.contains(mark))
        #expect(try store.auditProblem() == nil)
    }

    @Test("is of a viewer, and not of events that have none")
    func leavesOthers() throws {
        let place = try Place()
        let store = try place.open()
        try put([event("1"), event("2", subject: "anna")], into: store)
        #expect(try store.erase([store.viewer(named: "")], at: 1) == ErasureCounts())
        #expect(try put([event("3")], into: store) == CommitResult(inserted: 1))
        #expect(!store.erasedViewers.contains(0))
        #expect(try log(store).count == 3)
    }

    @Test("that is cut off is finished when the store is next written to")
    func isFinished() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        let anna = store.viewer(named: "anna")
        let mark = store.mark(of: anna).text
        try store.close()
        // As it is when only the first step was done.
        _ = try sqlite(
            place.file(ending: ".keys"),
            """
            INSERT INTO erasing VALUES (\(anna), 1000); INSERT INTO erased VALUES (x'\(mark)', 1000);
            INSERT INTO meta VALUES ('erasures', 1)
            """)
        store = try place.open()
        #expect(try store.counts().events == 20)
        #expect(try texts(store, of: "anna").isEmpty)
        try store.close()
        #expect(try sqlite(place.file(ending: ".keys"), "SELECT count(*) FROM viewer_keys") == "[(2,)]")
        #expect(try sqlite(place.file(ending: ".keys"), "SELECT count(*) FROM erasing") == "[(0,)]")
    }
}
