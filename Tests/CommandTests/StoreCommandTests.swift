import Foundation
import TestSupport
import Testing

@Suite("Runs into a store")
struct StoreCommandTests {
    private let events = root.path + "/examples/events.ndjson"
    private let plugins = root.path + "/plugins"

    /// All that a store says, whatever the places in its log.
    private func content(_ store: String, in folder: URL) throws -> String {
        let program = """
            import sqlite3, struct, sys
            import sealed
            c = sqlite3.connect(sys.argv[1])
            opened = sealed.Keys(c)
            events = {position: text for position, _, text in sealed.events(c, opened)}
            assert len(events) == c.execute("SELECT coalesce(sum(count), 0) FROM blocks").fetchone()[0]
            viewed = []
            subjects = sealed.subjects(c, opened)
            for viewer, positions in c.execute("SELECT viewer, positions FROM viewer_events"):
                position = value = shift = 0
                for byte in positions:
                    value |= (byte & 127) << shift
                    shift += 7
                    if byte < 128:
                        position += value
                        viewed.append((subjects[viewer], events[position]))
                        value = shift = 0
            keys = b"".join(entries for (entries,) in c.execute("SELECT entries FROM key_pages ORDER BY first"))
            assert sorted(events) == sorted(position for _, _, position in struct.iter_unpack("<qqq", keys))
            print(sorted(events.values()))
            print(sorted(viewed))
            print(sorted(subjects.values()))
            print(c.execute("SELECT * FROM titles ORDER BY 1, 2").fetchall())
            print(sorted((text, code) for _, _, code, _, _, text in sealed.quarantined(c, opened)))
            for query in ["SELECT * FROM checkpoints", "PRAGMA integrity_check"]:
                print(c.execute(query).fetchall())
            """
        try Data(program.utf8).write(to: folder.appending(path: "content.py"))
        return try shell("PYTHONPATH=\(root.path)/Tests/StoreTests python3 content.py \(store)", in: folder).output
    }

    @Test("give the same store when they are repeated, and say what was in it")
    func repeats() throws {
        let folder = try temporaryFolder()
        let run = "host run \(events) --plugin \(plugins)/redact.lua --store a.sqlite"
        let first = try shell(run, in: folder)
        #expect(first.code == 0 && first.output.isEmpty, "with a store, nothing goes to standard output unasked")
        #expect(first.errors.contains("stored      33  (0 were in the store)"))
        let content = try content("a.sqlite", in: folder)
        #expect(try shell(run, in: folder).errors.contains("stored      0  (33 were in the store)"))
        #expect(try self.content("a.sqlite", in: folder) == content)
        #expect(!content.contains("anna.novak") && content.contains("dinosaurs"))
    }

    @Test("hold the same, wherever the plugins run", arguments: ["redact.lua", "pseudonymise.lua", "minors.lua"])
    func isolated(_ plugin: String) throws {
        let folder = try temporaryFolder()
        let run = "host run \(events) --plugin \(plugins)/\(plugin) --quiet --store"
        #expect(try shell("\(run) native.sqlite; \(run) isolated.sqlite --isolation wasm", in: folder).code == 0)
        let native = try content("native.sqlite", in: folder)
        #expect(try content("isolated.sqlite", in: folder) == native && native.contains("ok"))
    }

    @Test("killed at any moment and repeated, give the store of one clean run")
    func surviveKill() throws {
        let folder = try temporaryFolder()
        // 40,000 events, a hundredth of them for the quarantine.
        try Data(
            """
            return { kind = 'redactor', name = 'some', version = '1', reads = { 'user.device.ip_address' },
              redact = function(event)
                if event.data.ip == '192.0.2.7' then error('seven') end
                event.data.ip = mask.ip(event.data.ip)
                return event
              end }
            """.utf8
        ).write(to: folder.appending(path: "some.lua"))
        var lines = ""
        for n in 0..<40_000 {
            lines += #"{"specversion":"1.0","id":"\#(n)","source":"kill","type":"session.started","#
            lines += #""subject":"viewer \#(n % 977)","data":{"ip":"192.0.2.\#(n % 100)"}}"# + "\n"
        }
        try Data(lines.utf8).write(to: folder.appending(path: "in.ndjson"))
        let run = "host run in.ndjson --plugin some.lua --quiet --store"
        #expect(try shell("\(run) clean.sqlite", in: folder).code == 70)
        let whole = try content("clean.sqlite", in: folder)
        #expect(whole.contains("192.0.2.7\"") && whole.contains("[('ok',)]"))
        for delay in stride(from: 0.004, through: 0.2, by: 0.012) {
            _ = try shell("\(run) killed.sqlite & sleep \(delay); kill -9 $!; wait", in: folder)
        }
        #expect(try shell("\(run) killed.sqlite", in: folder).code == 70)
        #expect(try content("killed.sqlite", in: folder) == whole)
    }

