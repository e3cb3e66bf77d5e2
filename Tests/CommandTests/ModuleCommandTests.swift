import Foundation
import TestSupport
import Testing

@Suite("Plugins that are WebAssembly modules")
struct ModuleCommandTests {
    private let events = root.path + "/examples/events.ndjson"

    /// A folder with `plugins/mine.wasm`, and its like in Lua in `lua/mine.lua`.
    private func folderWithModule(_ language: String = "c") throws -> URL {
        let folder = try temporaryFolder()
        let made = try shell(
            "host plugin new mine --language \(language) && plugins/mine/build && host plugin new mine --folder lua",
            in: folder)
        #expect(made.code == 0, "\(made.errors)")
        return folder
    }

    @Test(
        "are made in C and Swift, build, pass their tests, and do what the one in Lua does", arguments: ["c", "swift"])
    func made(_ language: String) throws {
        let folder = try folderWithModule(language)
        let tested = try shell("host test --fuzz 500 --seed 1", in: folder)
        #expect(tested.code == 0 && tested.errors == "4 tests of 1 plugin, none failed\n", "\(tested.output)")
        for jobs in [1, 2] {
            let module = try shell("host run \(events) --jobs \(jobs) --output m", in: folder)
            let lua = try shell("host run \(events) --plugin lua/mine.lua --jobs \(jobs) --output l", in: folder)
            #expect(module.code == 0 && lua.code == 0 && module.errors.contains("mine 1.0.0, isolated: 33 calls"))
            #expect(try shell("cmp m l", in: folder).code == 0)
        }
        let again = try shell("host plugin new mine --language \(language)", in: folder)
        #expect(again.code == 74 && again.errors.contains("plugins/mine/mine.\(language): file exists"))
    }

    @Test("are made as examples/modules has them", arguments: ["c", "swift"])
    func examplesAreMade(_ language: String) throws {
        let folder = try temporaryFolder()
        let name = "in-\(language)"
        #expect(try shell("host plugin new \(name) --language \(language) --folder .", in: folder).code == 0)
        let files = try shell("diff -r \(name) \(root.path)/examples/modules/\(name)", in: folder)
        #expect(files.code == 0, "\(files.output)")
        let tests = try shell("diff \(name)_test.lua \(root.path)/examples/modules/\(name)_test.lua", in: folder)
        #expect(tests.code == 0, "\(tests.output)")
    }

    @Test("in C and Swift build and pass their tests in examples/modules", arguments: ["c", "swift"])
    func examples(_ language: String) throws {
        try buildAndTestExample("in-\(language)")
    }

    @Test(
        "in Rust build and pass their tests in examples/modules",
        .enabled(
            if: FileManager.default.fileExists(atPath: "/usr/lib/rustlib/wasm32-unknown-unknown"),
            "scripts/bootstrap rust installs the compiler"))
    func exampleInRust() throws {
        try buildAndTestExample("in-rust")
    }

    private func buildAndTestExample(_ name: String) throws {
        let folder = try temporaryFolder()
        let copy = "cp -r \(root.path)/examples/modules/\(name) \(root.path)/examples/modules/\(name)_test.lua ."
        let tested = try shell("\(copy) && \(name)/build && host test \(name).wasm --fuzz 500 --seed 1", in: folder)
        #expect(tested.code == 0 && tested.errors == "4 tests of 1 plugin, none failed\n", "\(tested)")
    }

