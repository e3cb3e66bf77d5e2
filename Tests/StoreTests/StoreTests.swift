import Events
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite("The store")
struct StoreTests {
    @Test("keeps each event once, by source and id, in the order in which they came")
    func keepsOnce() throws {
        let store = try EventStore(path: temporaryFile())
        let first = [event("1"), event("2"), event("1", source: "other"), event("1")]
        #expect(try put(first, into: store) == CommitResult(inserted: 3, duplicates: 1))
        // The same identity, written with an escape.
        let second = [event("3"), event(#"\u0032"#), event("2")]
        #expect(try put(second, into: store) == CommitResult(inserted: 1, duplicates: 2))
        #expect(try log(store) == [event("1"), event("2"), event("1", source: "other"), event("3")])
    }

    @Test("finds a viewer's events, and nobody else's")
    func findsViewers() throws {
        let store = try EventStore(path: temporaryFile())
        try put([event("1", subject: "anna"), event("2", subject: "petr"), event("3")], into: store)
        try put([event("4", subject: "anna"), event("1", subject: "anna")], into: store)
        let events = try store.events(ofViewer: "anna", after: 0, limit: 10)
        #expect(
            events.map { String(decoding: $0.body, as: UTF8.self) } == [
                event("1", subject: "anna"), event("4", subject: "anna"),
            ])
        #expect(try store.events(ofViewer: "anna", after: events[0].position, limit: 10).count == 1)
        #expect(try store.events(ofViewer: "nobody", after: 0, limit: 10).isEmpty)
        #expect(try store.counts() == StoreCounts(events: 4, viewers: 2, titles: 0, quarantined: 0))
    }

    @Test("keeps a catalogue of titles, to which later events add")
    func keepsTitles() throws {
        let path = try temporaryFile()
        let store = try EventStore(path: path)
        try put(
            [
                event("1", type: "title.added", data: #"{"title_id":"7","title":"Home","genres":["Drama"]}"#),
                event("2", type: "title.updated", data: #"{"title_id":"7","imdb_id":"tt1"}"#),
            ], into: store)
        try store.close()
        #expect(
            try sqlite(path, "SELECT title, data FROM titles")
                == #"[('Home', '{"title_id":"7","title":"Home","genres":["Drama"],"imdb_id":"tt1"}')]"#)
    }

    @Test("keeps an event in quarantine until it passes or is dropped")
    func quarantines() throws {
        let store = try EventStore(path: temporaryFile())
        let batch = StoreBatch()
        for (key, code) in [(1, "error"), (2, "time_limit"), (1, "memory_limit")] as [(Int64, String)] {
            batch.quarantine(
                QuarantinedEvent(
                    number: key, body: Array("{}".utf8), plugin: "p", code: code, message: "m", origin: "o:1"))
        }
        try store.commit(batch)
        #expect(batch.isEmpty)
        let waiting = try store.quarantinedNumbers()
        #expect(waiting.numbers == [1, 2] && waiting.bytes == 8, "with the messages and their lengths")
        #expect(try store.quarantined([1, 2, 3]).map { $0.code } == ["memory_limit", "time_limit"])
        let text = Array(event("1").utf8)
        text.withUnsafeBytes { batch.add($0, key: key(1), viewer: 0, role: .ordinary) }
        batch.drop(key(2))
        try store.commit(batch)
        #expect(try store.counts() == StoreCounts(events: 1, viewers: 0, titles: 0, quarantined: 0))
    }

    @Test(
        "has an event that comes twice where it came to last, whether both are in one batch or not", arguments: [1, 2])
    func keepsLastOutcome(_ batches: Int) throws {
        let store = try EventStore(path: temporaryFile())
        let batch = StoreBatch()
        func quarantine(_ key: Int64) {
            batch.quarantine(
                QuarantinedEvent(number: key, body: [], plugin: "p", code: "c", message: "m", origin: "o"))
        }
        func pass(_ id: String, _ key: Int64) {
            Array(event(id).utf8).withUnsafeBytes {
                batch.add($0, key: EventKey(number: key, check: 0), viewer: 0, role: .ordinary)
            }
        }
        quarantine(1)
        pass("2", 2)
        quarantine(3)
        if batches == 2 { try store.commit(batch) }
        pass("1", 1)
        quarantine(2)
        batch.drop(key(3))
        try store.commit(batch)
        #expect(try log(store) == [event("2"), event("1")])
        #expect(try store.quarantinedNumbers().numbers == [2])
    }

    @Test("knows what viewers are called, also after a commit that failed")
    func keepsNames() throws {
        let path = try temporaryFile()
        let store = try EventStore(path: path)
        let batch = StoreBatch()
        try batch.add(event("1", subject: "anna"), to: store)
        _ = try sqlite(path, "CREATE TRIGGER no BEFORE INSERT ON blocks BEGIN SELECT RAISE(ABORT, 'no'); END;")
        #expect(throws: StoreError.self) { try store.commit(batch) }
        _ = try sqlite(path, "DROP TRIGGER no;")
        let viewer = store.viewer(named: "anna")
        #expect(try store.subjects(of: [viewer]).isEmpty)
        try store.commit(batch)
        #expect(try store.subjects(of: [viewer]) == [viewer: "anna"])
    }

    @Test("keeps checkpoints with the events that they stand for")
    func keepsCheckpoints() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        let batch = StoreBatch()
        let first = Checkpoint(name: "a", position: 1, detail: "")
        batch.mark(first)
        batch.mark(Checkpoint(name: "b", position: 2, detail: "x"))
        batch.mark(Checkpoint(name: "b", position: 3, detail: "y"))
        try store.commit(batch)
        #expect(batch.isEmpty)
        try store.close()
        store = try EventStore(path: path)
        #expect(try store.checkpoints() == [first, Checkpoint(name: "b", position: 3, detail: "y")])
        batch.clear(checkpoint: "b")
        batch.clear(checkpoint: "none")
        #expect(!batch.isEmpty)
        try store.commit(batch)
        #expect(try store.checkpoints() == [first])
    }

    @Test("made by the version before, is brought up to date with all that is in it")
    func migrates() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        let events = (1...3).map { event("\($0)", subject: $0 == 2 ? "petr" : "anna") }
        try put(events, into: store)
        try store.close()
        _ = try python(
            path,
            """
            import sealed
            sealed.unseal(c)
            c.execute("CREATE TABLE events (position INTEGER PRIMARY KEY, body BLOB NOT NULL)")
            c.execute("CREATE TABLE event_keys (key INTEGER PRIMARY KEY, position INTEGER NOT NULL)")
            bodies = c.execute("SELECT bodies FROM blocks").fetchone()[0].split(b"\\n")[:-1]
            c.executemany("INSERT INTO events VALUES (?, ?)", enumerate(bodies, 1))
            entries = c.execute("SELECT entries FROM key_pages").fetchone()[0]
            keys = [(key, position) for key, _, position in struct.iter_unpack("<qqq", entries)]
            c.executemany("INSERT INTO event_keys VALUES (?, ?)", keys)
            c.executescript("DROP TABLE blocks; DROP TABLE key_pages; DROP TABLE viewer_events; DROP TABLE checkpoints")
            for table in ["identity_events", "folds", "viewer_states", "audiences", "groups"]:
                c.execute("DROP TABLE " + table)
            c.execute("CREATE TABLE viewer_events (viewer INTEGER, position INTEGER, PRIMARY KEY (viewer, position))")
            c.execute("DELETE FROM meta WHERE name = 'indexed'")
            c.execute("DELETE FROM grdb_migrations WHERE identifier IN ('2', '3', '4')")
            """)
        store = try EventStore(path: path)
        #expect(try store.checkpoints().isEmpty)
        #expect(try log(store) == events)
        #expect(
            try put(events + [event("4", subject: "anna")], into: store) == CommitResult(inserted: 1, duplicates: 3))
        #expect(try store.events(ofViewer: "anna", after: 0, limit: 9).map { $0.position } == [1, 3, 7])
        #expect(try store.check().isEmpty)
    }

