import Events
import Foundation
import Lua
import Plugins
import Testing
import Wasm

@Suite("A module plugin")
struct ModuleTests {
    private func lua(_ source: String, key: String = "") throws -> Redactor {
        let context = PluginContext(limits: .patient, hash: KeyedHash(key: Array(key.utf8)))
        return try Array(source.utf8).withUnsafeBytes {
            try LuaRedactor(source: $0, file: "test.lua", context: context)
        }
    }

    @Test("does what a Lua plugin does: the same bytes, redactions, failures and logs")
    func sameAsLua() throws {
        let source = plugin(
            """
            local d = event.data
            if event.type == 'title.added' then return nil end
            if not d then return event end
            if d.ip then d.ip = mask.ip(d.ip) end
            if d.email then d.email = mask.email(d.email) end
            if d.phone then d.phone = mask.phone(d.phone) end
            if d.name then d.name = mask.name(d.name) end
            if d.text then d.text = mask.text(d.text) end
            d.postal_address = nil
            if event.subject then event.subject = host.hash(event.subject) end
            host.log(event.type)
            return event
            """)
        let body = """
            char type[100], hash[32], subject[1000];
            int32_t count = vh_get_text("type", type, sizeof type);
            if (count == 11 && __builtin_memcmp(type, "title.added", 11) == 0) return VH_DROP;
            if (vh_count("data") < 0) return VH_PASS;
            vh_mask_field("data.ip", VH_IP);
            vh_mask_field("data.email", VH_EMAIL);
            vh_mask_field("data.phone", VH_PHONE);
            vh_mask_field("data.name", VH_NAME);
            vh_mask_field("data.text", VH_TEXT);
            vh_remove("data.postal_address");
            int32_t length = vh_get_text("subject", subject, sizeof subject);
            if (length >= 0) vh_set_text("subject", hash, vh_hash(subject, length, hash, sizeof hash));
            vh_log_bytes(type, count);
            """
        let lines = try text(of: "examples/events.ndjson")
        let native = Ran(lines, through: RedactorChain([try lua(source, key: "key")]))
        let memcmp =
            "int memcmp(const void *a, const void *b, size_t n) { const char *x = a, *y = b;"
            + "for (size_t i = 0; i < n; i++) if (x[i] != y[i]) return 1; return 0; }"
        let module = try load(try CModule(body, before: memcmp).bytes, key: "key")
        let isolated = Ran(lines, through: RedactorChain([module]))
        #expect(native.output.split(separator: "\n").count > 20 && native.failures.isEmpty && native.log.count > 20)
        #expect(isolated == native)
        #expect(module.memoryPeak >= 64 << 10)
    }

    @Test("stands among Lua plugins, and each sees what those before it made of the event")
    func mixedChain() throws {
        let before = try lua(plugin("event.data.path = 'a' return event", name: "before"))
        let between = try load(
            try CModule(
                """
                char text[10];
                int32_t length = vh_get_text("data.path", text, sizeof text - 1);
                text[length++] = 'b';
                vh_set_text("data.path", text, length);
                """
            ).bytes)
        let after = try lua(plugin("event.data.path = event.data.path .. 'c' return event", name: "after"))
        let ran = Ran(event(""), through: RedactorChain([before, between, after]))
        #expect(ran.output.contains(#""data":{"path":"abc"}"#) && ran.calls == [1, 1, 1])
    }