    @Test("put events that a plugin fails on in the store's quarantine, and lead them on when it is mended")
    func replay() throws {
        let folder = try temporaryFolder()
        let plugin = folder.appending(path: "p.lua")
        let source = "return { kind = 'redactor', name = 'p', version = '1', reads = {}, redact = function(event) "
        try Data((source + "error('broken') end }").utf8).write(to: plugin)
        let run = "host run --plugin p.lua --store a.sqlite"
        let first = try shell("head -5 \(events) > five; \(run) five", in: folder)
        #expect(first.code == 70 && first.errors.contains("quarantined 5  (in the quarantine of a.sqlite"))
        #expect(try shell("\(run) --replay", in: folder).code == 70)
        try Data((source + "return event end }").utf8).write(to: plugin)
        let mended = try shell("\(run) --replay", in: folder)
        #expect(mended.code == 0 && mended.errors.contains("stored      5  (0 were in the store)"))
        #expect(try shell("\(run) --replay", in: folder).errors.contains("0 events"))
        #expect(try content("a.sqlite", in: folder).hasSuffix("\n[]\n[]\n[('ok',)]\n"), "the quarantine is empty")
    }

    @Test("led on from quarantine and killed at any moment, lose nothing of it")
    func surviveKilledReplay() throws {
        let folder = try temporaryFolder()
        let plugin = folder.appending(path: "p.lua")
        let source =
            "return { kind = 'redactor', name = 'p', version = '1', reads = { 'user' }, redact = function(event) "
        try Data((source + "error('broken') end }").utf8).write(to: plugin)
        let lines = (0..<30_000).map {
            #"{"specversion":"1.0","id":"\#($0)","source":"kill","type":"session.started","data":{"ip":"192.0.2.1"}}"#
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.appending(path: "in.ndjson"))
        let run = "host run --plugin p.lua --quiet"
        #expect(try shell("\(run) in.ndjson --store clean.sqlite", in: folder).code == 70)
        _ = try shell("cp clean.sqlite killed.sqlite", in: folder)
        // A hundredth of them is dropped, and another fails again.
        let mended = """
            local n = tonumber(event.id) % 100 if n == 7 then return nil end if n == 8 then error('eight') end
            event.data.ip = mask.ip(event.data.ip) return event end }
            """
        try Data((source + mended).utf8).write(to: plugin)
        #expect(try shell("\(run) --replay --store clean.sqlite", in: folder).code == 70)
        let whole = try content("clean.sqlite", in: folder)
        for delay in stride(from: 0.01, through: 0.2, by: 0.03) {
            _ = try shell("\(run) --replay --store killed.sqlite & sleep \(delay); kill -9 $!; wait", in: folder)
        }
        #expect(try shell("\(run) --replay --store killed.sqlite", in: folder).code == 70)
        // In quarantine, the reason is the last run's: sort out what the reader of the two may compare.
        #expect(try content("killed.sqlite", in: folder) == whole)
        #expect(whole.contains("192.0.2.0") && whole.components(separatedBy: "192.0.2.1\"").count == 301)
    }

    @Test("hold the same whichever plugins were isolated", arguments: ["", "--isolation wasm"])
    func sameIsolated(_ arguments: String) throws {
        let folder = try temporaryFolder()
        func write(_ name: String, _ isolation: String, _ body: String) throws {
            let source =
                "return { kind = 'redactor', name = '\(name)', version = '1', reads = { 'user', 'user.unclassified' }, "
                + "\(isolation) redact = function(event) \(body) return event end }"
            try Data(source.utf8).write(to: folder.appending(path: "\(name).lua"))
        }
        func run(_ store: String, _ isolation: String, _ arguments: String) throws -> String {
            try write("first", "", "event.data.ip = nil if event.type == 'ad.shown' then return nil end")
            try write("second", isolation, "if event.data.title then error('no titles') end event.subject = 'x'")
            try write("third", "", "event.data.last = event.subject")
            let run = "host run \(events) --plugin first.lua --plugin second.lua --plugin third.lua --quiet"
            #expect(try shell("\(run) --store \(store) \(arguments)", in: folder).code == 70)
            return try content(store, in: folder)
        }
        let native = try run("native.sqlite", "", "")
        #expect(try run("mixed.sqlite", "isolation = 'wasm',", arguments) == native)
        #expect(native.contains(#""last":"x""#) && native.contains("'error'"), "\(native)")
    }

