import Foundation
import Store
import TestSupport
import Testing

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
            // A row of the keys' is called "secret", and random bytes come behind that.
            for text in ["\"secret-", "saw secret-", "anna", "id-12"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
            }
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
        let petr = store.viewer(named: "petr")
        let error = #expect(throws: StoreError.self) { try texts(store, of: "petr") }
        #expect(error == .keyLost(viewer: petr, path: keys))
        // The others can be read; and what comes of the viewer waits until the key is back, or all of the viewer is gone.
        #expect(try log(store) == [event("1", subject: "anna")])
        #expect(try store.lostViewers() == 1)
        let refusal = #expect(throws: StoreError.self) { try put([event("3", subject: "petr")], into: store) }
        #expect(refusal == .keyLost(viewer: petr, path: keys))
        #expect(try store.counts().events == 2)
        #expect(try store.erase([petr], at: 1).events == 1)
        #expect(try store.counts().events == 1 && store.lostViewers() == 0)
        #expect(try store.readmit(petr))
        #expect(try put([event("2", subject: "petr"), event("3", subject: "petr")], into: store).inserted == 2)
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
