import Events
import Models
import TestSupport
import Testing

@Suite("What is kept of a viewer for recommendations")
struct ViewerHistoryTests {
    @Test("plays, ratings and recommendations are known by title, an episode by its series")
    func learns() throws {
        var history = ViewerHistory()
        try history.add(#"{"title_id":"a","title":"A","device":"tablet"}"#, "playback.started", at: 100)
        try history.add(
            #"{"title_id":"a","title":"A","position_seconds":600,"seconds_watched":500}"#, "playback.stopped", at: 200)
        try history.add(
            #"{"title":"B: 2","title_id":"b-2","series":"B","seconds_watched":50}"#, "playback.stopped", at: 300)
        try history.add(#"{"title_id":"a","rating":4.5,"scale":"stars"}"#, "rating.given", at: 400)
        try history.add(#"{"title_id":"c"}"#, "recommendation.shown", at: 500)
        try history.add(#"{"title_id":"c"}"#, "recommendation.chosen", at: 510)
        try history.add(#"{"is_kids":true,"maturity_level":"7"}"#, "account.updated", at: 520)

        let film = try #require(history["a"])
        #expect(film.plays == 1 && film.stops == 1 && film.seconds == 500 && film.position == 600 && film.time == 400)
        #expect(film.rating == TitleUse.Rating(value: 4.5, scale: .stars, time: 400) && film.reference == 400)
        let series = try #require(history["B"])
        #expect(series.plays == 1 && series.episode == "b-2" && series.furthest == 50)
        let shown = try #require(history["c"])
        #expect(shown.shown == 1 && shown.shownAt == 500 && shown.chosen == 1)
        #expect(history.profile.device == "tablet" && history.profile.isKids && history.profile.maturityLevel == "7")
    }

    @Test("what a later event has said, an earlier one that comes after it does not change")
    func late() throws {
        var history = ViewerHistory()
        try history.add(#"{"title":"A","rating":5,"scale":"stars"}"#, "rating.given", at: 400)
        try history.add(#"{"title":"A","rating":1,"scale":"stars"}"#, "rating.given", at: 300)
        try history.add(#"{"title":"A","position_seconds":900}"#, "playback.progressed", at: 600)
        try history.add(#"{"title":"A","position_seconds":100}"#, "playback.progressed", at: 500)
        let use = try #require(history["A"])
        #expect(use.rating?.value == 5 && use.position == 900 && use.time == 600)
    }

    @Test("a history comes back from its bytes as it was", arguments: 0..<40)
    func bytes(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let history = try randomHistory(&random)
        var output = ByteBuffer()
        history.write(into: &output)
        #expect(ViewerHistory(output.rawBytes) == history)
    }

    @Test("damaged bytes are refused or read as something, and never end the process", arguments: 0..<40)
    func damaged(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed) + 1000)
        var output = ByteBuffer()
        try randomHistory(&random).write(into: &output)
        let whole = Array(output.rawBytes)
        for _ in 0..<200 {
            var bytes = whole
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = bytes.withUnsafeBytes { ViewerHistory($0) }
        }
    }

    @Test("the titles that were not touched for longest are forgotten first")
    func forgets() throws {
        var history = ViewerHistory()
        for number in 0...ViewerHistory.mostTitles {
            try history.add(#"{"title":"title \#(number)"}"#, "playback.started", at: Int64(number))
        }
        #expect(history.titles.count == ViewerHistory.mostTitles * 9 / 10)
        #expect(history["title 0"] == nil && history["title \(ViewerHistory.mostTitles)"] != nil)
    }

    private func randomHistory(_ random: inout SplitMix) throws -> ViewerHistory {
        var history = ViewerHistory()
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            let type = try #require(ViewerHistory.types.randomElement(using: &random))
            let title = Int.random(in: 0...9, using: &random)
            let seconds = Int.random(in: 0...9000, using: &random)
            let series = title < 3 ? "S\(title)" : ""
            let data = #"""
                {"title_id":"t\#(title)","series":"\#(series)","device":"tv \#(title)",
                 "position_seconds":\#(seconds),"seconds_watched":\#(seconds / 2),"rating":\#(Double(title) / 2),
                 "scale":"\#(["stars", "thumbs", "interest", "?"][title % 4])","language":"en","country":"CZ"}
                """#
            try history.add(data, type, at: Int64.random(in: -5...2_000_000_000, using: &random))
        }
        return history
    }
}

@Suite("How strongly a title was taken up")
struct InterestTests {
    @Test(
        "a rating says most, and then the share that was watched",
        arguments: [
            (#"{"rating":5,"scale":"stars"}"#, "rating.given", 1.5),
            (#"{"rating":4,"scale":"stars"}"#, "rating.given", 1),
            (#"{"rating":3.5,"scale":"stars"}"#, "rating.given", 0.5),
            (#"{"rating":2,"scale":"stars"}"#, "rating.given", 0),
            (#"{"rating":1,"scale":"thumbs"}"#, "rating.given", 0),
            (#"{"rating":2,"scale":"thumbs"}"#, "rating.given", 1),
            (#"{"rating":1,"scale":"interest"}"#, "rating.given", 0.5), (#"{}"#, "playback.started", 1),
            (#"{"seconds_watched":60}"#, "playback.stopped", 0), (#"{"seconds_watched":500}"#, "playback.stopped", 0.5),
            (#"{"seconds_watched":5000}"#, "playback.stopped", 1), (#"{}"#, "recommendation.chosen", 0),
        ])
    func interest(data: String, type: String, weight: Float) throws {
        var history = ViewerHistory()
        try history.add(data.replacing("{", with: #"{"title":"A","#).replacing(",}", with: "}"), type, at: 1)
        #expect(history["A"]?.interest(duration: 1000) == weight)
    }
}

extension ViewerHistory {
    fileprivate mutating func add(_ data: String, _ type: String, at time: Int64) throws {
        let event = EventDocument()
        let text = #"{"specversion":"1.0","id":"1","source":"s","subject":"v","type":"\#(type)","data":\#(data)}"#
        try text.utf8CString.withUnsafeBytes { bytes in
            try event.load(bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), count: bytes.count - 1)
            add(EventFields(of: event), at: time, reference: time)
        }
    }
}
