import Foundation
import TestSupport
import Testing

/// Viewers who watch: each some of the titles, an hour each.
private struct Workplace {
    let folder: URL

    init(viewers: Int = 400, events: [String] = []) throws {
        folder = try temporaryFolder()
        let titles = ["a", "b"].map { id in
            event(
                "t-\(id)", nil, type: "title.added",
                data: #"{"title_id":"\#(id)","title":"\#(id)","genres":["g\#(id)"]}"#)
        }
        let plays = (0..<viewers).flatMap { viewer in
            ["a", "b"].prefix(1 + viewer % 2).map { title in
                event(
                    "\(viewer)-\(title)", "v\(viewer)",
                    data: #"{"title_id":"\#(title)","seconds_watched":3600,"country":"DE"}"#)
            }
        }
        try store(titles + plays + events)
    }

    func store(_ events: [String]) throws {
        try Data((events.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "events.ndjson"))
        let outcome = try shell("host run events.ndjson --no-plugins --store s.sqlite --quiet", in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    func statistics(_ options: String) throws -> Outcome {
        try shell("host privacy statistics --store s.sqlite \(options)", in: folder)
    }

    func budget(_ options: String = "--epsilon 100 --delta 1e-4") throws {
        let outcome = try statistics("--budget \(options)")
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    func object(_ options: String) throws -> [String: Any] {
        let outcome = try statistics("\(options) --json")
        #expect(outcome.code == 0, "\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(object as? [String: Any])
    }

    /// The numbers of a release by its rows' values.
    func numbers(_ options: String, _ column: String = "viewers") throws -> [String: Double] {
        let rows = try #require(try object(options)["rows"] as? [[String: Any]])
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let values = try #require(row["values"] as? [String])
                return (values.joined(separator: "|"), try #require(row[column] as? Double))
            })
    }

    func releases() throws -> [[String: Any]] {
        try #require(try object("--budget")["releases"] as? [[String: Any]])
    }
}

private func event(_ id: String, _ subject: String?, type: String = "playback.stopped", data: String) -> String {
    let subject = subject.map { #""subject":"\#($0)","# } ?? ""
    return
        #"{"specversion":"1.0","id":"\#(id)","source":"test","type":"\#(type)",\#(subject)"time":"2026-02-01T20:00:00Z","data":\#(data)}"#
}

private func consent(_ id: String, _ subject: String, purpose: String) -> String {
    event(id, subject, type: "consent.changed", data: #"{"purpose":"\#(purpose)","granted":false}"#)
}

/// A cost of 20 has noise of less than 1 nearly always.
private let exact = "--epsilon 20 --delta 1e-5"

@Suite("host privacy statistics")
struct PrivacyStatisticsTests {
    @Test("counts viewers, events, sums and means, with noise")
    func measures() throws {
        let work = try Workplace()
        try work.budget("--epsilon 100 --delta 1e-3")
        func near(_ number: Double?, _ expected: Double, _ tolerance: Double) {
            #expect(number.map { abs($0 - expected) <= tolerance } ?? false, "\(number ?? .nan) for \(expected)")
        }
        let viewers = try work.numbers("--by title_id --types playback.stopped --groups-per-viewer 2 \(exact)")
        near(viewers["a"], 400, 6)
        near(viewers["b"], 200, 6)
        let genres = try work.numbers(
            "--by genre --groups-per-viewer 2 --count events --max-per-viewer 3 \(exact)", "number")
        near(genres["ga"], 400, 40)
        let sum = try work.numbers("--sum seconds_watched --max-per-viewer 7200 --epsilon 20", "number")
        near(sum[""], 600 * 3600, 7200 * 20)
        let mean = try work.numbers("--mean seconds_watched --max-per-viewer 7200 --epsilon 20", "number")
        near(mean[""], 3600, 400)
    }

    @Test("cuts off what a viewer does more than the bounds allow")
    func bounds() throws {
        let plays = (0..<500).map { event("x\($0)", "v0", data: #"{"title_id":"a","seconds_watched":36000}"#) }
        let work = try Workplace(viewers: 100, events: plays)
        try work.budget()
        let events = try work.numbers("--count events --max-per-viewer 2 --epsilon 20", "number")
        #expect(abs((events[""] ?? 0) - 151) <= 8)
        let sum = try work.numbers("--sum seconds_watched --max-per-viewer 3600 --epsilon 20", "number")
        #expect(abs((sum[""] ?? 0) - 360_000) <= 3600 * 4)
    }

    @Test("leaves out viewers who objected, and their events from before")
    func gate() throws {
        let refusals = (0..<300).map { number in
            consent("no\(number)", "v\(number)", purpose: "quality")
        }
        let others = (0..<400).map { number in
            consent("ad\(number)", "v\(number)", purpose: "advertising")
        }
        let work = try Workplace(events: refusals + others)
        try work.budget()
        #expect(abs(try #require(try work.numbers("--types playback.stopped --epsilon 20")[""]) - 100) <= 6)
    }

    @Test("shows no group that few viewers are in, and no key that one has alone")
    func selection() throws {
        let work = try Workplace(events: [event("only", "v1", data: #"{"title_id":"only-anna-knows","country":"XX"}"#)])
        try work.budget("--epsilon 20 --delta 1e-3")
        for _ in 0..<5 {
            let output = try work.statistics(
                "--by title_id --types playback.stopped --groups-per-viewer 2 --epsilon 1 --delta 1e-9")
            #expect(output.output.contains("are not shown"))
            #expect(!output.output.contains("only-anna"))
        }
    }

    @Test("shows all groups that were known beforehand, also those in which nobody is, and needs no delta")
    func knownGroups() throws {
        let work = try Workplace()
        try work.budget("--epsilon 50")
        let named = try work.numbers("--by country --value DE --value ZZ --epsilon 20")
        #expect(Set(named.keys) == ["DE", "ZZ"])
        #expect(abs((named["ZZ"] ?? 99)) <= 6)
        #expect(try work.numbers("--by hour --groups-per-viewer 1 --epsilon 20").count == 24)
    }

    @Test("is refused beyond the budget, with what is spent and left, and then spends nothing")
    func budget() throws {
        let work = try Workplace(viewers: 20)
        let none = try work.statistics("--epsilon 1")
        #expect(none.code == 1 && none.errors.contains("no privacy budget is stated") && none.output.isEmpty)
        try work.budget("--epsilon 1")
        #expect(try work.statistics("--epsilon 0.7").code == 0)
        let refused = try work.statistics("--epsilon 0.4")
        #expect(refused.code == 1 && refused.output.isEmpty)
        #expect(
            refused.errors.contains(
                "it costs epsilon 0.4 and delta 0; of epsilon 1 and delta 0, by addition, epsilon 0.7 and delta 0 are spent, and "
                    + "epsilon 0.3 and delta 0 are left"))
        #expect(try work.releases().count == 1)
        #expect(try work.statistics("--epsilon 0.3").code == 0)
        #expect(try work.statistics("--epsilon 0.000001").code == 1)
    }

    @Test("costs nothing in a dry run, which says what it would cost")
    func dryRun() throws {
        let work = try Workplace(viewers: 20)
        try work.budget("--epsilon 1 --delta 1e-6 --accounting zcdp")
        let run = try work.statistics("--by country --dry-run --epsilon 0.2 --delta 1e-7")
        #expect(run.code == 0 && run.output.contains("nothing is released"))
        #expect(run.output.contains("standard deviation"))
        #expect(try work.statistics("--dry-run --epsilon 20").output.contains("the privacy budget does not allow it"))
        #expect(try work.releases().isEmpty)
    }

    @Test("charges before it shows: whenever it is killed, no numbers are out that are not paid for")
    func kill() throws {
        let work = try Workplace(viewers: 300)
        try work.budget()
        var shown = 0
        for delay in 0..<24 {
            let command = "host privacy statistics --store s.sqlite --epsilon 1 --csv"
            let run = try shell(
                "timeout -s KILL \(Double(delay) * 0.01 + 0.01) \(command) || true", in: work.folder)
            if run.output.contains("\r\n") { shown += 1 }
        }
        #expect(try work.releases().count >= shown)
        // What a kill left behind does not keep the next one from working.
        #expect(try work.statistics("--epsilon 1").code == 0)
    }

    @Test(
        "says what is wrong with what was asked",
        arguments: [
            ("--epsilon 0", "epsilon must be a number from 0.000001 to 20"),
            ("--epsilon -1", ""),
            ("--epsilon=-1", "epsilon must be"),
            ("--epsilon nan", "epsilon must be"),
            ("--epsilon inf", "epsilon must be"),
            ("--epsilon 1e300", "epsilon must be"),
            ("--epsilon 21", "epsilon must be"),
            ("", "--epsilon is missing"),
            ("--epsilon 1 --delta 1", "delta must be"),
            ("--epsilon 1 --delta nan", "delta must be"),
            ("--epsilon 1 --mechanism gaussian", "Gaussian noise needs a delta"),
            ("--epsilon 1 --mechanism cauchy", "there is no mechanism 'cauchy'"),
            ("--epsilon 1 --by country", "needs a delta"),
            ("--epsilon 1 --by nothing", "has a field 'nothing'"),
            ("--epsilon 1 --by country --types playback", "no type of events"),
            ("--epsilon 1 --by ip", "may point to one viewer"),
            ("--epsilon 1 --by device_id", "may point to one viewer"),
            ("--epsilon 1 --by profile", "may point to one viewer"),
            ("--epsilon 1 --by email", "may point to one viewer"),
            ("--epsilon 1 --by text", "may point to one viewer"),
            ("--epsilon 1 --by traces --by traces", ""),
            ("--epsilon 1 --sum country --max-per-viewer 3", "'country' is no number"),
            ("--epsilon 1 --sum seconds_watched", "--max-per-viewer"),
            ("--epsilon 1 --count events", "--max-per-viewer"),
            ("--epsilon 1 --sum seconds_watched --max-per-viewer 0", "must be from 0.000001"),
            ("--epsilon 1 --sum seconds_watched --count events", "exclude each other"),
            ("--epsilon 1 --groups-per-viewer 0 --by hour", "1 to 1000 groups"),
            ("--epsilon 1 --value DE", "values are named for one --by"),
            ("--epsilon 1 --by country --value DE --value DE", "named twice"),
            ("--epsilon 1 --since 2026-03-01T00:00:00Z --until 2026-02-01T00:00:00Z", "no time is from"),
            ("--budget --epsilon 0", "epsilon must be a number from 0.000001 to 100"),
            ("--budget --epsilon 3 --accounting zcdp", "needs a delta"),
            ("--budget --epsilon 3 --accounting x", "no accounting"),
            ("--budget --epsilon 3 --by country", "--budget is for itself"),
        ])
    func usage(_ options: String, _ message: String) throws {
        let folder = try temporaryFolder()
        try Data().write(to: folder.appending(path: "e.ndjson"))
        #expect(try shell("host run e.ndjson --no-plugins --store s.sqlite --quiet", in: folder).code == 0)
        let outcome = try shell("host privacy statistics --store s.sqlite \(options)", in: folder)
        #expect(outcome.code == 2 && outcome.errors.contains(message), "\(options): \(outcome.code) \(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("answers for an empty store and for one viewer, who is not told from nobody")
    func small() throws {
        let folder = try temporaryFolder()
        try Data().write(to: folder.appending(path: "e.ndjson"))
        #expect(try shell("host run e.ndjson --no-plugins --store s.sqlite --quiet", in: folder).code == 0)
        let none = try shell("host privacy statistics --store none.sqlite --epsilon 1", in: folder)
        #expect(none.code == 2 && none.errors.contains("there is no store none.sqlite"))
        let budget = try shell(
            "host privacy statistics --store s.sqlite --budget --epsilon 100 --delta 1e-3", in: folder)
        #expect(budget.code == 0, "\(budget.errors)")
        let empty = try shell(
            "host privacy statistics --store s.sqlite --by title_id --epsilon 1 --delta 1e-9 --csv", in: folder)
        #expect(empty.code == 0 && empty.output == "title_id,viewers,viewers_half_width_95\r\n")
        let work = try Workplace(viewers: 1)
        try work.budget()
        let one = try work.statistics("--by title_id --epsilon 1 --delta 1e-9 --csv")
        #expect(one.code == 0 && one.output == empty.output)
        #expect(try abs(#require(work.numbers("--epsilon 1")[""])) < 60)
    }

    @Test("adds noise that differs from one release to the next")
    func noise() throws {
        let work = try Workplace()
        try work.budget()
        let counts = try (0..<8).map { _ in try work.numbers("--epsilon 0.1 --types playback.stopped")[""] ?? 0 }
        #expect(Set(counts).count > 4)
        #expect(counts.allSatisfy { abs($0 - 400) < 300 })
    }
}
