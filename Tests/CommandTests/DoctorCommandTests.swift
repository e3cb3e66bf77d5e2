import Foundation
import TestSupport
import Testing

@Suite("host doctor")
struct DoctorCommandTests {
    private func findings(_ arguments: String, in folder: URL) throws -> (code: Int32, texts: [String: String]) {
        let outcome = try shell("host doctor --json \(arguments)", in: folder)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let findings = object?["findings"] as? [[String: String]] ?? []
        #expect(object?["ok"] as? Bool == (outcome.code == 0))
        let pairs = findings.map { ($0["subject"] ?? "", "\($0["state"] ?? ""): \($0["text"] ?? "")") }
        return (outcome.code, Dictionary(pairs) { first, second in first + "\n" + second })
    }

    @Test("finds nothing wrong where all is well, and names the libraries")
    func well() throws {
        let folder = try temporaryFolder()
        _ = try shell(
            "host plugin new mine && host run \(root.path)/examples/events.ndjson --store a.sqlite --key key",
            in: folder)
        let (code, texts) = try findings("--store a.sqlite --key key", in: folder)
        #expect(code == 0)
        #expect(texts["lua"]?.hasPrefix("ok: Lua 5.4.") == true && texts["sqlite"]?.hasPrefix("ok: 3.") == true)
        #expect(texts["libzip"]?.hasPrefix("ok: 1.") == true)
        #expect(texts["isolation"]?.hasSuffix("engine.wasm, run by wasmtime 50") == true)
        #expect(texts["plugin"] == "ok: plugins/mine.lua: mine 1.0.0")
        #expect(texts["key"] == "ok: key, readable by its owner alone")
        #expect(texts["store"]?.hasPrefix("ok: a.sqlite is sound: 33 events of ") == true)
        #expect(texts["cores"]?.hasPrefix("ok: ") == true && texts["terminal"]?.hasPrefix("ok: ") == true)
    }

    @Test("is content with a folder where nothing was done yet, and makes nothing there")
    func fresh() throws {
        let folder = try temporaryFolder()
        let (code, texts) = try findings("--key none/key", in: folder)
        #expect(code == 0 && texts["key"]?.hasPrefix("note: none/key is not there yet") == true)
        #expect(texts["plugins"]?.hasPrefix("note: there is none in plugins/") == true && texts["store"] == nil)
        #expect(try shell("ls", in: folder).output.isEmpty)
    }

    @Test("says of everything that is wrong what to do, and ends with 1")
    func faults() throws {
        let folder = try temporaryFolder()
        _ = try shell("host plugin new mine; host plugin new other", in: folder)
        try Data("return {".utf8).write(to: folder.appending(path: "plugins/mine.lua"))
        try Data("this is no store at all".utf8).write(to: folder.appending(path: "bad.sqlite"))
        _ = try shell(
            "head -c 32 /dev/urandom > key; chmod 644 key; head -c 3 key > short; chmod 600 short", in: folder)
        let (code, texts) = try findings("--store bad.sqlite --key key", in: folder)
        #expect(code == 1)
        #expect(
            texts["plugin"]
                == "fault: plugins/mine.lua:1: unexpected symbol near <eof>\nok: plugins/other.lua: other 1.0.0")
        #expect(texts["key"] == "fault: key can be read by others: chmod 600 key")
        #expect(texts["store"]?.hasPrefix("fault: bad.sqlite is no store, or is damaged") == true)
        let other = try findings("--store none.sqlite --key short", in: folder)
        #expect(other.texts["key"]?.hasPrefix("fault: the key file short is too short") == true)
        #expect(other.texts["store"] == "fault: there is no file none.sqlite: `host run --store none.sqlite` makes it")
        #expect(
            try shell("host doctor --key key", in: folder).output.contains("fault  key       key can be read by others")
        )
    }

    @Test("finds a store whose pages are damaged")
    func damagedStore() throws {
        let folder = try temporaryFolder()
        let run = "host run \(root.path)/examples/netflix-report --no-plugins --store a.sqlite --quiet"
        #expect(try shell(run, in: folder).code == 0)
        // The header of its second page.
        _ = try shell("printf '%0100d' 7 | dd of=a.sqlite bs=1 seek=16384 conv=notrunc", in: folder)
        #expect(try findings("--store a.sqlite", in: folder).texts["store"]?.hasPrefix("fault: a.sqlite is ") == true)
    }

    @Test(
        "finds events, and what is kept of viewers, that do not open",
        arguments: [("blocks", "first", "bodies"), ("viewer_states", "viewer", "entries")])
    func damagedContent(table: String, key: String, column: String) throws {
        let folder = try temporaryFolder()
        let fill = """
            python3 \(root.path)/examples/make-viewers.py --viewers 40 --days 20 > viewers.ndjson &&
            host run viewers.ndjson --no-plugins --store a.sqlite --quiet --key key &&
            host segments rebuild --plugin \(root.path)/plugins/segments/lapsing-viewers.lua --store a.sqlite --key key
            """
        #expect(try shell(fill, in: folder).code == 0)
        #expect(try findings("--store a.sqlite", in: folder).texts["store"]?.hasPrefix("ok: ") == true)
        let damage = """
            import sqlite3
            c = sqlite3.connect("a.sqlite")
            place, text = c.execute("SELECT \(key), \(column) FROM \(table) ORDER BY 1 DESC LIMIT 1").fetchone()
            text = text[:20] + bytes([text[20] ^ 1]) + text[21:]
            c.execute("UPDATE \(table) SET \(column) = ? WHERE \(key) = ?", (text, place))
            c.commit()
            """
        try Data(damage.utf8).write(to: folder.appending(path: "damage.py"))
        #expect(try shell("python3 damage.py", in: folder).code == 0)
        let (code, texts) = try findings("--store a.sqlite", in: folder)
        let problem =
            table == "blocks" ? "fault: a.sqlite is no store, or is damaged (block " : "fault: what is kept of viewer "
        #expect(code == 1 && texts["store"]?.hasPrefix(problem) == true, "\(texts)")
    }
}