    @Test(
        "reads what lies at a path",
        arguments: [
            ("data.s", #""a\u00e4\n""#, "aä\n"), ("data.n", "1.0", nil), ("data.list", "[1, [2,3]]", nil),
            ("data.list.1.0", "2", nil), ("data.list.2", nil, nil), ("data.list.-1", nil, nil),
            ("data.list.x", nil, nil), ("data.none", nil, nil), ("data.s.x", nil, nil), ("none.x", nil, nil),
            (#"data.a\.b"#, "true", nil), (#"data.c\\d.e"#, #""deep""#, "deep"), ("data.", "null", nil),
            ("type", #""x""#, "x"), ("data.o", #"{ "k" : {} }"#, nil),
        ])
    func reads(_ path: String, _ json: String?, _ string: String?) throws {
        let name = path.replacingOccurrences(of: "\\", with: "\\\\")
        let body = """
            char out[100];
            int32_t length = vh_get("\(name)", out, sizeof out);
            if (length == VH_ABSENT) vh_log("absent"); else vh_log_bytes(out, length);
            length = vh_get_text("\(name)", out, sizeof out);
            if (length == VH_ABSENT) vh_log("absent");
            else if (length == VH_NO_TEXT) vh_log("no text");
            else vh_log_bytes(out, length);
            """
        let data = #""s":"a\u00e4\n","n":1.0,"list":[1, [2,3]],"a.b":true,"c\\d":{"e":"deep"},"":null,"o":{ "k" : {} }"#
        let ran = try run(body, on: event(data, type: "x"))
        #expect(ran.log == ["0: \(json ?? "absent")\n\(string ?? (json == nil ? "absent" : "no text"))\n"])
        #expect(ran.output == event(data, type: "x"))
    }

    @Test(
        "writes what it may",
        arguments: [
            (#"vh_set("data.n", " {\"k\": 1.0} ")"#, #""n":{"k": 1.0}"#), (#"vh_set("data.n", "null")"#, #""n":null"#),
            (#"vh_set("data.n", "\"t\"")"#, #""n":"t""#), (#"vh_set_text("data.n", "\"\n", 2)"#, #""n":"\"\n""#),
            (#"vh_set("data.new\\.one", "[]")"#, #""n":1,"l":[1,2],"new.one":[]"#),
            (#"vh_remove("data.n")"#, #""data":{"l":[1,2]}"#), (#"vh_remove("data.none.at.all")"#, #""n":1"#),
            (#"vh_set("data.l.0", "7")"#, #""l":[7,2]"#), (#"vh_set("data.l.2", "7")"#, #""l":[1,2,7]"#),
            (#"vh_remove("data.l.1")"#, #""l":[1]"#), (#"vh_set("subject", "\"w\"")"#, #""subject":"w""#),
            (#"vh_set("time", "\"2026-01-31T20:15:00Z\"")"#, #""time":"2026-01-31T20:15:00Z""#),
        ])
    func writes(_ call: String, _ expected: String) throws {
        let ran = try run(call + ";", on: event(#""n":1,"l":[1,2]"#, type: "x"))
        let wanted = expected.replacingOccurrences(of: "\n", with: #"\n"#)
        #expect(ran.failures.isEmpty && ran.output.contains(wanted), "\(ran)")
    }

    @Test("walks an object's members in their order, and knows how many there are")
    func members() throws {
        let body = """
            char out[100];
            int32_t count = vh_count("data");
            for (int32_t i = 0; i <= count; i++) {
                int32_t length = vh_key("data", i, out, sizeof out);
                if (length >= 0) vh_log_bytes(out, length); else vh_log("end");
            }
            if (vh_count("data.list") != 3 || vh_count("data.a") != VH_ABSENT) vh_fail("counted wrong");
            """
        let ran = try run(body, on: event(#""a":1,"b\n":2,"list":[1,2,3]"#, type: "x"))
        #expect(ran.failures.isEmpty && ran.log == ["0: a\nb\n\nlist\nend\n"])
    }

    @Test("tells how long a value is that has no room, and writes nothing of it")
    func noRoom() throws {
        let body = """
            char out[4] = "....";
            if (vh_get_text("data.a", out, 3) != 5 || out[0] != '.') vh_fail("get_text");
            if (vh_get("data.a", 0, 0) != 7) vh_fail("get");
            if (vh_key("data", 0, out, 0) != 1 || vh_hash("x", 1, out, 4) != 32 || out[0] != '.') vh_fail("key, hash");
            if (vh_mask(VH_IP, "192.0.2.33", 10, out, 4) != 9 || out[0] != '.') vh_fail("mask");
            """
        #expect(try run(body, on: event(#""a":"12345""#, type: "x")).failures.isEmpty)
    }

    @Test("sees nothing that its manifest does not ask for, and the message says what to ask for")
    func grants() throws {
        let manifest =
            #"VH_MANIFEST({"kind":"redactor","name":"few","version":"1","reads":["user.contact.email"]})"#
        let lines = event(#""email":"a@b.c","phone":"5550142","nick":"x""#, type: "account.opened")
        func ran(_ body: String) throws -> Ran {
            Ran(lines, through: RedactorChain([try load(try CModule(body, manifest: manifest).bytes)]))
        }
        let ask = #"add "user.contact.phone_number" to the manifest's reads"#
        for (body, message) in [
            (#"char o[9]; vh_get("data.phone", o, 9);"#, "may not read 'phone': \(ask)"),
            (#"char o[9]; vh_get_text("data.phone.x", o, 9);"#, "may not read 'phone': \(ask)"),
            (#"vh_count("data.phone");"#, "may not read 'phone': \(ask)"),
            (#"vh_remove("data.phone");"#, "may not write 'phone': \(ask)"),
            (#"vh_set_text("data.phone", "", 0);"#, "may not write 'phone': \(ask)"),
            (#"vh_set("data.new", "1");"#, #"may not write 'new': add "user.unclassified" to the manifest's reads"#),
        ] {
            let failure = try #require(try ran(body).failures.first)
            #expect(failure == PluginFailure(plugin: "few", code: "error", message: "test.wasm: \(message)"))
        }
        let whole = try ran(
            """
            char out[1000];
            vh_log_bytes(out, vh_get("", out, sizeof out));
            vh_log_bytes(out, vh_get("data", out, sizeof out));
            vh_log_bytes(out, vh_key("data", 0, out, sizeof out));
            if (vh_count("data") != 1 || vh_key("data", 1, out, sizeof out) != VH_ABSENT) vh_fail("more is seen");
            """)
        #expect(whole.failures.isEmpty && whole.output == lines, "\(whole)")
        let log = try #require(whole.log.first)
        #expect(log.hasSuffix("{\"email\":\"a@b.c\"}\nemail\n") && log.contains(#""id":"1""#))
        #expect(!log.contains("5550142") && !log.contains("nick") && !log.contains("v1"))
    }

    @Test("keeps its variables from event to event, until it fails: then it begins anew")
    func freshInstance() throws {
        let body = """
            count++;
            if (vh_count("data.stop") == 0) __builtin_trap();
            if (count == 2) vh_set("data.two", "true");
            """
        let lines = ["", "", #""stop":{}"#, "", ""].enumerated().map { event($1, id: "\($0)", type: "x") }
        let ran = try run(body, before: "static int count;", on: lines.joined())
        #expect(ran.failures.count == 1 && ran.output.split(separator: "\n").count == 4)
        #expect(ran.output.components(separatedBy: "two").count == 3 && ran.calls == [5])
    }

    @Test("is told by how its file begins")
    func recognised() {
        #expect(
            ModulePlugin.isModule([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]) && ModulePlugin.isModule([0, 0x61, 0x73, 0x6D]))
        #expect(!ModulePlugin.isModule(Array("return {}".utf8)) && !ModulePlugin.isModule([]))
    }
}
