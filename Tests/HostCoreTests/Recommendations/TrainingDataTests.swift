import HostCore
import Models
import Testing

@Suite("What models are trained with")
struct TrainingDataTests {
    @Test("ratings, plays and catalogue of a store come as a row for each viewer who allows it")
    func rows() throws {
        let store = try TestStore()
        try store.add([
            #""type":"title.added","data":{"title_id":"f","title":"The Film","duration_seconds":1000,"genres":["Drama"]}"#,
            #""type":"title.added","data":{"title":"Show: 1","title_id":"s-1","series":"Show","kind":"episode","duration_seconds":600}"#,
            #""subject":"anna","type":"playback.stopped","data":{"title_id":"f","seconds_watched":500}"#,
            #""subject":"anna","type":"playback.stopped","data":{"title":"Show: 1","title_id":"s-1","series":"Show","seconds_watched":600}"#,
            #""subject":"anna","type":"rating.given","data":{"title":"s-1","rating":5,"scale":"stars"}"#,
            #""subject":"ben","type":"rating.given","data":{"title":"The Film","rating":4,"scale":"stars"}"#,
            #""subject":"ben","type":"rating.given","data":{"title":"Elsewhere","rating":1,"scale":"stars"}"#,
            #""subject":"cleo","type":"rating.given","data":{"title":"The Film","rating":5,"scale":"stars"}"#,
            #""subject":"cleo","type":"consent.changed","data":{"purpose":"personalization","granted":false}"#,
        ])
        let data = try TrainingData(store: store.path)
        #expect(data.catalogue.titles.map { $0.key } == ["f", "Show", "Elsewhere"])
        let rows = (0..<data.interactions.viewerCount).map { viewer in
            data.interactions.withRow(viewer) { row in zip(row.titles, row.weights).map { "\($0) \($1)" } }
        }
        #expect(Set(rows) == [["0 0.5", "1 1.5"], ["0 1.0"]])
    }

    @Test("a store's histories are the same whether it was filled at once or bit by bit, by one thread or by two")
    func incremental() throws {
        let events = (0..<400).map { number in
            #""subject":"v\#(number % 7)","type":"playback.stopped","data":{"title":"t\#(number * number % 31)","seconds_watched":\#(number * 13 % 3000)}"#
        }
        let whole = try TestStore()
        try whole.add(events)
        let once = try TrainingData(store: whole.path, jobs: 2)
        let bits = try TestStore()
        var last = once
        for start in stride(from: 0, to: events.count, by: 90) {
            try bits.add(Array(events[start..<min(start + 90, events.count)]), from: start)
            last = try TrainingData(store: bits.path)
        }
        #expect(once.description == last.description)
    }
}

extension TrainingData {
    fileprivate var description: Set<[String]> {
        Set(
            (0..<interactions.viewerCount).map { viewer in
                interactions.withRow(viewer) { row in
                    row.titles.indices.map { "\(catalogue.titles[Int(row.titles[$0])].key) \(row.weights[$0])" }
                        .sorted()
                }
            })
    }
}
