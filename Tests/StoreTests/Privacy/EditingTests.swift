import Foundation
import Store
import TestSupport
import Testing

@Suite("A change of what is stored")
struct EditingTests {
    @Test("of some data changes what is there, and nothing else")
    func edits() throws {
        let place = try Place()
        var store = try place.open()
        try put(events(300), into: store)
        var seen = 0
        let viewers = [store.viewer(named: "anna"), store.viewer(named: "mia")]
        let edits = try store.edit(eventsOf: viewers) { stored in
            seen += 1
            let text = String(decoding: stored.body, as: UTF8.self)
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
        let all = try store.edit { _ in .remove }
        #expect(all.log.removed == 300)
        #expect(
            try store.removeEmptyViewers(among: Set(["anna", "mia", "petr"].map { store.viewer(named: $0) }), at: 1)
                == 3)
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
        let edits = try store.edit(eventsOf: [store.viewer(named: "anna")]) { stored in
            #expect(stored.received == came[0] && stored.position == 0)
            let text = String(decoding: stored.body, as: UTF8.self)
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
        #expect(try store.edit { _ in .remove }.quarantine == EditCounts(removed: 3))
        #expect(try store.counts().quarantined == 0)
    }

    @Test("of who is who counts from then on")
    func editsIdentities() throws {
        let place = try Place()
        let store = try place.open()
        try put(
            [
                event("1", subject: "anna", type: "viewer.merged", data: #"{"from":"petr"}"#),
                event("2", subject: "mia", type: "viewer.merged", data: #"{"from":"eva"}"#),
                event("3", subject: "anna", type: "title.added", data: #"{"title_id":"t","title":"Mine"}"#),
            ], into: store)
        #expect(try store.counts().titles == 0, "what is a viewer's is not of the catalogue of all")
        _ = try store.edit { stored in
            let text = String(decoding: stored.body, as: UTF8.self)
            if text.contains("eva") { return .remove }
            return text.contains("petr") ? .replace(Array(text.replacing("petr", with: "ivan").utf8)) : .keep
        }
        let record = try #require(try store.identityRecords().first)
        #expect(record.position == 1 && record.isMerge && record.viewer == store.viewer(named: "anna"))
        #expect(try record.other == store.viewer(named: "ivan") && store.identityRecords().count == 1)
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
        _ = try store.edit(eventsOf: [anna]) { _ in .keep }
        #expect(try store.folds()[0].position == 30 && store.folds()[0].audience == 201)
        _ = try store.edit(eventsOf: [anna]) { stored in
            String(decoding: stored.body, as: UTF8.self).contains("secret-0\"") ? .remove : .keep
        }
        let begun = try store.folds()[0]
        #expect(begun.position == 0 && begun.number == fold.number && begun.publishedAt == 1)
        let rest = try store.audience(of: begun)
        #expect(rest.count == 191 && !rest.contains(anna), "some go with her")
        try store.publish(members.filter { $0 != anna }, of: begun, minimum: 50, at: 2)
        #expect(try store.audience(of: begun) == rest, "who comes and goes is not one viewer")
        _ = try store.edit { _ in .remove }
        #expect(try store.audience(of: begun) == rest, "until the next edition")
    }
}