    @Test("made before events were kept with their viewers' numbers, gets them")
    func migratesBlocks() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        // The third is a duplicate, and leaves its place empty.
        let events = [
            event("1", subject: "anna"), event("2"), event("1", subject: "anna"), event("3", subject: "petr"),
        ]
        try put(events, into: store)
        let part = LogPart()
        try store.readLog(after: 0, through: .max, bytes: .max, into: part)
        let viewers = part.entries.map { $0.viewer }
        #expect(viewers == [store.viewer(named: "anna"), 0, store.viewer(named: "petr")])
        try store.close()
        _ = try python(
            path,
            """
            import sealed
            sealed.unseal(c)
            c.executescript("CREATE TABLE old (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, ends BLOB NOT NULL,"
                "bodies BLOB NOT NULL); INSERT INTO old SELECT first, count, ends, bodies FROM blocks; DROP TABLE blocks;"
                "ALTER TABLE old RENAME TO blocks")
            for table in ["identity_events", "folds", "viewer_states", "audiences", "groups"]:
                c.execute("DROP TABLE " + table)
            c.execute("DELETE FROM grdb_migrations WHERE identifier = '4'")
            """)
        store = try EventStore(path: path)
        try store.readLog(after: 0, through: .max, bytes: .max, into: part)
        #expect(part.entries.map { $0.viewer } == viewers)
        #expect(part.entries.map { $0.position } == [1, 2, 4])
        #expect(try log(store) == [events[0], events[1], events[3]])
    }

    @Test("finds each of many events again, whether its index is written yet or not")
    func findsMany() throws {
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        let all = (0..<12_000).map { event("\($0)", subject: "viewer \($0 % 3)", source: $0 % 5 == 0 ? "s" : "other") }
        func check(_ store: EventStore, _ count: Int) throws {
            #expect(try store.counts().events == count)
            let whole = try store.events(after: 0, limit: .max)
            #expect(whole.map { String(decoding: $0.body, as: UTF8.self) } == Array(all[..<count]))
            for viewer in 0..<3 {
                var found: [StoredEvent] = []
                while case let page = try store.events(
                    ofViewer: "viewer \(viewer)", after: found.last?.position ?? 0, limit: 777), !page.isEmpty
                {
                    found += page
                }
                let positions = whole.enumerated().filter { $0.offset % 3 == viewer }.map { $0.element.position }
                #expect(found.map { $0.position } == positions)
            }
        }
        for start in stride(from: 0, to: 6000, by: 1500) { try put(Array(all[start..<start + 1500]), into: store) }
        try check(store, 6000)
        #expect(try put(Array(all[3000..<9000]), into: store) == CommitResult(inserted: 3000, duplicates: 3000))
        let reader = try EventStore(path: path, mode: .readOnly)
        try check(reader, 9000)
        try store.close()
        try check(reader, 9000)
        store = try EventStore(path: path)
        #expect(try put(all, into: store) == CommitResult(inserted: 3000, duplicates: 9000))
        try check(store, 12_000)
    }

    @Test("holds what a model of it holds, whatever the batches")
    func agreesWithModel() throws {
        var random = SplitMix(state: 3)
        let path = try temporaryFile()
        var store = try EventStore(path: path)
        var model: [String] = []
        for _ in 0..<60 {
            let events = (0..<Int(random.next() % 40)).map { _ in
                event("\(random.next() % 400)", subject: "viewer \(random.next() % 7)")
            }
            try put(events, into: store)
            for event in events {
                let identity = event.components(separatedBy: ",")[1]
                if !model.contains(where: { $0.components(separatedBy: ",")[1] == identity }) { model.append(event) }
            }
            if random.next() % 8 == 0 {
                try store.close()
                store = try EventStore(path: path)
            }
        }
        #expect(try log(store) == model)
        for viewer in 0..<7 {
            let events = try store.events(ofViewer: "viewer \(viewer)", after: 0, limit: 1000)
            #expect(
                events.map { String(decoding: $0.body, as: UTF8.self) }
                    == model.filter { $0.contains(#""viewer \#(viewer)""#) })
        }
        #expect(try store.check().isEmpty)
    }

    @Test("tells apart events that have half of a key in common")
    func survivesCollisions() throws {
        let store = try EventStore(path: temporaryFile())
        let batch = StoreBatch()
        func add(_ checks: ClosedRange<Int64>) {
            for check in checks {
                Array(event("\(check)").utf8).withUnsafeBytes {
                    batch.add($0, key: EventKey(number: 42, check: check), viewer: 0, role: .ordinary)
                }
            }
        }
        // More than go into one page of the index.
        add(1...1000)
        add(500...1001)
        #expect(try store.commit(batch) == CommitResult(inserted: 1001, duplicates: 501))
        add(-1...1002)
        #expect(try store.commit(batch) == CommitResult(inserted: 3, duplicates: 1001))
    }

    @Test("can only be read by its owner, together with what SQLite puts beside it")
    func isPrivate() throws {
        let path = try temporaryFile()
        let store = try EventStore(path: path)
        try put([event("1")], into: store)
        for name in try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent) {
            let file = (path as NSString).deletingLastPathComponent + "/" + name
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }
}

@Suite("A store that cannot be used")
struct StoreFailureTests {
    @Test("says which process writes to it")
    func isBusy() throws {
        let path = try temporaryFile()
        let first = try EventStore(path: path)
        let error = #expect(throws: StoreError.self) { _ = try EventStore(path: path) }
        #expect(error == .busy(path: path, holder: ProcessInfo.processInfo.processIdentifier))
        try put([event("1")], into: first)
        #expect(try EventStore(path: path, mode: .readOnly).counts().events == 1, "others may read")
    }

    @Test("closes what it opened once, for by then another file may have the descriptor")
    func closesOnce() async throws {
        let path = try temporaryFile()
        let first = try EventStore(path: path)
        let isDone = Mutex(false)
        async let lost = Task.detached {
            var lost = 0
            while !isDone.withLock({ $0 }) {
                let descriptors = (0..<64).map { _ in open("/dev/null", O_RDONLY) }
                lost += descriptors.filter { fcntl($0, F_GETFD) < 0 }.count
                for descriptor in descriptors { close(descriptor) }
            }
            return lost
        }.value
        for _ in 0..<4000 { #expect(throws: StoreError.self) { _ = try EventStore(path: path) } }
        isDone.withLock { $0 = true }
        #expect(await lost == 0)
        try first.close()
    }

    @Test("is named when it is no store, damaged or newer")
    func isNamed() throws {
        let garbage = try temporaryFile()
        try Data(repeating: 0x41, count: 40_000).write(to: URL(fileURLWithPath: garbage))
        let error = #expect(throws: StoreError.self) { _ = try EventStore(path: garbage) }
        guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let newer = try temporaryFile()
        try EventStore(path: newer).close()
        _ = try sqlite(newer, "INSERT INTO grdb_migrations VALUES ('99')")
        #expect(throws: StoreError.newer(path: newer)) { _ = try EventStore(path: newer) }
        #expect(throws: StoreError.self) { _ = try EventStore(path: "/nowhere/at/all.sqlite") }
    }

    @Test("opens after a run that was killed while it made the file, and left SQLite's journal behind")
    func undoesJournal() throws {
        let path = try temporaryFile()
        _ = try python(
            path,
            """
            import os
            if os.fork() == 0:
                c = sqlite3.connect(sys.argv[1], isolation_level=None)
                for statement in "PRAGMA cache_size = 5", "BEGIN", "CREATE TABLE half AS SELECT zeroblob(5000000) AS x":
                    c.execute(statement)
                os.kill(os.getpid(), 9)
            os.wait()
            """)
        #expect(FileManager.default.fileExists(atPath: path + "-journal"))
        let store = try EventStore(path: path)
        try put([event("1")], into: store)
        try store.close()
        #expect(try log(EventStore(path: path)) == [event("1")])
    }

    @Test("is left alone, with nothing made beside it, where it is something else")
    func leavesOthersAlone() throws {
        let path = try temporaryFile()
        _ = try sqlite(path, "CREATE TABLE bookmarks (url TEXT)")
        let before = FileManager.default.contents(atPath: path)
        let others = #expect(throws: StoreError.self) { _ = try EventStore(path: path) }
        #expect(others?.message.contains("another program's database") == true)
        #expect(FileManager.default.contents(atPath: path) == before)
        let folder = (path as NSString).deletingLastPathComponent
        let error = #expect(throws: StoreError.self) { _ = try EventStore(path: folder) }
        #expect(error == .damaged(path: folder, problem: "it is no file"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["viewers.sqlite"])
        #expect(!FileManager.default.fileExists(atPath: folder + "-lock"))
    }
}
