import Events
import Privacy
import Testing

private func event(_ type: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"1","source":"s","type":"\#(type)","subject":"anna","time":"2026-01-01T00:00:00Z","data":\#(data)}"#
}

private func outcome(_ text: String, _ isWanted: @escaping (DataCategory, Int64) -> Bool) -> DataRemoval.Outcome {
    let removal = DataRemoval(where: isWanted)
    return Array(text.utf8).withUnsafeBytes { removal.apply(to: $0, received: 1_800_000_000) }
}

@Suite("The removal of data from an event")
struct RemovalTests {
    private let account = event("account.updated", #"{"email":"a@b.example","name":"Anna","note":[1.0,null]}"#)

    @Test("takes out the fields of the categories, and leaves the rest byte by byte")
    func removes() {
        let changed = outcome(account) { category, _ in category.isWithin(.userContact) }
        #expect(changed == .changed(Array(event("account.updated", #"{"name":"Anna","note":[1.0,null]}"#).utf8)))
        #expect(outcome(account) { category, _ in category.isWithin(.userDevice) } == .unchanged)
    }

    @Test("is told the event's time, and when it came where it has none")
    func hasTime() {
        var times: Set<Int64> = []
        _ = outcome(account) { _, time in
            times.insert(time)
            return false
        }
        #expect(times == [1_767_225_600])
        times = []
        _ = outcome(account.replacing(#""time":"2026-01-01T00:00:00Z","#, with: "")) { _, time in
            times.insert(time)
            return false
        }
        #expect(times == [1_800_000_000])
    }

    @Test("empties an event that has nothing else of the viewer")
    func empties() {
        let session = event("session.started", #"{"ip":"192.0.2.1"}"#)
        #expect(outcome(session) { category, _ in category == .userDeviceIPAddress } == .emptied)
        #expect(outcome(account) { _, _ in true } == .emptied)
        #expect(outcome(event("session.started", "{}")) { category, _ in category.isWithin(.user) } == .emptied)
        #expect(outcome(event("session.started", "{}")) { category, _ in category == .userDevice } == .unchanged)
        // What the catalogue does not know may say anything of the viewer.
        let unknown = event("session.started", #"{"ip":"192.0.2.1","mood":"good"}"#)
        #expect(
            outcome(unknown) { category, _ in category == .userDeviceIPAddress }
                == .changed(Array(event("session.started", #"{"mood":"good"}"#).utf8)))
    }

    @Test("takes out attributes that CloudEvents does not know, and data that are no object")
    func removesAttributes() {
        let extended = account.replacing(
            #""subject""#, with: #""datacontenttype":"application/json","userip":"192.0.2.1","subject""#)
        #expect(
            outcome(extended) { category, _ in category == .unclassified }
                == .changed(
                    Array(
                        extended.replacing(#""userip":"192.0.2.1","#, with: "")
                            .replacing(#","note":[1.0,null]"#, with: "").utf8)))
        let text = event("other.thing", #""192.0.2.1""#)
        #expect(outcome(text) { category, _ in category == .unclassified } == .emptied)
        #expect(outcome(text) { category, _ in category.isWithin(.user) } == .unchanged)
        let empty = extended.replacing(#""userip":"192.0.2.1","#, with: "")
        #expect(outcome(empty) { category, _ in category.isWithin(.user) || category == .unclassified } == .emptied)
    }

    @Test("leaves the viewer's will where it is told to, and says where nothing else is left")
    func keepsWill() {
        let removal = DataRemoval { _, _ in true }
        func apply(_ text: String, keepsWill: Bool) -> DataRemoval.Outcome {
            Array(text.utf8).withUnsafeBytes { removal.apply(to: $0, received: 0, keepsWill: keepsWill) }
        }
        let signals = [
            ("consent.changed", #"{"purpose":"advertising","granted":false}"#),
            ("session.started", #"{"gpc":true}"#), ("profile.created", #"{"is_kids":true}"#),
            ("viewer.merged", #"{"from":"petr"}"#), ("viewer.split", #"{"from":"petr"}"#),
        ]
        for (type, data) in signals {
            #expect(apply(event(type, data), keepsWill: false) == .emptied, "\(type)")
            #expect(apply(event(type, data), keepsWill: true) == .unchanged && removal.leavesWillAlone, "\(type)")
            let more = event(type, data.replacing("}", with: #","x":1}"#))
            #expect(apply(more, keepsWill: true) == .changed(Array(event(type, data).utf8)), "\(type)")
        }
        #expect(apply(event("session.started", #"{"purpose":"x"}"#), keepsWill: true) == .emptied)
        let kept = DataRemoval { _, _ in false }
        _ = Array(account.utf8).withUnsafeBytes { kept.apply(to: $0, received: 0) }
        #expect(!kept.leavesWillAlone)
    }
}

@Suite("A rectification")
struct RectificationTests {
    private let account = event("account.updated", #"{"email":"a@b.example","is_kids":false}"#)

    private func outcome(_ field: String, from wrong: String? = nil, to right: String) -> Rectification.Outcome {
        let rectification = Rectification(field: field, from: wrong, to: right)
        return Array(account.utf8).withUnsafeBytes { rectification.apply(to: $0) }
    }

    @Test("puts the right value where the wrong one stands, of the kind that the field has")
    func rectifies() {
        let right = event("account.updated", #"{"email":"c@d.example","is_kids":false}"#)
        #expect(outcome("email", to: "c@d.example") == .changed(Array(right.utf8)))
        #expect(outcome("email", from: "a@b.example", to: "c@d.example") == .changed(Array(right.utf8)))
        #expect(outcome("email", from: "x@b.example", to: "c@d.example") == .unchanged)
        #expect(outcome("phone", to: "1") == .unchanged)
        #expect(outcome("email", to: "a@b.example") == .unchanged, "it is right")
        let child = event("account.updated", #"{"email":"a@b.example","is_kids":true}"#)
        #expect(outcome("is_kids", from: "false", to: "true") == .changed(Array(child.utf8)))
    }

    @Test("refuses a value that the field does not take")
    func refuses() {
        for value in ["maybe", "\"yes\"", "[", ""] {
            guard case .refused = outcome("is_kids", to: value) else {
                Issue.record("\(value)")
                continue
            }
        }
    }
}
