import HostCore

/// A store that events are run into.
struct TestStore {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop()
    }

    var path: String { workshop.folder + "/viewers.sqlite" }

    /// Adds events: what each has besides the attributes that all have. `start` numbers the first; `time` is that of all.
    func add(_ events: [String], from start: Int = 0, at time: String = "2026-01-01T00:00:00Z") throws {
        let lines = events.enumerated().map { number, text in
            #"{"specversion":"1.0","id":"\#(start + number)","source":"t","time":"\#(time)",\#(text)}"#
                + "\n"
        }
        _ = try workshop.run(lines.joined(), []) { options in
            options.output = nil
            options.store = path
        }
    }

    /// Adds a rating of 5 stars for each of the titles that a viewer likes, by their numbers.
    func addRatings(viewers: Int, titles: Int, _ likes: (_ viewer: Int, _ title: Int) -> Bool) throws {
        var events: [String] = []
        for viewer in 0..<viewers {
            for title in 0..<titles where likes(viewer, title) {
                events.append(
                    #""subject":"v\#(viewer)","type":"rating.given","data":{"title":"t\#(title)","rating":5,"scale":"stars"}"#
                )
            }
        }
        try add(events)
    }
}
