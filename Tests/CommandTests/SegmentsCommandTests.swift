import Foundation
import TestSupport
import Testing

/// Segments that are small enough to be told in a line, and lenient enough to have members among few viewers.
private let plays = """
    return { kind = "segment", name = "plays", version = "1.0.0", taxonomy = "706", events = { "playback.stopped" },
      start = function() return { n = 0 } end,
      fold = function(state, event, at, ref) state.n = state.n + 1 state.r = math.max(state.r or 0, ref) return state end,
      member = function(state, now) return state.n >= 3, ("stopped %d times"):format(state.n), { state.r } end }
    """

private struct Workplace {
    let folder: URL

    init(plugins: [String: String] = ["plays": plays]) throws {
        folder = try temporaryFolder()
        for (name, text) in plugins { try write("\(name).lua", text) }
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @discardableResult
    func host(_ line: String) throws -> Outcome {
        try shell("host \(line)", in: folder)
    }

    /// Puts events into the store, which every plugin in the folder then folds.
    func store(_ events: [String], _ store: String = "s.sqlite") throws {
        try write("events.ndjson", events.joined(separator: "\n") + "\n")
        let outcome = try host("run events.ndjson --no-plugins --store \(store) --quiet")
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    func members(_ name: String = "plays", options: String = "--plugin plays.lua") throws -> Set<String> {
        let outcome = try host("segments members \(name) --store s.sqlite \(options)")
        #expect(outcome.code == 0, "\(outcome.errors)")
        return Set(outcome.output.split(separator: "\n").map { String($0) })
    }

    func update() throws {
        #expect(try host("segments update --store s.sqlite --plugin plays.lua").code == 0)
    }

    func explanation(_ viewer: String, _ name: String = "plays") throws -> String {
        try host("segments explain \(name) \(viewer) --store s.sqlite --plugin \(name).lua").output
    }
}

private func event(
    _ id: String, _ subject: String, type: String = "playback.stopped", second: Int = 0, data: String = "{}"
) -> String {
    let time = String(format: "2026-02-01T20:%02d:%02dZ", second / 60 % 60, second % 60)
    return
        #"{"specversion":"1.0","id":"\#(id)","source":"test","type":"\#(type)","subject":"\#(subject)","time":"\#(time)","data":\#(data)}"#
}

private func consent(_ subject: String, _ isGranted: Bool, second: Int = 0) -> String {
    event(
        "consent-\(subject)-\(second)", subject, type: "consent.changed", second: second,
        data: #"{"purpose":"advertising","granted":\#(isGranted)}"#)
}

/// Viewers who consent and stop three plays each.
private func willing(_ range: Range<Int>, plays: Int = 3) -> [String] {
    range.flatMap { number in
        [consent("v\(number)", true)] + (0..<plays).map { event("\(number)-\($0)", "v\(number)", second: 1 + $0) }
    }
}

@Suite("host segments")
struct SegmentsCommandTests {
    @Test("shows nobody of a segment with fewer than fifty viewers, nor how many there are")
    func minimumAudience() throws {
        let work = try Workplace()
        try work.store(willing(0..<49))
        let list = try work.host("segments --store s.sqlite --plugin plays.lua")
        #expect(list.output.contains("fewer than 50 viewers"))
        #expect(!list.output.contains("49"))
        #expect(try work.members().isEmpty)
        #expect(try work.host("segments for v1 --store s.sqlite --plugin plays.lua").output.contains("no segment"))
        #expect(try work.explanation("v1").contains("not used for ads"))
        try work.store(willing(49..<50))
        try work.update()
        #expect(try work.members().count == 50)
        #expect(try work.host("segments --store s.sqlite --plugin plays.lua").output.contains("50 viewers"))
        #expect(
            try work.host("segments for v1 --store s.sqlite --plugin plays.lua").output.contains(
                "plays 1.0.0 (706 Interest | Television): stopped 3 times, until 2026-02-08T20:00:03Z"))
    }

    @Test("changes an audience by nobody, or by ten at the least")
    func editions() throws {
        let work = try Workplace()
        try work.store(willing(0..<60))
        #expect(try work.members().count == 60)
        try work.store(willing(60..<69))
        try work.update()
        #expect(try work.members().count == 60, "nine who came have to wait")
        try work.store(willing(69..<70))
        try work.update()
        #expect(try work.members().count == 70)
    }

    @Test("takes a viewer who refuses out at once, with others who hide who it was")
    func refusal() throws {
        let work = try Workplace()
        try work.store(willing(0..<80))
        let before = try work.members()
        #expect(before.count == 80)
        try work.store([consent("v7", false, second: 30)])
        let after = try work.members()
        #expect(!after.contains("v7"))
        #expect(after.count == 70 && after.isSubset(of: before))
        #expect(try work.host("segments for v7 --store s.sqlite --plugin plays.lua").output.contains("no segment"))
        #expect(
            try work.explanation("v7").contains("the viewer has refused advertising since 2026-02-01T20:00:30Z"))
        // The others come back with an edition to which ten come.
        try work.store([consent("v7", true, second: 40)] + willing(80..<81))
        try work.update()
        #expect(try work.members().count == 80)
        #expect(try work.explanation("v7").contains("nothing that may be used is known"))
    }

    @Test("never has a child's profile in a segment")
    func children() throws {
        let work = try Workplace()
        try work.store(
            willing(0..<60) + [event("kid", "v3", type: "device.seen", second: 50, data: #"{"is_kids":true}"#)])
        #expect(try !work.members().contains("v3"))
        #expect(try work.explanation("v3").contains("the profile is a child's"))
    }

    @Test("explains in words and events")
    func explains() throws {
        let work = try Workplace()
        try work.store(willing(0..<55))
        let text = try work.explanation("v5")
        #expect(text.contains("v5 is in plays 1.0.0 at 2026-02-01T20:00:03Z\n  stopped 3 times\n"))
        #expect(text.contains("  because of\n    " + event("5-2", "v5", second: 3)))
        let json = try work.host("segments explain plays v5 --store s.sqlite --plugin plays.lua --json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["member"] as? Bool == true && object["published"] as? Bool == true)
        #expect((object["events"] as? [[String: Any]])?.first?["id"] as? String == "5-2")
    }

    @Test("begins a segment anew whose file changed, and leaves the others where they are")
    func changedPlugin() throws {
        let other = plays.replacingOccurrences(of: #""plays""#, with: #""other""#)
        let work = try Workplace(plugins: ["plays": plays, "other": other])
        try work.store(willing(0..<55))
        let options = "--store s.sqlite --plugin plays.lua --plugin other.lua"
        try work.host("segments update \(options)")
        try work.write("plays.lua", plays.replacingOccurrences(of: "state.n + 1", with: "state.n + 2"))
        let report = try work.host("segments update \(options)").errors
        #expect(report.contains("plays 1.0.0, anew: 165 calls"))
        #expect(report.contains("other 1.0.0: 0 calls"))
        #expect(try work.explanation("v1").contains("stopped 6 times"))
        #expect(try work.explanation("v1", "other").contains("stopped 3 times"))
    }

    @Test("takes out a segment that fails again and again, loudly, and goes on with the others")
    func failing() throws {
        let bad = plays.replacingOccurrences(of: #""plays""#, with: #""bad""#)
            .replacingOccurrences(of: "state.n = state.n + 1", with: "error('no luck')")
        let work = try Workplace(plugins: ["plays": plays, "bad": bad])
        try work.store(willing(0..<55))
        let outcome = try work.host("segments --store s.sqlite --plugin plays.lua --plugin bad.lua")
        #expect(outcome.errors.contains("'bad' failed in"))
        #expect(outcome.errors.contains("bad.lua:3: no luck; it is taken out until its file changes"))
        #expect(outcome.output.contains("taken out: error: bad.lua:3: no luck"))
        #expect(outcome.output.contains("55 viewers"))
    }

    @Test("takes two subjects for one viewer from the event on that says so, and for two again")
    func identities() throws {
        let work = try Workplace()
        try work.store(
            willing(0..<60, plays: 2) + [
                event("m", "v1", type: "viewer.merged", second: 10, data: #"{"from":"v2"}"#)
            ])
        #expect(try work.explanation("v1").contains("stopped 4 times"))
        #expect(try work.explanation("v2").contains("v2 is in plays"))
        // What comes for either is both's.
        try work.store([event("late", "v2", second: 11)])
        #expect(try work.explanation("v1").contains("stopped 5 times"))
        let rebuilt = try work.host("segments rebuild --store s.sqlite --plugin plays.lua")
        #expect(rebuilt.code == 0)
        #expect(try work.explanation("v1").contains("stopped 5 times"))
        try work.store([event("s", "v1", type: "viewer.split", second: 20, data: #"{"from":"v2"}"#)])
        #expect(try work.explanation("v1").contains("stopped 2 times"))
        #expect(try work.explanation("v2").contains("stopped 3 times"))
        // What one of two has refused is refused for both.
        try work.store([
            consent("v3", false, second: 30),
            event("m2", "v4", type: "viewer.merged", second: 31, data: #"{"from":"v3"}"#),
        ])
        #expect(try work.explanation("v4").contains("the viewer has refused advertising"))
    }

    @Test("changes the gate's rules, and folds anew by them")
    func rules() throws {
        let work = try Workplace()
        try work.store(
            (0..<60).flatMap { number in (0..<3).map { event("\(number)-\($0)", "v\(number)", second: $0) } })
        #expect(try work.members().isEmpty)
        #expect(try work.explanation("v1").contains("has not consented"))
        let rules = try work.host("segments rules --store s.sqlite --advertising objection --minimum-audience 20")
        #expect(
            rules.output.contains("minimum audience  20 viewers")
                && rules.output.contains("advertising       objection"))
        #expect(try work.members().count == 60)
        // What is published already is held back at once.
        try work.host("segments rules --store s.sqlite --minimum-audience 70")
        #expect(try work.members().isEmpty)
        #expect(try work.host("segments for v1 --store s.sqlite --plugin plays.lua").output.contains("no segment"))
        #expect(try work.host("segments rules --store s.sqlite --minimum-audience 9").code == 2)
        #expect(try work.host("segments rules --store s.sqlite --advertising contract").code == 2)
    }

    @Test(
        "says in one line what is wrong",
        arguments: [
            ("segments --store none.sqlite --plugin plays.lua", 2, "there is no store none.sqlite"),
            ("segments explain plays nobody --store s.sqlite --plugin plays.lua", 2, "no events of a viewer 'nobody'"),
            ("segments explain other v1 --store s.sqlite --plugin plays.lua", 2, "there is no segment 'other'"),
            ("segments rebuild other --store s.sqlite --plugin plays.lua", 2, "there is no segment 'other'"),
            ("segments explain plays v1 --at yesterday --store s.sqlite --plugin plays.lua", 2, "--at"),
            ("segments --store s.sqlite --plugin missing.lua", 70, "no such file"),
            ("segments --store s.sqlite --plugin node.lua", 70, "did you mean 719 (Interest | Travel)?"),
            ("segments --store s.sqlite --plugin sensitive.lua", 70, "say `sensitive = true`"),
            ("quality --store s.sqlite --plugin plays.lua", 2, "there is no plugin of kind 'quality'"),
            ("run events.ndjson --plugin plays.lua", 2, "folds the log of a store: name one with --store"),
        ])
    func mistakes(_ line: String, _ code: Int32, _ message: String) throws {
        let work = try Workplace(plugins: [
            "plays": plays, "node": plays.replacingOccurrences(of: "706", with: "Travel"),
            "sensitive": plays.replacingOccurrences(of: "706", with: "381"),
        ])
        try work.store(willing(0..<1))
        let outcome = try work.host(line)
        #expect(outcome.code == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count <= 4)
    }
}

@Suite("Folding the log")
struct FoldingTests {
    /// What is asked of a store: all answers about all viewers, and all reports.
    private func answers(_ work: Workplace, _ store: String) throws -> [String] {
        let plugins = "--store \(store) --jobs 1"
        let viewers = try shell(
            "host log --store \(store) | sed -n 's/.*\"subject\":\"\\([^\"]*\\)\".*/\\1/p' | sort -u > viewers.txt",
            in: work.folder)
        #expect(viewers.code == 0, "\(viewers.errors)")
        let segments = try work.host("segments for - --json \(plugins) < viewers.txt")
        let quality = try work.host("quality --json \(plugins)")
        #expect(segments.code == 0 && quality.code == 0, "\(segments.errors)\(quality.errors)")
        return [segments.output, quality.output]
    }

    /// The bundled plugins, and the events of made-up viewers.
    private func bundled() throws -> Workplace {
        let work = try Workplace(plugins: [:])
        let files = FileManager.default
        try files.createSymbolicLink(
            at: work.folder.appending(path: "plugins"), withDestinationURL: root.appending(path: "plugins"))
        let made = try shell(
            "python3 '\(root.path)/examples/make-viewers.py' --viewers 120 > all.ndjson", in: work.folder)
        #expect(made.code == 0, "\(made.errors)")
        return work
    }

    @Test("gives the same answers at once, bit by bit, by several workers, and when it is done anew")
    func sameAnswers() throws {
        let work = try bundled()
        #expect(try work.host("run all.ndjson --no-plugins --store one.sqlite --quiet").code == 0)
        let expected = try answers(work, "one.sqlite")
        #expect(expected[0].contains(#""reason":"#) && expected[1].contains("startup-time"))
        #expect(try shell("split -n l/7 all.ndjson part-", in: work.folder).code == 0)
        for part in ["aa", "ab", "ac", "ad", "ae", "af", "ag"] {
            #expect(try work.host("run part-\(part) --no-plugins --store bits.sqlite --quiet").code == 0)
            #expect(try work.host("segments update --store bits.sqlite --jobs 3").code == 0)
            #expect(try work.host("quality --store bits.sqlite --jobs 2").code == 0)
        }
        #expect(try work.host("segments update --store bits.sqlite").code == 0)
        // Audiences were published in other editions: what is kept of viewers decides here.
        #expect(try work.host("segments rules --store bits.sqlite --minimum-audience 10").code == 0)
        #expect(try answers(work, "bits.sqlite")[1] == expected[1])
        #expect(try states(work, "bits.sqlite") == states(work, "one.sqlite"))
        #expect(try work.host("segments rebuild --store one.sqlite --jobs 2").code == 0)
        #expect(try states(work, "bits.sqlite") == states(work, "one.sqlite"))
    }

    @Test("brings viewers together and apart within one part of the log as one by one", arguments: [1, 2, 3])
    func companies(_ seed: UInt64) throws {
        let work = try bundled()
        var random = SplitMix(state: seed)
        let lines = try String(contentsOf: work.folder.appending(path: "all.ndjson"), encoding: .utf8)
            .split(separator: "\n").map { String($0) }
        let subjects = Set(lines.compactMap { $0.firstMatch(of: /"subject":"([^"]*)"/).map { String($0.1) } })
            .sorted().prefix(12)
        var parts: [[String]] = []
        var rest = lines[...]
        for number in 0..<14 {
            let one = try #require(subjects.randomElement(using: &random))
            let other = try #require(subjects.randomElement(using: &random))
            let type = number % 3 == 2 ? "viewer.split" : "viewer.merged"
            let said = event("who-\(number)", one, type: type, second: number, data: #"{"from":"\#(other)"}"#)
            let before = rest.prefix(number == 1 ? 0 : Int.random(in: 0...rest.count / 4, using: &random))
            rest = rest.dropFirst(before.count)
            parts.append(before + [said])
        }
        parts.append(Array(rest))
        for part in parts {
            try work.store(part, "bits.sqlite")
            #expect(try work.host("segments update --store bits.sqlite").code == 0)
        }
        try work.store(parts.flatMap { $0 }, "one.sqlite")
        for jobs in 1...3 {
            #expect(try work.host("segments rebuild --store one.sqlite --jobs \(jobs)").code == 0)
            #expect(try states(work, "one.sqlite") == states(work, "bits.sqlite"))
        }
    }

    /// What is kept of the viewers, with the plugins' names instead of their numbers.
    private func states(_ work: Workplace, _ store: String) throws -> String {
        let script = """
            import sqlite3, hashlib, sealed
            c = sqlite3.connect('\(store)')
            names = dict(c.execute('SELECT fold, name FROM folds'))
            def number(b, i):
                n = s = 0
                while True:
                    n |= (b[i] & 127) << s; s += 7; i += 1
                    if b[i - 1] < 128: return n, i
            keys = sealed.Keys(c)
            subjects = sealed.subjects(c, keys)
            kept = []
            for viewer, row in sealed.states(c, keys).items():
                i = 0
                while i < len(row):
                    fold, i = number(row, i)
                    size, i = number(row, i)
                    if fold in names: kept.append((subjects[viewer], names[fold], row[i:i + size].hex()))
                    i += size
            print(len(kept))
            print(hashlib.sha256(repr(sorted(kept)).encode()).hexdigest())
            """
        try Data(script.utf8).write(to: work.folder.appending(path: "states.py"))
        let outcome = try shell("PYTHONPATH='\(root.path)/Tests/StoreTests' python3 states.py", in: work.folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect((Int(outcome.output.split(separator: "\n").first ?? "") ?? 0) > 100)
        return outcome.output
    }

    @Test("goes on where it was killed, at any moment, and comes to the same")
    func killed() throws {
        let work = try bundled()
        #expect(try work.host("run all.ndjson --no-plugins --store clean.sqlite --quiet").code == 0)
        #expect(try shell("cp clean.sqlite killed.sqlite", in: work.folder).code == 0)
        #expect(try work.host("segments update --store clean.sqlite --jobs 2").code == 0)
        var random = SplitMix(state: 4)
        for _ in 0..<25 {
            let delay = Double.random(in: 0.005...0.25, using: &random)
            _ = try shell(
                "host segments update --store killed.sqlite --jobs 2 & sleep \(delay); kill -9 $!; wait",
                in: work.folder)
        }
        #expect(try work.host("segments update --store killed.sqlite --jobs 2").code == 0)
        #expect(try states(work, "killed.sqlite") == states(work, "clean.sqlite"))
    }

    @Test("happens at the end of a run into a store, for the plugins that fold")
    func atTheEndOfARun() throws {
        let work = try bundled()
        let outcome = try work.host("run all.ndjson --store s.sqlite")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("folded") && outcome.errors.contains("drama-fans 1.0.0, anew:"))
        let list = try work.host("segments --store s.sqlite --json")
        let segments = try #require(try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
        #expect(segments.count == 8)
        #expect(try work.host("quality --store s.sqlite").output.contains("Startup time (startup-time 1.0.0)"))
        #expect(
            try work.host("quality --store s.sqlite --csv").output.hasPrefix(
                "plugin,dimension,value,events,column,number"))
        #expect(try work.host("quality --store s.sqlite --html").output.lowercased().hasPrefix("<!doctype html>"))
    }
}
