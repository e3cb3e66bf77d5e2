import Events
import Plugins
import TestSupport
import Testing

/// A segment that keeps what it was shown: each event's reference, and the fields of its data that it could see.
private func spy(reads: [String]) -> String {
    segment(
        fold: """
            local names = {}
            for name in pairs(event.data) do table.insert(names, name) end
            table.insert(state, ref .. ":" .. table.concat(names, ","))
            return state
            """,
        member: "return true, table.concat(state, ';')", reads: reads.map { "\"\($0)\"" }.joined(separator: ","))
}

/// A decision or a mark in a viewer's stream.
private enum Will {
    case consent(Bool)
    case privacyControl
    case child
    case adult
}

private struct MadeEvent {
    let text: String
    let time: Int64
    let will: Will?
    let fields: [String]

    init(_ number: Int, _ random: inout SplitMix) {
        time = Int64.random(in: 100...160, using: &random)
        let pool: [(name: String, value: String)] = [
            ("title", #""A""#), ("query", #""b""#), ("seconds_watched", "12"), ("ip", #""192.0.2.1""#),
            ("device", #""tv""#), ("startup_ms", "3"), ("nickname", #""n""#), ("cookie_id", #""c""#),
        ]
        var data = pool.filter { _ in Bool.random(using: &random) }
        var type = ["playback.stopped", "search.made", "page.visited"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            will = .consent(false)
            type = "consent.changed"
            data = [("purpose", #""advertising""#), ("granted", "false")]
        case 1, 2:
            will = .consent(true)
            type = "consent.changed"
            data = [("purpose", #""advertising""#), ("granted", "true")]
        case 3:
            will = .privacyControl
            data.append(("gpc", "true"))
        case 4:
            will = .child
            data.append(("is_kids", "true"))
        case 5, 6:
            will = .adult
            type = "account.updated"
            data = [("is_kids", "false")]
        default: will = nil
        }
        fields = data.map { $0.name }
        let members = data.map { #""\#($0.name)":\#($0.value)"# }.joined(separator: ",")
        text = viewerEvent("\(number)", type: type, time: time, data: "{\(members)}")
    }
}

/// What must hold, told without the gate's own records: from all events up to the end, in the log's order.
private struct Model {
    let events: [MadeEvent]
    let basis: GateRules.Basis

    var isChild: Bool {
        events.reduce(false) { isChild, event in
            switch event.will {
            case .child: true
            case .adult: false
            default: isChild
            }
        }
    }

    /// Decisions with their times; refusals by a browser too.
    var decisions: [(time: Int64, isGranted: Bool)] {
        events.compactMap { event in
            switch event.will {
            case .consent(let isGranted): (event.time, isGranted)
            case .privacyControl: (event.time, false)
            default: nil
            }
        }
    }

    /// The latest decision counts; of two at one time the refusal.
    var isOpen: Bool {
        if isChild { return false }
        let last = decisions.max { $0.time != $1.time ? $0.time < $1.time : $0.isGranted && !$1.isGranted }
        return last?.isGranted ?? (basis == .objection)
    }

    /// Whether an event may be used at the end.
    func allows(_ place: Int) -> Bool {
        let event = events[place]
        let refused = decisions.contains { !$0.isGranted && $0.time >= event.time }
        let granted = basis == .objection || decisions.contains { $0.isGranted && $0.time <= event.time }
        return isOpen && !refused && granted
    }
}

@Suite("The gate")
struct GateTests {
    @Test(
        "lets no plugin see an event or a field that it must not, over random streams, wills and grants",
        arguments: 0..<40)
    func random(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let grants = ["user.behavior", "user.telemetry", "user.device", "data.nickname", "user.device.cookie_id"]
        var seen = 0
        for _ in 0..<40 {
            let reads = grants.filter { _ in Bool.random(using: &random) }
            let basis: GateRules.Basis = Bool.random(using: &random) ? .consent : .objection
            var rules = GateRules()
            rules[.advertising] = basis
            var viewer = KeptViewer(try loadFold(spy(reads: reads)), rules)
            let events = (0..<Int.random(in: 1...30, using: &random)).map { MadeEvent($0, &random) }
            var done = 0
            while done < events.count {
                let count = Int.random(in: 1...(events.count - done), using: &random)
                viewer.fold(events[done..<done + count].map { $0.text }, first: Int64(done))
                done += count
                let model = Model(events: Array(events[..<done]), basis: basis)
                guard let shown = try viewer.reason() else { continue }
                #expect(model.isOpen)
                for part in shown.split(separator: ";") {
                    let pair = part.split(separator: ":", omittingEmptySubsequences: false)
                    let place = try #require(Int(pair[0]))
                    #expect(model.allows(place), "event \(place) of seed \(seed)")
                    for name in pair[1].split(separator: ",") {
                        #expect(Self.isGranted(String(name), reads), "\(name) with \(reads)")
                        #expect(events[place].fields.contains(String(name)))
                    }
                    seen += 1
                }
            }
        }
        #expect(seen > 20)
    }

    private static func isGranted(_ name: String, _ reads: [String]) -> Bool {
        switch name {
        case "title", "seconds_watched", "query": reads.contains("user.behavior")
        case "startup_ms": reads.contains("user.telemetry")
        case "ip", "device": reads.contains("user.device")
        case "cookie_id": reads.contains("user.device") || reads.contains("user.device.cookie_id")
        case "nickname": reads.contains("data.nickname")
        default: false
        }
    }

    @Test("uses all events of a viewer who never refuses")
    func allOfTheWilling() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])), GateRules())
        viewer.fold([consent(true, time: 100)] + (1...5).map { viewerEvent("\($0)", time: 100 + Int64($0)) })
        #expect(try viewer.reason()?.split(separator: ";").count == 6)
    }

    @Test("forgets what was known of a viewer who refuses, and begins anew after a grant")
    func refusalAndGrant() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])))
        viewer.fold([viewerEvent("1", time: 100), viewerEvent("2", time: 110)])
        #expect(try viewer.reason() == "1:;2:")
        viewer.fold([consent(false, time: 120)], first: 3)
        #expect(viewer.hasClosed)
        guard case .refused(.refused(since: 120, by: .viewer)) = try viewer.answer() else {
            Issue.record("not refused")
            return
        }
        viewer.fold([viewerEvent("4", time: 130)], first: 4)
        #expect(viewer.tally.refused == 1)
        // What comes late from the time of the refusal stays unused.
        viewer.fold([consent(true, time: 140), viewerEvent("6", time: 135), viewerEvent("7", time: 141)], first: 5)
        #expect(try viewer.reason() == "5:;7:")
    }

    @Test("takes a consent that comes late for what it was when it was given")
    func lateConsent() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])), GateRules())
        viewer.fold([consent(false, time: 200), consent(true, time: 100), viewerEvent("3", time: 210)])
        guard case .refused = try viewer.answer() else {
            Issue.record("an older grant opened the gate")
            return
        }
        // A refusal between two grants becomes known only after the second one.
        var other = KeptViewer(try loadFold(spy(reads: [])), GateRules())
        other.fold([
            consent(true, time: 100), viewerEvent("2", time: 110), consent(true, time: 200),
            viewerEvent("4", time: 210),
        ])
        #expect(try other.reason() == "1:;2:;3:;4:")
        other.fold([consent(false, time: 150)], first: 5)
        #expect(try other.reason() == nil)
        other.fold([viewerEvent("6", time: 160), viewerEvent("7", time: 220)], first: 6)
        #expect(try other.reason() == "7:")
    }

    @Test("takes Global Privacy Control for a refusal, until a later consent")
    func privacyControl() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])))
        viewer.fold([
            viewerEvent("1", time: 100), viewerEvent("2", type: "page.visited", time: 110, data: #"{"gpc":true}"#),
        ])
        guard case .refused(.refused(since: 110, by: .privacyControl)) = try viewer.answer() else {
            Issue.record("not refused")
            return
        }
        viewer.fold([consent(true, time: 120), viewerEvent("4", time: 121)], first: 3)
        #expect(try viewer.reason() == "3:;4:")
    }

    @Test("keeps children's profiles out, whatever was consented to")
    func children() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])), GateRules())
        viewer.fold([
            consent(true, time: 100), viewerEvent("2", time: 110),
            viewerEvent("3", time: 120, data: #"{"is_kids":true}"#),
        ])
        guard case .refused(.child) = try viewer.answer() else {
            Issue.record("a child is in a segment")
            return
        }
        // Only the account says that it is no child's any more, and then only what follows is used.
        viewer.fold([viewerEvent("4", time: 130, data: #"{"is_kids":false}"#), viewerEvent("5", time: 130)], first: 4)
        guard case .refused(.child) = try viewer.answer() else {
            Issue.record("a playback made a child grow up")
            return
        }
        let adult = viewerEvent("6", type: "account.updated", time: 140, data: #"{"is_kids":false}"#)
        viewer.fold([adult, viewerEvent("7", time: 125), viewerEvent("8", time: 141)], first: 6)
        #expect(try viewer.reason() == "6:;8:")
    }

    @Test("heeds what forbids something also where the event has no time, or a wrong one")
    func timeless() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: [])))
        viewer.fold([viewerEvent("1", time: 100), consent(false, time: nil)], received: 500)
        guard case .refused(.refused(since: 500, by: .viewer)) = try viewer.answer() else {
            Issue.record("a refusal without a time was overlooked")
            return
        }
        // A clock that is ahead cannot grant anything, and its events are not folded.
        viewer.fold(
            [consent(true, time: 4_000_000_000), viewerEvent("4", time: 4_000_000_000)], first: 3, received: 600)
        guard case .refused = try viewer.answer() else {
            Issue.record("a clock in the future opened the gate")
            return
        }
        #expect(viewer.tally.undated == 2)
    }

    @Test(
        "lets no plugin ask for what its purpose forbids",
        arguments: [
            "user.demographic.religious_belief", "user.health_and_medical", "user.payment", "user.childrens",
            "data.is_kids",
            "user.content.private", "data.payment_method",
        ])
    func forbidden(_ name: String) throws {
        #expect(throws: PluginLoadError.manifest(.forbidden(name: name, purpose: .advertising))) {
            try loadFold(segment(fold: "return state", reads: "\"\(name)\""))
        }
    }

    @Test("leaves out what the purpose forbids of a category that covers it")
    func covered() throws {
        var viewer = KeptViewer(try loadFold(spy(reads: ["user"])))
        viewer.fold([viewerEvent(data: #"{"title":"A","is_kids":false,"payment_method":{}}"#)])
        #expect(try viewer.reason() == "1:title")
    }
}