    @Test("stand among those in Lua, in the order of their names, and are listed with them")
    func listed() throws {
        let folder = try folderWithModule()
        let made = try shell(
            "cp plugins/mine.wasm plugins/module-by-content; host plugin new a; host plugin new z; rm -r plugins/mine",
            in: folder)
        #expect(made.code == 0)
        let list = try shell("host plugin list", in: folder)
        #expect(list.code == 0)
        #expect(
            list.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == [
                "plugins/a.lua", "plugins/mine.wasm", "plugins/z.lua",
            ])
        let run = try shell("host run \(events) --output /dev/null", in: folder)
        let calls = run.errors.split(separator: "\n").filter { $0.contains("33 calls") }
        #expect(run.code == 0 && calls.map { $0.prefix { $0 != " " } } == ["a", "mine", "z"])
        let isolated = try shell("host run \(events) --output isolated --isolation wasm", in: folder)
        let native = try shell("host run \(events) --output native; cmp isolated native", in: folder)
        #expect(isolated.code == 0 && native.code == 0, "\(isolated.errors)\(native.output)")
        let check = try shell("host plugin check plugins/module-by-content --json", in: folder)
        #expect(check.code == 0 && check.output.contains(#""name":"mine""#), "\(check.output)")
        let doctor = try shell("host doctor", in: folder)
        #expect(doctor.output.contains("plugins/mine.wasm: mine 1.0.0"))
    }

    @Test("fail with their events in quarantine, and are taken out, as those in Lua")
    func failures() throws {
        let folder = try folderWithModule()
        let source = """
            #include "viewerhost.h"
            VH_MANIFEST({"kind": "redactor", "name": "mine", "version": "1.0.0", "reads": []})
            int32_t viewerhost_redact(void) { vh_log("looking"); vh_remove("data.country"); return VH_PASS; }
            """
        try Data(source.utf8).write(to: folder.appending(path: "plugins/mine/mine.c"))
        let lines = (1...40).map { number in
            #"{"specversion":"1.0","id":"\#(number)","source":"t","type":"session.started","data":{"country":"DE"}}"#
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "in"))
        let run = try shell("plugins/mine/build && host run in --jobs 1 --output out", in: folder)
        #expect(run.code == 70 && run.errors.contains("looking"), "\(run.errors)")
        let counts = try shell(
            "wc -c < out; wc -l < quarantine.ndjson; grep -c circuit_open quarantine.ndjson; head -1 quarantine.ndjson",
            in: folder)
        #expect(counts.output.hasPrefix("0\n40\n20\n"), "\(counts.output)")
        #expect(counts.output.contains("plugins/mine.wasm: may not write 'country': add"), "\(counts.output)")
    }

    @Test("are refused in one line that says what is wrong, where and what to do")
    func refusals() throws {
        let folder = try folderWithModule()
        for (command, code, message) in [
            ("host plugin check a.wasm", 1, "host: a.wasm: it is no WebAssembly module: it does not begin as one\n"),
            ("host run \(events) --plugin b.wasm", 70, "host: b.wasm: it is no module that can be run ("),
            (
                "host run \(events) --plugin c.wasm", 70,
                "host: c.wasm: it is a WebAssembly component: build a core module"
            ),
            ("host test d.wasm --fuzz 1", 1, "0 tests of 1 plugin, 1 failed"),
            (
                "VIEWERHOST_WASMTIME=/none.so host run \(events)", 74,
                "host: plugins/mine.wasm is only run isolated: isolation needs"
            ),
            (
                "VIEWERHOST_WASMTIME=/none.so host plugin list", 1,
                "which is not there (/none.so: cannot open shared object"
            ),
            ("VIEWERHOST_WASMTIME=libc.so.6 host plugin list", 1, "libc.so.6 is not wasmtime 50: run `make isolation`"),
        ] {
            _ = try shell(
                """
                echo 'return {}' > a.wasm; head -c 100 plugins/mine.wasm > b.wasm
                printf '\\000asm\\015\\000\\001\\000' > c.wasm; cp b.wasm d.wasm
                """, in: folder)
            let outcome = try shell(command, in: folder)
            #expect(outcome.code == code && outcome.errors.contains(message), "\(command): \(outcome)")
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
        #expect(
            try shell("VIEWERHOST_WASMTIME=/none.so host run \(events) --plugin lua/mine.lua", in: folder).code == 0)
    }
}
