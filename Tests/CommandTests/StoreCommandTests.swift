import Foundation
import Testing

@Suite("Runs into a store")
struct StoreCommandTests {
    private let events = root.path + "/examples/events.ndjson"
    private let plugins = root.path + "/plugins"

    /// All that a store says, whatever the places in its log.
    private func content(_ store: String, in folder: URL) throws -> String {
        let program = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            for query in ["SELECT body FROM events ORDER BY 1", "SELECT subject FROM viewers ORDER BY 1",
                "SELECT subject, body FROM viewer_events JOIN viewers USING (viewer) JOIN events USING (position) ORDER BY 1, 2",
                "SELECT * FROM titles ORDER BY 1, 2", "SELECT body, code FROM quarantine ORDER BY 1",
                "SELECT count(*) FROM event_keys", "PRAGMA integrity_check"]:
                print(c.execute(query).fetchall())
            """
        try Data(program.utf8).write(to: folder.appending(path: "content.py"))
        return try shell("python3 content.py \(store)", in: folder).output
    }

    @Test("give the same store when they are repeated, and say what was in it")
    func repeats() throws {
        let folder = try temporaryFolder()
        let run = "host run \(events) --plugin \(plugins)/redact.lua --store a.sqlite"
        let first = try shell(run, in: folder)
        #expect(first.code == 0 && first.output.isEmpty, "with a store, nothing goes to standard output unasked")
        #expect(first.errors.contains("stored      31  (0 were in the store)"))
        let content = try content("a.sqlite", in: folder)
        #expect(try shell(run, in: folder).errors.contains("stored      0  (31 were in the store)"))
        #expect(try self.content("a.sqlite", in: folder) == content)
        #expect(!content.contains("anna.novak") && content.contains("dinosaurs"))
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
        #expect(try content("a.sqlite", in: folder).contains("\n[]\n[(5,)]"), "the quarantine is empty")
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

    @Test("keep what is committed on a full disk, and say so")
    func fullDisk() throws {
        let folder = try temporaryFolder()
        // A disk of its own needs rights that not every machine gives.
        let mount = try shell("mkdir disk && mount -t tmpfs -o size=1m tmpfs disk", in: folder)
        guard mount.code == 0 else { return }
        let text =
            "for i in $(seq 1 20000); do echo '{\"specversion\":\"1.0\",\"id\":\"'$i'\",\"source\":\"s\",\"type\":\"x\"}'; done"
        let outcome = try shell("\(text) | host run - --no-plugins --store disk/a.sqlite", in: folder)
        #expect(outcome.code == 74 && outcome.errors.contains("the disk of disk/a.sqlite is full"), "\(outcome.errors)")
        #expect(try shell("umount disk", in: folder).code == 0)
    }
}
