import Foundation
import FoundationXML
import TestSupport
import Testing

private let scripts = root.path + "/Tests/CommandTests/Privacy"
private let schema = root.path + "/docs/schemas/access-report.schema.json"

/// A redactor that fails on some events, a segment, and a quality plugin.
private let plugins = [
    "fails": """
    return { kind = "redactor", name = "fails", version = "1", reads = { "user" },
      redact = function(event)
        if event.data.text and event.data.text:find("^fails") then error("it fails") end
        return event
      end }
    """,
    "plays": """
    return { kind = "segment", name = "plays", version = "1.2.0", taxonomy = "706", events = { "playback.stopped" },
      reads = { "user.behavior.media_consumption" },
      start = function() return { n = 0, ["7"] = "text", [7] = 0.5, days = {} } end,
      fold = function(state, event, at, ref)
        state.n, state.r = state.n + 1, ref
        state.days[at // 86400] = true
        return state
      end,
      member = function(state, now) return state.n >= 3, ("stopped %d times"):format(state.n), { state.r } end }
    """,
    "starts": """
    return { kind = "quality", name = "starts", version = "2.0.0", title = "Starts", columns = { "events" }, dimensions = { "device" },
      reads = { "user.telemetry" }, start = function() return 0 end,
      fold = function(state) return state + 1 end, report = function(state) return { state } end }
    """,
]

private struct Workplace {
    let folder: URL

    init(_ names: [String] = ["plays"]) throws {
        folder = try temporaryFolder()
        for name in names { try write("plugins/\(name).lua", plugins[name] ?? "") }
    }

    func write(_ name: String, _ text: String) throws {
        let place = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place)
    }

    func run(_ line: String) throws -> Outcome {
        try shell(line, in: folder)
    }

    /// Runs events of a viewer's into the store: what each has besides the attributes that all have.
    func store(_ events: [String], subject: String = "anna") throws {
        let lines = events.enumerated().map { number, text in
            #"{"specversion":"1.0","id":"\#(number)","source":"t","subject":"\#(subject)","time":"2026-01-01T00:00:00Z",\#(text)}"#
        }
        try write("in.ndjson", lines.joined(separator: "\n") + "\n")
        let outcome = try run("host run in.ndjson --no-plugins --store s.sqlite --quiet")
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    func report(_ viewer: String = "anna") throws -> [String: Any] {
        let outcome = try run("host privacy report \(viewer) --store s.sqlite --json")
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any] ?? [:]
    }
}

@Suite("host privacy report")
struct PrivacyReportCommandTests {
    @Test("has all that the store's tables hold of a viewer, and nothing of others", arguments: [1, 2, 3])
    func isComplete(_ seed: Int) throws {
        let work = try Workplace(["fails", "plays", "starts"])
        let disclose = """
            import sqlite3
            c = sqlite3.connect('s.sqlite')
            c.execute("INSERT INTO disclosures SELECT NULL, 5, 'Example Ads', 'advertising', 'plays', '1.2.0', viewers FROM audiences")
            c.commit()
            """
        try work.write("disclose.py", disclose)
        let made = try work.run(
            """
            python3 \(scripts)/make_store.py \(seed) 34 > events.ndjson
            host run events.ndjson --plugin fails.lua --store s.sqlite --quiet
            host segments rules --store s.sqlite --minimum-audience 10
            host segments rebuild --store s.sqlite --plugin plays.lua
            host quality --store s.sqlite --plugin starts.lua > quality
            python3 disclose.py
            host recommend viewer-1 --store s.sqlite --no-plugins > recommended
            head -n 120 events.ndjson | sed 's/"id":"e/"id":"again/' > more.ndjson
            host run more.ndjson --plugin fails.lua --store s.sqlite --quiet
            cat more.ndjson >> events.ndjson
            """)
        let outcome = try work.run(
            "PYTHONPATH=\(root.path)/Tests/StoreTests python3 \(scripts)/check_report.py s.sqlite events.ndjson \(schema)"
        )
        #expect(outcome.code == 0, "\(made.errors) \(outcome.errors)")
        let numbers = outcome.output.drop { $0 != "{" }
        let compared = try JSONSerialization.jsonObject(with: Data(numbers.utf8)) as? [String: Int]
        for part in ["events", "states", "audiences", "quarantine", "disclosures", "identities", "merged"] {
            #expect(compared?[part] ?? 0 > 0, "nothing was compared of \(part)")
        }
    }

