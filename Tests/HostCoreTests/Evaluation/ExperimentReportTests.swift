import HostCore
import Models
import Testing

@Suite("What an experiment found")
struct ExperimentReportTests {
    /// Shows a title to a viewer for the experiment "rows", and follows it where `isChosen`.
    private func shown(_ viewer: String, _ title: String, _ variant: String, isChosen: Bool) -> [String] {
        let head = #""subject":"\#(viewer)","type":"recommendation."#
        let data = #"{"title_id":"\#(title)","experiment":"rows","variant":"\#(variant)"}"#
        let events = [head + #"shown","data":\#(data)"#]
        return isChosen ? events + [head + #"chosen","data":{"title_id":"\#(title)"}"#] : events
    }

    @Test("of viewers who saw one variant each, the rates differ by what the interval says")
    func split() throws {
        let store = try TestStore()
        var events = shown("mixed", "t1", "a", isChosen: true) + shown("mixed", "t2", "b", isChosen: true)
        for viewer in 0..<80 {
            // Of five titles one or two, and in the other variant one more.
            let variant = viewer % 2 == 0 ? "a" : "b"
            let chosen = viewer % 2 + 1 + viewer % 3 / 2
            for title in 0..<5 { events += shown("v\(viewer)", "t\(title)", variant, isChosen: title < chosen) }
        }
        try store.add(events)
        let report = try ExperimentReport(store: store.path, experiment: "rows", .split)
        #expect(report.variants.map { $0.name } == ["a", "b"] && report.mixedViewers == 1)
        #expect(report.variants.map { $0.viewers } == [40, 40] && report.variants.map { $0.shown } == [200, 200])
        let difference = try #require(report.variants[1].difference)
        #expect(abs(difference.mean - 0.2) < 0.02 && difference.low > 0.1 && difference.high < 0.3)
        #expect(report.variants[0].difference == nil && report.preference == nil)
        #expect(report.sampleRatio?.isMismatch == false)
        let other = try ExperimentReport(store: store.path, experiment: "rows", .split, control: "b")
        #expect(other.variants.map { $0.name } == ["b", "a"] && other.variants[1].difference?.high ?? 0 < -0.1)
        #expect(report.table.contains("1 viewer saw more than one variant"))
    }

    @Test("where one variant lost viewers, the report warns, and says so for the plan that was given")
    func mismatch() throws {
        let store = try TestStore()
        var events: [String] = []
        for viewer in 0..<200 { events += shown("v\(viewer)", "t1", viewer % 4 == 0 ? "a" : "b", isChosen: false) }
        try store.add(events)
        let report = try ExperimentReport(store: store.path, experiment: "rows", .split)
        #expect(report.sampleRatio?.isMismatch == true && report.sampleRatio?.counts == [50, 150])
        #expect(report.table.contains("WARNING: sample ratio mismatch (p < 0.0001): 50.0 % and 50.0 % of the viewers"))
        let planned = try ExperimentReport(
            store: store.path, experiment: "rows", .split, control: "b", planned: ["a": 1, "b": 3])
        #expect(planned.sampleRatio == SampleRatioTest([150, 50], weights: [3, 1]))
        #expect(planned.table.contains("viewers are split as planned (p = 1.0000)"))
        let missing = try ExperimentReport(
            store: store.path, experiment: "rows", .split, planned: ["a": 1, "b": 3, "c": 1])
        #expect(missing.variants.map { $0.viewers } == [50, 150, 0] && missing.sampleRatio?.isMismatch == true)
        for weights in [["a": 1.0], ["a": 1, "b": 0], ["a": 1, "b": .infinity]] {
            #expect(throws: HostError.self) {
                try ExperimentReport(store: store.path, experiment: "rows", .split, planned: weights)
            }
        }
    }

    @Test("of viewers who saw both variants in one list, who prefers which counts")
    func interleaved() throws {
        let store = try TestStore()
        var events: [String] = []
        for viewer in 0..<30 {
            events += shown("v\(viewer)", "t1", "a", isChosen: viewer < 3)
            events += shown("v\(viewer)", "t2", "b", isChosen: viewer >= 3 && viewer < 21)
        }
        try store.add(events)
        let report = try ExperimentReport(store: store.path, experiment: "rows", .interleaved)
        #expect(report.preference == SignTest(wins: 3, losses: 18))
        #expect(report.variants.map { $0.preferredBy } == [3, 18] && report.mixedViewers == 0)
        #expect(report.sampleRatio == nil)
    }

    @Test("viewers who refuse personalization are not counted")
    func excluded() throws {
        let store = try TestStore()
        let refusal =
            #""subject":"no","type":"consent.changed","data":{"purpose":"personalization","granted":false}"#
        try store.add(
            shown("no", "t1", "a", isChosen: true) + [refusal] + shown("v", "t1", "a", isChosen: false)
                + shown("w", "t1", "b", isChosen: true))
        let report = try ExperimentReport(store: store.path, experiment: "rows", .split)
        #expect(report.variants.map { $0.viewers } == [1, 1] && report.variants.map { $0.chosen } == [0, 1])
    }

    @Test("an experiment that is not there is said to be so, with those that are")
    func missing() throws {
        let store = try TestStore()
        try store.add(shown("v", "t1", "a", isChosen: false))
        #expect {
            try ExperimentReport(store: store.path, experiment: "other", .split)
        } throws: { error in
            (error as? HostError)?.message.contains("the store has rows") == true
        }
        #expect(throws: HostError.self) {
            try ExperimentReport(store: store.path, experiment: "rows", .interleaved)
        }
        #expect(throws: HostError.self) {
            try ExperimentReport(store: store.path, experiment: "rows", .split, control: "z")
        }
    }
}
