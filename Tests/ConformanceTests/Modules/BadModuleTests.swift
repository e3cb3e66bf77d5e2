import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

@Suite("A module that is wrong or hostile")
struct BadModuleTests {
    private static let limits = LuaLimits(memory: 4 << 20, nanoseconds: 400_000_000)

    /// Why a module is not loaded.
    private func refusal(_ bytes: [UInt8]) throws -> String? {
        do {
            _ = try load(bytes, limits: Self.limits)
            return nil
        } catch let error as WasmError {
            return error.message
        }
    }

    /// What most modules have, as macros.
    private static let parts = #"""
        #include "viewerhost.h"
        #define REDACT int32_t viewerhost_redact(void) { return 0; }
        #define VERSION(number) int32_t VH_EXPORT(viewerhost_abi_version)(void) { return number; }
        #define MANIFEST VH_MANIFEST({"kind": "redactor", "name": "test", "version": "1.0.0"})
        #define PLACE(number) int64_t VH_EXPORT(viewerhost_manifest)(void) { return number; }
        #define INITIALIZE(body) void VH_EXPORT(_initialize)(void) { body; }
        #define LOOP for (volatile int i = 0;;) (void)i
        #define IMPORT(module, name) \
            __attribute__((import_module(module), import_name(name))) void imported(void); INITIALIZE(imported())

