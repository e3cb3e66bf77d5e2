import Events
import Foundation
import Store
import TestSupport
import Testing

/// A store with keys of its own, in a folder that nothing else is in.
private struct Place {
    let folder: URL

    init() throws {
        folder = try temporaryFolder()
    }

    var path: String { folder.appending(path: "viewers.sqlite").path }
    var keys: String { folder.appending(path: "keys").path }

    func open(_ mode: EventStore.Mode = .readWrite) throws -> EventStore {
        try EventStore(path: path, keys: keys, mode: mode)
    }

    /// All bytes of all files.
    func bytes() throws -> Data {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return files.reduce(into: Data()) { bytes, file in
            bytes.append(FileManager.default.contents(atPath: folder.appending(path: file).path) ?? Data())
        }
    }

    func file(ending: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: keys)
        return keys + "/" + (try #require(names.first { $0.hasSuffix(ending) }))
    }
}

/// Events of three viewers, in an order that has them all over the log.
private func events(_ count: Int) -> [String] {
    (0..<count).map { event("id-\($0)", subject: ["anna", "petr", "mia"][$0 % 3], data: #"{"n":"secret-\#($0)"}"#) }
}

private func texts(_ store: EventStore, of viewer: String) throws -> [String] {
    try store.events(ofViewer: viewer, after: 0, limit: .max).map { String(decoding: $0.body, as: UTF8.self) }
}

@Suite("What a store keeps of viewers")
struct SealingTests {
    @Test("lies in no file as it is")
    func isSealed() throws {
        let place = try Place()
        let store = try place.open()
        let batch = StoreBatch()
        for text in events(300) { try batch.add(text, to: store) }
        batch.quarantine(
            QuarantinedEvent(
                number: 7, body: Array(event("q", subject: "anna", data: #"{"n":"secret-q"}"#).utf8), plugin: "p",
                code: "c", message: "it saw secret-m", origin: "o"))
        try store.commit(batch)
        let open = try place.bytes()
        try store.close()
        for bytes in [open, try place.bytes()] {
            for text in ["secret-", "anna", "id-12"] { #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)") }
        }
        #expect(try place.open().quarantined([7]).map { $0.message } == ["it saw secret-m"])
    }

    @Test("is read again, with the keys alone")
    func needsKeys() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        try store.close()
        store = try place.open()
        #expect(try log(store) == events(30))
        try store.close()

        let keys = try place.file(ending: ".keys")
        let master = try place.file(ending: ".master")
        for file in [keys, master] {
            try FileManager.default.moveItem(atPath: file, toPath: file + "-away")
            let error = #expect(throws: StoreError.self) { try place.open() }
            #expect(error == .keysMissing(store: place.path, path: file))
            #expect(error?.message.contains("catalogue of titles") == true)
            #expect(throws: StoreError.self) { try place.open(.readOnly) }
            try FileManager.default.moveItem(atPath: file + "-away", toPath: file)
        }
        try Data("1 \(String(repeating: "ab", count: 32))\n".utf8).write(to: URL(fileURLWithPath: master))
        let other = #expect(throws: StoreError.self) { try place.open() }
        #expect(other == .keysDamaged(path: keys, problem: "the master key does not fit it"))
        try Data("what?".utf8).write(to: URL(fileURLWithPath: master))
        let none = #expect(throws: StoreError.self) { try place.open() }
        #expect(none?.message.contains("64 hex digits") == true)
    }

    @Test("is not taken for lost where keys are older than the store, but named")
    func hasLostKey() throws {
        let place = try Place()
        var store = try place.open()
        try put([event("1", subject: "anna")], into: store)
        try store.close()
        let keys = try place.file(ending: ".keys")
        let old = FileManager.default.contents(atPath: keys)
        store = try place.open()
        try put([event("2", subject: "petr")], into: store)
        try store.close()
        try old?.write(to: URL(fileURLWithPath: keys))
        store = try place.open()
        #expect(try texts(store, of: "anna") == [event("1", subject: "anna")], "what has its key is there")
        let error = #expect(throws: StoreError.self) { try texts(store, of: "petr") }
        #expect(error == .keyLost(viewer: store.viewer(named: "petr"), path: keys))
    }

    @Test("goes on under another master key, and the old keys cannot be opened any more")
    func rotates() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        let master = try place.file(ending: ".master")
        let old = FileManager.default.contents(atPath: master)
        let keys = try place.file(ending: ".keys")
        try store.close()
        let copy = FileManager.default.contents(atPath: keys)
        store = try place.open()
        #expect(try store.rotateKeys() == 3)
        #expect(try log(store) == events(30))
        try put([event("new", subject: "new")], into: store)
        try store.close()
        let new = FileManager.default.contents(atPath: master)
        #expect(new != old)
        store = try place.open()
        #expect(try log(store).count == 31)
        try store.close()
        // Keys as they were before do not go with the new master key.
        try copy?.write(to: URL(fileURLWithPath: keys))
        #expect(throws: StoreError.self) { try place.open() }
    }

    @Test("survives a rotation that is cut off behind its commit")
    func survivesCutRotation() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(30), into: store)
        let master = try place.file(ending: ".master")
        let old = FileManager.default.contents(atPath: master)
        _ = try store.rotateKeys()
        try store.close()
        // As it is between the commit and the move.
        try FileManager.default.moveItem(atPath: master, toPath: master + ".next")
        try old?.write(to: URL(fileURLWithPath: master))
        #expect(try log(place.open(.readOnly)) == events(30))
        store = try place.open()
        #expect(try log(store) == events(30))
        #expect(!FileManager.default.fileExists(atPath: master + ".next"))
    }
}

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

    @Test("of some data changes what is there, and nothing else")
    func edits() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(300), into: store)
        var seen = 0
        let viewers = [store.viewer(named: "anna"), store.viewer(named: "mia")]
        let edits = try store.edit(eventsOf: viewers) { body, _ in
            seen += 1
            let text = String(decoding: body, as: UTF8.self)
            if text.contains("secret-3\"") { return .remove }
            if text.contains("secret-5\"") {
                return .replace(Array(text.replacing("secret-5", with: "longer-secret").utf8))
            }
            return .keep
        }
        #expect(seen == 200 && edits.log == EditCounts(replaced: 1, removed: 1))
        #expect(edits.quarantine == EditCounts())
        let expected = events(300).filter { !$0.contains("secret-3\"") }.map {
            $0.replacing("secret-5\"", with: "longer-secret\"")
        }
        #expect(try log(store) == expected)
        try store.close()
        store = try place.open()
        #expect(try log(store) == expected)
        #expect(try put(events(300), into: store).inserted == 1, "what was removed may come again")
        let all = try store.edit { _, _ in .remove }
        #expect(all.log.removed == 300)
        #expect(try store.removeEmptyViewers() == 3)
        #expect(try store.counts() == StoreCounts(events: 0, viewers: 0, titles: 0, quarantined: 0))
        #expect(try put(events(3), into: store).inserted == 3, "they may come back")
    }

    @Test("of some data changes what waits in quarantine, and takes what the plugin said of it")
    func editsQuarantine() throws {
        let place = try Place()
        var store = try place.open()
        let batch = StoreBatch()
        for (number, subject) in [(1, "anna"), (2, "anna"), (3, "anna"), (4, "mia")] {
            let text = event("q\(number)", subject: subject, data: "{\"n\":\"secret-\(number)\"}")
            batch.quarantine(
                QuarantinedEvent(
                    number: Int64(number), body: Array(text.utf8), plugin: "p", code: "c",
                    message: "it saw secret-\(number)", origin: "o"))
        }
        try store.commit(batch)
        let came = try store.quarantined([1, 2, 3, 4]).map { $0.received }
        #expect(came.allSatisfy { $0 > 1_600_000_000 })
        let edits = try store.edit(eventsOf: [store.viewer(named: "anna")]) { body, received in
            #expect(received == came[0])
            let text = String(decoding: body, as: UTF8.self)
            if text.contains("secret-1") { return .remove }
            return text.contains("secret-2")
                ? .replace(Array(text.replacing("secret-2", with: "nothing").utf8)) : .keep
        }
        #expect(edits.log == EditCounts() && edits.quarantine == EditCounts(replaced: 1, removed: 1))
        try store.close()
        let bytes = try place.bytes()
        for number in 1...4 { #expect(bytes.range(of: Data("secret-\(number)".utf8)) == nil) }
        store = try place.open()
        let rest = try store.quarantined([1, 2, 3, 4])
        #expect(rest.map { $0.number } == [2, 3, 4])
        #expect(rest[0].body == Array(event("q2", subject: "anna", data: #"{"n":"nothing"}"#).utf8))
        #expect(rest[0].message == "withdrawn, with a part of the event")
        #expect(rest[1].message == "it saw secret-3" && rest[2].message == "it saw secret-4")
        #expect(rest.map { $0.received } == Array(came[1...]))
        #expect(try store.edit { _, _ in .remove }.quarantine == EditCounts(removed: 3))
        #expect(try store.counts().quarantined == 0)
    }

    @Test("of some data leaves audiences, without the viewer, where others are let begin anew")
    func keepsAudiences() throws {
        let place = try Place()
        let store = try place.open()
        try put(events(30), into: store)
        let anna = store.viewer(named: "anna")
        let fold = try store.begin(StoredFold(kind: "segment", name: "s", version: "1", fingerprint: [1]))
        let members = ([anna] + (1...200).map { Int64($0) * 1_000_003 }).sorted()
        try store.publish(members, of: fold, minimum: 50, at: 1)
        let changes = FoldChanges()
        var folded = fold
        folded.position = 30
        changes.folds = [folded]
        try store.commit(changes)
        _ = try store.edit(eventsOf: [anna]) { _, _ in .keep }
        #expect(try store.folds()[0].position == 30 && store.folds()[0].audience == 201)
        _ = try store.edit(eventsOf: [anna]) { body, _ in
            String(decoding: body, as: UTF8.self).contains("secret-0\"") ? .remove : .keep
        }
        let begun = try store.folds()[0]
        #expect(begun.position == 0 && begun.number == fold.number && begun.publishedAt == 1)
        let rest = try store.audience(of: begun)
        #expect(rest.count == 191 && !rest.contains(anna), "some go with her")
        try store.publish(members.filter { $0 != anna }, of: begun, minimum: 50, at: 2)
        #expect(try store.audience(of: begun) == rest, "who comes and goes is not one viewer")
        _ = try store.edit { _, _ in .remove }
        #expect(try store.audience(of: begun) == rest, "until the next edition")
    }
}

