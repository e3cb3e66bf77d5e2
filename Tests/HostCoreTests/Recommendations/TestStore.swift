import HostCore

/// A store that events are run into.
struct TestStore {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop()
    }

    var path: String { workshop.folder + "/viewers.sqlite" }

    /// Adds events: what each has besides the attributes that all have. `start` numbers the first.
    func add(_ events: [String], from start: Int = 0) throws {
        let lines = events.enumerated().map { number, text in
            #"{"specversion":"1.0","id":"\#(start + number)","source":"t","time":"2026-01-01T00:00:00Z",\#(text)}"#
                + "\n"
        }
        _ = try workshop.run(lines.joined(), []) { options in
            options.output = nil
            options.store = path
        }
    }
}
