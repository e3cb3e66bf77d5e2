import Events
import Models
import Testing

@Suite("Recommendations that were shown")
struct ShownRecommendationTests {
    private func event(_ type: String, _ time: Int64, _ data: String) throws -> RecommendationEvent? {
        let event = EventDocument()
        let text = #"{"specversion":"1.0","id":"1","source":"s","subject":"v","type":"\#(type)","data":\#(data)}"#
        return try text.utf8CString.withUnsafeBytes { bytes in
            try event.load(bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), count: bytes.count - 1)
            return RecommendationEvent(EventFields(of: event), at: time)
        }
    }

    /// Events as `s` (shown) or `c` (chosen) with a time and the rest of the data; which of those that were shown were chosen.
    private func chosen(_ list: [(String, Int64, String)]) throws -> [Bool] {
        let events = try list.compactMap { kind, time, data in
            try event("recommendation.\(kind == "s" ? "shown" : "chosen")", time, data)
        }
        return ShownRecommendation.all(in: events).map { $0.isChosen }
    }

    @Test("the last one of its title is followed, once, within a day, whatever the order of the log")
    func matching() throws {
        let (a, b) = (#"{"title_id":"a"}"#, #"{"title_id":"b"}"#)
        #expect(try chosen([("s", 1, a), ("s", 5, a), ("s", 6, b), ("c", 9, a)]) == [false, true, false])
        #expect(try chosen([("c", 9, a), ("s", 5, a), ("c", 10, a)]) == [true])
        #expect(try chosen([("s", 1, a), ("c", 3, a), ("s", 5, a), ("c", 6, a)]) == [true, true])
        #expect(try chosen([("s", 1, a), ("c", 86_401, a), ("s", 1, b), ("c", 86_402, b)]) == [true, false])
        #expect(try chosen([("c", 1, a), ("s", 2, a)]) == [false])
    }

    @Test("what the event says of place, recommender and variant must be so")
    func agreement() throws {
        let one = #"{"title_id":"a","position":1,"recommender":"x","experiment":"e","variant":"p"}"#
        let two = #"{"title_id":"a","position":2,"recommender":"y","experiment":"e","variant":"q"}"#
        for data in [one, #"{"title_id":"a","position":1}"#, #"{"title_id":"a","variant":"p"}"#] {
            #expect(try chosen([("s", 1, one), ("s", 2, two), ("c", 3, data)]) == [true, false])
        }
        #expect(try chosen([("s", 1, one), ("c", 3, #"{"title_id":"a","recommender":"z"}"#)]) == [false])
    }

    @Test("a propensity is above 0 and up to 1, and what names no title is none")
    func fields() throws {
        for (text, value) in [
            ("0.25", 0.25), ("1", 1), ("0", nil), ("1.01", nil), ("-1", nil), ("1e999", nil),
        ] {
            #expect(try event("recommendation.shown", 1, #"{"title":"a","propensity":\#(text)}"#)?.propensity == value)
        }
        let untitled = try event("recommendation.shown", 1, #"{"propensity":1}"#)
        let other = try event("ad.shown", 1, #"{"title_id":"a"}"#)
        #expect(untitled == nil && other == nil)
    }
}