@Suite("The audit log")
struct AuditLogTests {
    @Test("is added to, and finds each change")
    func findsChanges() throws {
        let place = try Place()
        var store = try place.open()
        for number in 1...5 { try store.audit("did", #"{"n":\#(number)}"#, actor: "anna", at: Int64(number)) }
        #expect(try store.auditEntries().map { $0.sequence } == [1, 2, 3, 4, 5])
        #expect(try store.auditProblem() == nil)
        try store.close()
        #expect(try sqlite(place.path, "SELECT count(*) FROM audit") == "[(5,)]")
        let whole = FileManager.default.contents(atPath: place.path)
        let drop = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; "
        for (change, problem) in [
            ("UPDATE audit SET detail = '{}' WHERE sequence = 3", AuditProblem.changed(sequence: 3)),
            ("UPDATE audit SET actor = 'petr' WHERE sequence = 1", .changed(sequence: 1)),
            ("UPDATE audit SET at = 9 WHERE sequence = 5", .changed(sequence: 5)),
            ("DELETE FROM audit WHERE sequence = 2", .changed(sequence: 2)),
            ("DELETE FROM audit WHERE sequence > 3", .cutOff(written: 5, found: 3)),
            ("DELETE FROM audit", .cutOff(written: 5, found: 0)),
        ] {
            _ = try sqlite(place.path, drop + change)
            store = try place.open(.readOnly)
            #expect(try store.auditProblem() == problem, "\(change)")
            try store.close()
            try whole?.write(to: URL(fileURLWithPath: place.path))
        }
    }

    @Test("cannot be changed by the way")
    func refusesChanges() throws {
        let place = try Place()
        let store = try place.open()
        try store.audit("did", "{}", actor: "anna", at: 1)
        try store.close()
        for change in ["UPDATE audit SET at = 2", "DELETE FROM audit"] {
            let said = try python(
                place.path,
                """
                try: c.execute(sql)
                except sqlite3.IntegrityError as error: print(error)
                """, change)
            #expect(said == "the audit log is only added to")
        }
    }
}

@Suite("Disclosures")
struct DisclosureTests {
    @Test("say who was given what of a viewer, and forget the viewer who is erased")
    func areKept() throws {
        let place = try Place()
        let store = try place.open()
        try put(events(6), into: store)
        let numbers = ["anna", "petr", "mia"].map { store.viewer(named: $0) }
        let first = Disclosure(time: 1, recipient: "A", purpose: "advertising", subject: "fans", version: "1")
        let second = Disclosure(time: 2, recipient: "B", purpose: "advertising", subject: "owls", version: "2")
        try store.record(first, of: numbers)
        try store.record(second, of: [numbers[1]])
        #expect(try store.disclosures(of: [numbers[0]]) == [first])
        #expect(try store.disclosures(of: [numbers[1]]) == [first, second])
        _ = try store.erase([numbers[1]], at: 3)
        #expect(try store.disclosures(of: [numbers[1]]).isEmpty)
        #expect(try store.disclosures() == [first, second])
    }
}