    @Test("shows what is left of a fold that is no more")
    func forgottenFold() throws {
        let work = try Workplace()
        try work.store([
            #""type":"consent.changed","data":{"purpose":"advertising","granted":true}"#,
            #""type":"playback.stopped","data":{"title":"Heat","seconds_watched":60}"#,
        ])
        #expect(try work.run("host segments update --store s.sqlite").code == 0)
        _ = try work.run(
            "python3 -c 'import sqlite3; c = sqlite3.connect(\"s.sqlite\"); c.execute(\"DELETE FROM folds\"); c.commit()'"
        )
        let states = try (work.report()["derived"] as? [String: Any])?["states"] as? [[String: Any]]
        #expect(states?.count == 1 && states?[0]["plugin"] is NSNull)
        #expect((states?[0]["state"] as? [String: Any])?["n"] as? Int == 1)
    }

    @Test("tells states of plugins in JSON, and keys that look alike apart")
    func states() throws {
        let work = try Workplace()
        try work.store([
            #""type":"consent.changed","data":{"purpose":"advertising","granted":true}"#,
            #""type":"playback.stopped","data":{"title":"Heat"}"#,
        ])
        #expect(try work.run("host segments update --store s.sqlite").code == 0)
        let states = try (work.report()["derived"] as? [String: Any])?["states"] as? [[String: Any]]
        let state = states?[0]["state"] as? [String: Any]
        #expect(state?["7"] as? Double == 0.5 && state?[#""7"#] as? String == "text")
        #expect((state?["days"] as? [String: Any])?["20454"] as? Bool == true)
    }