    @Test("say of a source that was cut off that it is not whole, until it is read again")
    func nameCutOff() throws {
        let folder = try temporaryFolder()
        let line = #"{"specversion":"1.0","id":"'$i'","source":"s","type":"x"}"#
        let outcome = try shell(
            "for i in $(seq 1 100000); do echo '\(line)'; done > in.ndjson; "
                + "host run in.ndjson --no-plugins --store a.sqlite --output /dev/full", in: folder)
        #expect(outcome.code == 74)
        let other = try shell("host run \(events) --no-plugins --store a.sqlite", in: folder)
        #expect(other.errors.contains("/in.ndjson: a run without plugins ended after "), "\(other.errors)")
        #expect(try shell("host run in.ndjson --no-plugins --store a.sqlite --quiet", in: folder).code == 0)
        let json = try shell("host run \(events) --no-plugins --store a.sqlite --json", in: folder)
        #expect(json.errors.contains(#""cut_off":[]"#) && json.errors.contains(#""duplicates":33"#))
    }

    @Test("leave a store alone that they may not write to")
    func respectReadOnly() throws {
        let folder = try temporaryFolder()
        // For root, no permission says no: then another user tries.
        let user = try shell("id -u").output == "0\n" ? "setpriv --reuid=65534 --clear-groups" : ""
        let prepare =
            "chmod 755 .; cp $(command -v host) h; cp \(events) in; chmod 644 in; ./h run in --no-plugins --quiet --store"
        for (line, message) in [
            (
                "mkdir d && \(prepare) d/a.sqlite && chmod 444 d/a.sqlite && chmod 777 d",
                "d/a.sqlite may not be written to"
            ),
            ("mkdir e && \(prepare) e/a.sqlite && chmod 666 e/* && chmod 555 e", "e/a.sqlite may not be written to"),
            ("mkdir f && chmod 555 f", "f/a.sqlite may not be written to"),
        ] {
            #expect(try shell(line, in: folder).code == 0)
            let store = String(message.prefix(10))
            let outcome = try shell("\(user) ./h run in --no-plugins --store \(store)", in: folder)
            #expect(outcome.code == 74 && outcome.errors.contains(message), "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("answer a store that cannot be used with one line")
    func explain() throws {
        let folder = try temporaryFolder()
        let run = "host run \(events) --no-plugins --store"
        for (line, message) in [
            ("echo 'this is no store at all, but a text' > t; \(run) t", "t is no store, or is damaged"),
            ("\(run) none/a.sqlite", "none/a.sqlite"),
            (
                "(sleep 1 | host run - --no-plugins --quiet --store b.sqlite) & sleep 0.3; \(run) b.sqlite",
                "another run (process"
            ),
        ] {
            let outcome = try shell(line, in: folder)
            #expect(outcome.code == 74 && outcome.errors.contains(message), "\(outcome.errors)")
        }
        #expect(try shell("host run --replay --no-plugins", in: folder).code == 2)
    }

    // A disk of its own needs rights that not every machine gives.
    private static let canMount =
        (try? shell("mkdir -p d && mount -t tmpfs tmpfs d && umount d", in: temporaryFolder()).code) == 0

    @Test(
        "keep what is committed on a full disk, and say so", .enabled(if: canMount, "a disk cannot be mounted here"),
        arguments: [
            ("--no-plugins --store disk/a.sqlite", "the disk of disk/a.sqlite is full"),
            ("--no-plugins --output disk/out", "cannot write to disk/out: the disk is full"),
            ("--plugin p.lua --quarantine disk/q --output /dev/null", "cannot write to disk/q: the disk is full"),
        ])
    func fullDisk(_ options: String, _ message: String) throws {
        let folder = try temporaryFolder()
        let plugin =
            "return { kind = 'redactor', name = 'p', version = '1', reads = {}, redact = function() error('x') end }"
        try Data(plugin.utf8).write(to: folder.appending(path: "p.lua"))
        #expect(try shell("mkdir disk && mount -t tmpfs -o size=1m tmpfs disk", in: folder).code == 0)
        let text =
            "for i in $(seq 1 20000); do echo '{\"specversion\":\"1.0\",\"id\":\"'$i'\",\"source\":\"s\",\"type\":\"x\"}'; done"
        let outcome = try shell("\(text) | host run - \(options)", in: folder)
        #expect(outcome.code == 74 && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(try shell("ls disk/out*; mount -o remount,ro disk", in: folder).output == "")
        let readOnly = try shell("\(text) | host run - \(options)", in: folder)
        #expect(readOnly.code == 74 && readOnly.errors.contains("disk/"), "\(readOnly.errors)")
        #expect(try shell("umount disk", in: folder).code == 0)
    }
}