        """#

    private static let refusals: [(source: String, message: String)] = [
        ("MANIFEST", "it does not export viewerhost_redact as docs/module-abi.md has it"),
        ("REDACT", "it does not export viewerhost_abi_version as docs/module-abi.md has it"),
        ("REDACT VERSION(1)", "it does not export viewerhost_manifest as docs/module-abi.md has it"),
        ("REDACT VERSION(2)", "it has version 2 of the modules' interface, and this host speaks 1"),
        ("REDACT long long VH_EXPORT(viewerhost_abi_version)(void) { return 1; }", "export viewerhost_abi_version as"),
        ("REDACT int VH_EXPORT(viewerhost_abi_version)(int a) { return a; }", "export viewerhost_abi_version as"),
        ("REDACT void VH_EXPORT(viewerhost_abi_version)(void) {}", "export viewerhost_abi_version as"),
        ("REDACT VERSION(1) int VH_EXPORT(viewerhost_manifest)(void) { return 1; }", "export viewerhost_manifest as"),
        ("REDACT MANIFEST void VH_EXPORT(_initialize)(int a) { (void)a; }", "it does not export _initialize as"),
        (#"REDACT MANIFEST IMPORT("wasi_snapshot_preview1", "fd_write")"#, "`wasi_snapshot_preview1::fd_write`"),
        (#"REDACT MANIFEST IMPORT("viewerhost", "open")"#, "unknown import: `viewerhost::open`"),
        (#"REDACT MANIFEST IMPORT("viewerhost", "get")"#, "`viewerhost::get`"),
        ("REDACT MANIFEST INITIALIZE(LOOP)", "stopped from outside after 400 ms"),
        ("REDACT MANIFEST INITIALIZE(__builtin_trap())", "it gave up (unreachable)"),
        (#"REDACT MANIFEST INITIALIZE(vh_fail("no luck"))"#, "test.wasm: no luck"),
        (#"REDACT MANIFEST INITIALIZE(vh_remove("data.ip"))"#, "there is an event only within viewerhost_redact"),
        ("REDACT MANIFEST char large[8 << 20]; char *VH_EXPORT(where)(void) { return large; }", "memory"),
        ("REDACT VERSION(1) PLACE(8ll << 32 | 0xfffffffc)", "8 bytes at 4294967292 are outside of its memory"),
        ("REDACT VERSION(1) PLACE(-1)", "a manifest of 4294967295 bytes"),
        ("REDACT VERSION(1) long long VH_EXPORT(viewerhost_manifest)(void) { LOOP; }", "stopped from outside after"),
    ]

    @Test("is refused with a line that says what is wrong", arguments: refusals)
    func refused(_ source: String, _ message: String) throws {
        let found = try refusal(try CModule(source: Self.parts + source).bytes)
        #expect(found?.hasPrefix("test.wasm: ") == true && found?.contains(message) == true, "\(found ?? "nothing")")
        #expect(found?.contains("\n") == false)
    }

    private static let manifests: [(manifest: String, message: String)] = [
        ("{", "its manifest is no JSON"), ("", "its manifest is no JSON"), ("[]", "its manifest is no JSON object"),
        ("5", "its manifest is no JSON object"), ("{}", "its manifest has no 'kind'"),
        (#"{"kind":5}"#, "'kind' in its manifest must be a non-empty string"),
        (#"{"kind":"window"}"#, "'window' in its manifest is no kind of plugin"),
        (#"{"kind":"redactor"}"#, "its manifest has no 'name'"),
        (#"{"kind":"redactor","name":""}"#, "'name' in its manifest must be a non-empty string"),
        (#"{"kind":"redactor","name":"a"}"#, "its manifest has no 'version'"),
        (#"{"kind":"redactor","name":"a","version":"1","reads":"user"}"#, "'reads' in its manifest must be a list"),
        (#"{"kind":"redactor","name":"a","version":"1","reads":[1]}"#, "'reads' in its manifest must be a list"),
        (
            #"{"kind":"redactor","name":"a","version":"1","reads":["usr"]}"#,
            "'usr' in 'reads' is neither a Fideslang"
        ),
        ("\\xff", "its manifest is not UTF-8"), ("{\\0}", "its manifest is no JSON"),
    ]

    @Test(
        "is refused for its manifest",
        arguments: manifests)
    func badManifest(_ manifest: String, _ message: String) throws {
        let text = manifest.replacingOccurrences(of: "\"", with: "\\\"")
        let source = """
            REDACT VERSION(1)
            uint64_t VH_EXPORT(viewerhost_manifest)(void) {
                static const char text[] = "\(text)";
                return (uint64_t)(sizeof text - 1) << 32 | (uintptr_t)text;
            }
            """
        let found = try refusal(try CModule(source: Self.parts + source).bytes)
        #expect(found?.hasPrefix("test.wasm: \(message)") == true, "\(found ?? "nothing")")
    }

    @Test("is refused where the file is damaged, of another kind, or never ends to start")
    func badFiles() throws {
        let whole = try CModule("").bytes
        #expect(try refusal(whole) == nil)
        for length in [9, 40, whole.count / 2, whole.count - 1] {
            let found = try refusal(Array(whole[..<length]))
            #expect(found?.hasPrefix("test.wasm: it ") == true, "\(length): \(found ?? "nothing")")
        }
        #expect(try refusal(Array(whole[..<6])) == "test.wasm: it is no WebAssembly module of version 1")
        let component = [0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0].map { UInt8($0) }
        #expect(try refusal(component) == "test.wasm: it is a WebAssembly component: build a core module")
        #expect(
            try refusal([0, 0x61, 0x73, 0x6D, 2, 0, 0, 0]) == "test.wasm: it is no WebAssembly module of version 1")
        let large = whole + [0] + Array(repeating: UInt8(0), count: 17 << 20)
        #expect(try refusal(large) == "test.wasm: it has more than 16 MiB")
        let loops = try CModule("", before: "void VH_EXPORT(loop)(void) { for (volatile int i = 0;;) (void)i; }")
        let found = try refusal(try loops.starting(with: "loop"))
        #expect(found?.contains("stopped from outside after 400 ms") == true, "\(found ?? "nothing")")
        // Functions of the host, before there is a memory.
        let early = try CModule("", before: "void VH_EXPORT(early)(void) { vh_log(\"x\"); }").starting(with: "early")
        #expect(try refusal(early)?.contains("the host was called before there was a memory") == true)
        // Memory that threads share, in which one could wait for ever.
        let shared = try CModule(
            source: "", flags: ["-Wl,--import-memory,--shared-memory,--max-memory=65536", "-matomics"])
        #expect(try refusal(shared.bytes)?.hasPrefix("test.wasm: it is no module that can be run") == true)
    }

    private static let faults: [(body: String, code: String, message: String)] = [
        ("for (volatile int i = 0;;) (void)i;", "time_limit", "stopped from outside after 400 ms"),
        ("__builtin_trap();", "trap", "it gave up (unreachable)"),
        ("*(volatile int *)0x7fffffff = 1;", "trap", "it reached outside of its memory"),
        ("volatile int zero = 0; return 5 / zero;", "trap", "it divided by zero"),
        ("return deep(0);", "trap", "its stack is full"),
        ("return ((int (*)(int, int))(void *)pointer)(1, 2);", "trap", "it called a function of another type"),
        ("return 7;", "wrong_result", "viewerhost_redact returned 7: 0 lets the event pass, 1 drops it"),
        ("return -1;", "wrong_result", "viewerhost_redact returned -1: 0 lets the event pass, 1 drops it"),
        (#"vh_fail("not today");"#, "error", "not today"),
        ("vh_fail_bytes((char *)1, -1);", "trap", "4294967295 bytes at 1 are outside of its memory"),
        (
            "while (__builtin_wasm_memory_grow(0, 1) != (size_t)-1) {} __builtin_trap();", "memory_limit",
            "it gave up (unreachable), with its 4 MiB of memory in use"
        ),
        (
            #"for (int i = 0; i < 20000; i++) vh_log("0123456789");"#, "output_limit",
            "the plugin wrote more than it may"
        ),
        (
            #"for (char n[] = "data.a"; n[5] < 'z'; n[5]++) vh_set_text_bytes(n, 6, big, 900000);"#, "output_limit",
            "the event has grown larger than an event may be"
        ),
        (
            "for (int i = 0; i < 2000; i++) vh_set_bytes(name(i), 9, \"1\", 1);", "output_limit",
            "the event has grown to more members or levels than an event may have"
        ),
        ("vh_log_bytes(big, sizeof big);", "output_limit", "2097152 bytes are more than an event may have"),
        (#"vh_set("data.a", "{");"#, "error", "'a': the JSON text ends early (half a line?) at byte 2"),
        (#"vh_set("data.a", "");"#, "error", "'a': the JSON text ends early (half a line?) at byte 1"),
        (#"vh_set("data.a", "1 2");"#, "error", "'a': text after the JSON value at byte 3"),
        (#"vh_set("data.a", "{\"k\":1,\"k\":2}");"#, "error", "'a': the same key twice in one object"),
        (#"vh_set("data.a", "\"\xff\"");"#, "error", "'a': invalid UTF-8"),
        (#"vh_set_text("data.a", "\xff", 1);"#, "error", "'a': the string is not UTF-8"),
        (#"vh_set("data.\xff", "1");"#, "error", "the string is not UTF-8"),
        (#"vh_set("data", "{}");"#, "error", "set the fields of 'data', not 'data'"),
        (#"vh_set("", "{}");"#, "error", "the event cannot be set as a whole: set its fields"),
        (#"vh_remove("data");"#, "error", "set the fields of 'data', not 'data'"),
        (#"vh_set_text("id", "2", 1);"#, "error", "'id' identifies the event and cannot be changed"),
        (#"vh_set("time", "\"noon\"");"#, "error", "'time' must be an RFC 3339 date-time"),
        (#"vh_set("data.no.x", "1");"#, "error", "cannot set 'data.no.x': what it lies in is neither an object nor"),
        (#"vh_set("data.l.x", "1");"#, "error", "'x' is no position in an array: they count from 0"),
        (#"vh_set("data.l.9", "1");"#, "error", "an array has no holes"),
        (#"vh_mask(6, "x", 1, (char *)100, 9);"#, "error", "there is no mask of number 6"),
    ]

    private static let helpers = #"""
        static char big[2 << 20] = {1};
        int deep(int n);
        int (*volatile pointer)(int) = deep;
        int deep(int n) { return pointer(n + 1) + n; }
        static const char *name(int i) {
            static char n[] = "data.0000";
            for (int place = 8; place > 4; place--, i /= 10) n[place] = '0' + i % 10;
            return n;
        }
        """#

    @Test("costs the event that it failed on, with a code and a message, and no other", arguments: faults)
    func fails(_ body: String, _ code: String, _ message: String) throws {
        let condition = "if (vh_count(\"data.bad\") != 0) return VH_PASS;\n"
        let lines = [#""l":[1]"#, #""l":[1],"bad":{}"#, #""l":[1]"#].enumerated().map {
            event($1, id: "\($0)", type: "x")
        }
        let ran = try run(condition + body, before: Self.helpers, on: lines.joined(), limits: Self.limits)
        let failure = try #require(ran.failures.first)
        #expect(ran.failures.count == 1 && failure.plugin == "test" && failure.code == code, "\(failure)")
        #expect(failure.message.contains(message), "\(failure)")
        #expect(ran.output == lines[0] + lines[2])
    }

    /// Every pointer of every function, at the end of the memory and far outside.
    @Test(
        "leads nothing outside of its memory",
        arguments: [
            "vh_get_bytes(P, 2, B, 9)", "vh_get_bytes(B, 2, P, 9)", "vh_get_text_bytes(P, 2, B, 9)",
            "vh_get_text_bytes(B, 2, P, 9)", "vh_set_bytes(P, 2, B, 1)", "vh_set_bytes(B, 1, P, 2)",
            "vh_set_text_bytes(P, 2, B, 1)", "vh_set_text_bytes(B, 1, P, 2)", "vh_remove_bytes(P, 2)",
            "vh_count_bytes(P, 2)", "vh_key_bytes(P, 2, 0, B, 1)", "vh_key_bytes(B, 0, 0, P, 9)",
            "vh_mask(VH_IP, P, 2, B, 9)", "vh_mask(VH_IP, B, 1, P, 20)", "vh_hash(P, 2, B, 32)", "vh_hash(B, 1, P, 32)",
            "vh_log_bytes(P, 2)", "vh_fail_bytes(P, 2)", "vh_log_bytes(B, 1 << 19)", "vh_get_bytes(B, 2, B, -1)",
        ])
    func outside(_ call: String) throws {
        for place in ["__builtin_wasm_memory_size(0) * 65536 - 1", "0xffffffff", "0x80000000"] {
            let body = "static char b[32] = \"id\"; char *B = b, *P = (char *)(\(place)); (void)P; \(call);"
            let ran = try run(body, on: event(""), limits: Self.limits)
            let failure = try #require(ran.failures.first)
            #expect(failure.code == "trap" && failure.message.hasSuffix("are outside of its memory"), "\(failure)")
        }
    }

    @Test("has no more memory than the limit, whatever it asks for")
    func memoryLimit() throws {
        let body = """
            int pages = 0;
            while (__builtin_wasm_memory_grow(0, 1) != (size_t)-1) pages++;
            if (__builtin_wasm_memory_grow(0, 65535) != (size_t)-1) vh_log("grew");
            vh_set("data.full", __builtin_wasm_memory_size(0) * 65536 == 4 << 20 ? "true" : "false");
            """
        let module = try load(try CModule(body).bytes, limits: Self.limits)
        let ran = Ran(event("", type: "x"), through: RedactorChain([module]))
        #expect(ran.log.isEmpty && ran.output.contains(#""full":true"#) && module.memoryPeak == 4 << 20)
    }

    @Test("is compiled anew where what is kept of it is damaged")
    func damagedArtefact() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = try CModule("vh_set(\"data.a\", \"1\");").bytes
        func output() throws -> String {
            Ran(event("", type: "x"), through: RedactorChain([try load(bytes, cache: folder.path)])).output
        }
        let first = try output()
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let path = folder.appending(path: name)
        let kept = try Data(contentsOf: path)
        for content in [kept.prefix(100), Data(), kept.dropLast(), Data(kept.reversed())] {
            try content.write(to: path)
            #expect(try output() == first && first.contains(#""a":1"#))
            #expect(try Data(contentsOf: path).count == kept.count)
        }
    }
}