    @Test("says why a viewer is in a segment, by which plugin and events, and on what that rests")
    func segments() throws {
        let work = try Workplace()
        try work.store(
            [#""type":"consent.changed","data":{"purpose":"advertising","granted":true}"#]
                + (0..<3).map { _ in #""type":"playback.stopped","data":{"title":"Heat"}"# })
        #expect(try work.run("host segments update --store s.sqlite").code == 0)
        let segments = try (work.report()["derived"] as? [String: Any])?["segments"] as? [[String: Any]]
        let segment = try #require(segments?.first)
        #expect(segment["member"] as? Bool == true && segment["reason"] as? String == "stopped 3 times")
        #expect(segment["articles"] as? [String] == ["6(1)(a)"] && segment["published"] as? Bool == false)
        let lineage = try #require(segment["lineage"] as? [String: Any])
        #expect(lineage["plugin"] as? String == "plays" && lineage["version"] as? String == "1.2.0")
        #expect((lineage["events"] as? [[String: Any]])?.map { $0["id"] as? String } == ["3"])
        // A plugin that changed is not asked, for the states are not its own.
        try work.write("plugins/plays.lua", (plugins["plays"] ?? "").replacingOccurrences(of: "1.2.0", with: "1.3.0"))
        let derived = try work.report()["derived"] as? [String: Any]
        #expect((derived?["segments"] as? [Any])?.isEmpty == true)
        #expect(derived?["changed_plugins"] as? [String] == ["plays"])
    }

    @Test(
        "goes by the viewer's latest will, whatever was folded",
        arguments: [
            ([#"{"purpose":"advertising","granted":true}"#], true, ["advertising", "quality", "personalization"]),
            ([#"{"purpose":"advertising","granted":true}"#, #"{"gpc":true}"#], false, ["quality", "personalization"]),
            ([#"{"purpose":"quality","granted":false}"#], false, ["personalization"]),
            ([#"{"purpose":"personalization","granted":false}"#, #"{"is_kids":true}"#], false, ["quality"]),
        ])
    func will(_ wills: [String], _ advertises: Bool, _ allowed: [String]) throws {
        let work = try Workplace()
        try work.store(wills.map { #""type":"consent.changed","data":\#($0)"# })
        let report = try work.report()
        let purposes = try #require(report["purposes"] as? [[String: Any]])
        let open = purposes.filter { $0["allowed"] as? Bool == true }.compactMap { $0["purpose"] as? String }
        #expect(Set(open) == Set(allowed + ["service"]))
        let last = try #require((report["events"] as? [[String: Any]])?.last)
        #expect((last["usable_for"] as? [String])?.contains("advertising") == advertises)
        #expect(last["articles"] as? [String] == ["6(1)(c)"])
    }

    @Test("says until when each item is kept, by the schedule, and that nothing limits the rest")
    func retention() throws {
        let work = try Workplace()
        try work.store([#""type":"search.made","data":{"query":"trains","device":"tablet"}"#])
        try work.write("r.json", #"{"categories":{"user.behavior":10,"user.device":null}}"#)
        let outcome = try work.run("host privacy report anna --store s.sqlite --schedule r.json --json")
        let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let ends = try #require((report?["events"] as? [[String: Any]])?[0]["retained_until"] as? [String: Any])
        #expect(ends["user.behavior.search_history"] as? String == "2026-01-11T00:00:00Z")
        #expect(ends["user.device"] is NSNull && ends["user.unique_id"] is NSNull)
        let categories = report?["categories"] as? [[String: Any]]
        #expect(categories?.map { $0["retained_until"] as? String } == ["2026-01-11T00:00:00Z", nil])
        #expect((try work.report()["events"] as? [[String: Any]])?[0]["retained_until"] is NSNull)
    }

    @Test("puts both wills together where two are one viewer, and counts what forbids more")
    func mergedWill() throws {
        let work = try Workplace()
        let head = #"{"specversion":"1.0","source":"t","time":"2026-01-01T00:00:00Z","#
        try work.write(
            "in.ndjson",
            [
                #""id":"1","subject":"a","type":"consent.changed","data":{"purpose":"advertising","granted":true}}"#,
                #""id":"2","subject":"b","type":"consent.changed","data":{"purpose":"quality","granted":false}}"#,
                #""id":"3","subject":"a","type":"viewer.merged","data":{"from":"b"}}"#,
            ].map { head + $0 + "\n" }.joined())
        #expect(try work.run("host run in.ndjson --no-plugins --store s.sqlite --quiet").code == 0)
        for name in ["a", "b"] {
            let report = try work.report(name)
            let purposes = report["purposes"] as? [[String: Any]]
            #expect(
                purposes?.filter { $0["allowed"] as? Bool == true }.count == 2, "b never consented, and refused quality"
            )
            #expect((report["events"] as? [Any])?.count == 3)
        }
    }

    @Test("is a zip with checksums that hold, readable by its owner alone, and replaces the one before")
    func zip() throws {
        let work = try Workplace()
        try work.store([#""type":"search.made","data":{"query":"trains"}"#])
        try work.write("r.zip", "an older one")
        let program = """
            import hashlib, os, zipfile
            z = zipfile.ZipFile('r.zip')
            assert z.testzip() is None
            sums = z.read('SHA256SUMS').decode().splitlines()
            for line in sums:
                digest, name = line.split('  ')
                assert hashlib.sha256(z.read(name)).hexdigest() == digest
            assert sorted(z.namelist()) == sorted([line.split('  ')[1] for line in sums] + ['SHA256SUMS'])
            print(oct(os.stat('r.zip').st_mode & 0o777), len(sums), sorted(os.listdir('.')))
            """
        try work.write("look.py", program)
        let outcome = try work.run("host privacy report anna --store s.sqlite --output r.zip && python3 look.py")
        #expect(outcome.errors == "r.zip: what is held of anna: 1 event, 0 segments\n")
        #expect(outcome.output == "0o600 6 ['in.ndjson', 'look.py', 'plugins', 'r.zip', 's.sqlite', 's.sqlite-lock']\n")
    }

    @Test("escapes what events hold, in the page and in tables")
    func hostile() throws {
        let work = try Workplace()
        let texts = [
            "<script>alert(1)</script>", "\\\"><img src=x onerror=alert(1)>", "'-->]]><svg/onload=1>", "=1+1", "+1",
            "-1", "@x",
            "\\t=1", "a,b\\\"c\\r\\nd", "\\u0000\\u001b[31m\\u0085", "\\u202Egnp.exe", "{{7*7}}", "長い",
        ]
        let viewer = "<b>'anna'</b>&amp;"
        try work.store(
            texts.flatMap { text in
                [
                    #""type":"search.made","data":{"query":"\#(text)","device":"\#(text)","\#(text)":"\#(text)"}"#,
                    #""type":"playback.stopped","data":{"title":"\#(text)","seconds_watched":60,"settings":{"\#(text)":["\#(text)"]}}"#,
                    #""type":"x\#(text)","data":["\#(text)"]"#,
                    #""type":"ad.shown","data":{"advertiser":"\#(text)"}"#,
                ]
            }, subject: viewer)
        let program = """
            import csv, json, pathlib
            for path in pathlib.Path('r/csv').iterdir():
                for row in csv.reader(open(path, encoding='utf-8', newline='')):
                    for cell in row:
                        assert not cell.startswith(('=', '+', '-', '@', '\\t', '\\r')), (path, cell)
                        assert not any(ord(c) < 32 and c not in '\\t\\r\\n' for c in cell), (path, cell)
            print(json.load(open('r/report.json'))['viewer']['asked_for'])
            """
        try work.write("look.py", program)
        let outcome = try work.run("host privacy report \"\(viewer)\" --store s.sqlite --output r && python3 look.py")
        #expect(outcome.output == viewer + "\n", "\(outcome.errors)")
        let page = try XMLDocument(contentsOf: work.folder.appending(path: "r/report.html"))
        #expect(try page.nodes(forXPath: "//script | //img | //b[.='anna'] | //@onload | //@onerror | //@src").isEmpty)
        let names = try page.nodes(forXPath: "//figure//b").map { $0.stringValue ?? "" }
        #expect(names.contains("<script>alert(1)</script>") && names.contains("gnp.exe"))
        let policy = try page.nodes(forXPath: "//meta[@http-equiv='Content-Security-Policy']/@content")
        #expect(policy.first?.stringValue?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
    }

    @Test(
        "says what is wrong, and leaves nothing behind",
        arguments: [
            ("nobody", "", 2, "the store has nothing of a viewer 'nobody'"),
            ("anna", "--store none.sqlite", 2, "there is no store none.sqlite"),
            ("anna", "--output plugins", 2, "plugins is there already"),
            ("anna", "--output none/r.zip", 74, "cannot write to none/r.zip: there is no such file or folder"),
        ])
    func mistakes(_ viewer: String, _ options: String, _ code: Int32, _ message: String) throws {
        let work = try Workplace()
        try work.store([#""type":"search.made","data":{"query":"trains"}"#])
        let outcome = try work.run("host privacy report \(viewer) --store s.sqlite \(options)")
        #expect(outcome.code == code && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(try work.run("ls").output == "in.ndjson\nplugins\ns.sqlite\ns.sqlite-lock\n")
    }

    @Test("shows a viewer of whom all waits in quarantine")
    func onlyQuarantine() throws {
        let work = try Workplace(["fails"])
        try work.write(
            "in.ndjson",
            #"{"specversion":"1.0","id":"1","source":"t","subject":"anna","type":"review.written","data":{"text":"fails here"}}"#
                + "\n")
        #expect(try work.run("host run in.ndjson --plugin fails.lua --store s.sqlite --quiet").code == 70)
        let report = try work.report()
        #expect((report["quarantine"] as? [[String: Any]])?.first?["message"] as? String != nil)
        #expect((report["events"] as? [Any])?.isEmpty == true)
    }

    // A disk of its own needs rights that not every machine gives.
    private static let canMount =
        (try? shell("mkdir -p d && mount -t tmpfs tmpfs d && umount d", in: temporaryFolder()).code) == 0

    @Test(
        "on a full disk leaves what was there, and says so", .enabled(if: canMount, "a disk cannot be mounted here"),
        arguments: ["r.zip", "r"])
    func fullDisk(_ name: String) throws {
        let work = try Workplace()
        try work.store((0..<20_000).map { #""type":"search.made","data":{"query":"trains \#($0)"}"# })
        #expect(try work.run("mkdir disk && mount -t tmpfs -o size=1m tmpfs disk && echo older > disk/r.zip").code == 0)
        let outcome = try work.run("host privacy report anna --store s.sqlite --output disk/\(name)")
        #expect(outcome.code == 74)
        #expect(outcome.errors == "host: cannot write to disk/\(name): the disk is full: make room and run again\n")
        #expect(try work.run("ls -A disk; cat disk/r.zip; umount disk").output == "r.zip\nolder\n")
    }

    @Test("killed at any moment, leaves no half report, and what it left is gone after the next one")
    func killed() throws {
        let work = try Workplace()
        try work.store((0..<20_000).map { #""type":"search.made","data":{"query":"trains \#($0)"}"# })
        let run = "host privacy report anna --store s.sqlite --output r.zip"
        for delay in ["0.05", "0.1", "0.2"] {
            let outcome = try work.run(
                "\(run) & sleep \(delay); kill -9 $!; wait; test ! -e r.zip || python3 -m zipfile -t r.zip")
            #expect(outcome.code == 0, "\(outcome.output)")
        }
        #expect(try work.run(run).code == 0)
        #expect(try work.run("ls | grep partial; python3 -m zipfile -t r.zip").output == "Done testing\n")
    }

    @Test("takes nothing away that is somebody else's, another report's that is being written included")
    func leavesOthers() throws {
        let work = try Workplace()
        try work.store([#""type":"search.made","data":{"query":"trains"}"#])
        let run = "host privacy report anna --store s.sqlite --output r.zip"
        let partial = work.folder.appending(path: "r.zip.partial").path
        for own in ["echo mine > r.zip.partial", "mkdir r.zip.partial; echo mine > r.zip.partial/report.html"] {
            _ = try work.run(own)
            let outcome = try work.run(run)
            #expect(outcome.code != 0 && outcome.errors.contains("r.zip.partial"), "\(outcome.errors)")
            #expect(try work.run("cat r.zip.partial || cat r.zip.partial/*; rm -r r.zip.partial").output == "mine\n")
        }
        let hold = """
            import fcntl, os, subprocess
            os.mkdir('r.zip.partial'); open('r.zip.partial/.viewerhost-report', 'w').close(); open('r.zip.partial/zip', 'w').close()
            fcntl.flock(os.open('r.zip.partial', os.O_RDONLY), fcntl.LOCK_EX)
            print(subprocess.run('\(run)', shell=True, capture_output=True, text=True).stderr, os.listdir('r.zip.partial'))
            """
        try work.write("hold.py", hold)
        let held = try work.run("python3 hold.py").output
        #expect(held.contains("another run is writing it") && held.contains("'zip'"), "\(held)")
        #expect(try work.run(run).code == 0 && !FileManager.default.fileExists(atPath: partial))
        // Where the report becomes a folder, what marks it as one that is being written is not left in it.
        #expect(
            try work.run("host privacy report anna --store s.sqlite --output r; ls -A r").output.contains("viewerhost")
                == false)
    }
}
