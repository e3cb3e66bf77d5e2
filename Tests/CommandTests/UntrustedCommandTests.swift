import Foundation
import TestSupport
import Testing

@Suite("Plugins that are not trusted")
struct UntrustedCommandTests {
    private let events = root.path + "/examples/events.ndjson"
    private let without = "VIEWERHOST_WASMTIME=/nowhere.so"

    private func redactor(_ name: String, _ body: String = "return event", _ more: String = "") -> String {
        "return { kind = 'redactor', name = '\(name)', version = '1', reads = { 'user', 'system' }, \(more) "
            + "redact = function(event) \(body) end }"
    }

    /// A folder with these plugins, by their paths in `plugins/`.
    private func folder(_ plugins: [String: String]) throws -> URL {
        let folder = try temporaryFolder()
        for (path, source) in plugins {
            let file = folder.appending(path: "plugins/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(source.utf8).write(to: file)
        }
        return folder
    }

    @Test("run last, and isolated, where they lie in plugins/untrusted/, are named so, or ask for it")
    func homes() throws {
        let folder = try folder([
            "b.lua": redactor("b"), "c.lua": redactor("c", "return event", "isolation = 'wasm',"),
            "untrusted/a.lua": redactor("a"), "untrusted/deep/d.lua": redactor("d"),
        ])
        func homes(_ arguments: String) throws -> [String] {
            let outcome = try shell("host run \(events) --output /dev/null --json \(arguments)", in: folder)
            let object = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: Any]
            let plugins = object?["plugins"] as? [[String: Any]] ?? []
            return plugins.map { "\($0["name"] ?? "") \($0["isolation"] ?? "")" }
        }
        #expect(try homes("") == ["b native", "c wasm", "a wasm"])
        #expect(try homes("--isolation wasm") == ["b wasm", "c wasm", "a wasm"])
        #expect(try homes("--isolation native") == ["b native", "c wasm", "a wasm"])
        #expect(try homes("--plugin b.lua --untrusted plugins/c.lua") == ["b native", "c wasm"])
        #expect(try homes("--untrusted b.lua") == ["b wasm"])
        #expect(try homes("--plugin a.lua --plugin b.lua") == ["a wasm", "b native"])
        #expect(try homes("--plugin plugins/untrusted/deep/d.lua") == ["d wasm"])
        let summary = try shell("host run \(events) --output /dev/null", in: folder).errors
        #expect(summary.contains("\nb 1: 33 calls, ") && summary.contains("\na 1, isolated: 33 calls, "))
    }

    @Test("are not trusted through links either, from wherever they are named")
    func links() throws {
        let folder = try folder(["trusted.lua": redactor("t"), "untrusted/a.lua": redactor("a")])
        let link = "ln -s untrusted/a.lua plugins/z.lua; ln -s ../trusted.lua plugins/untrusted/z.lua"
        let lines = try shell("\(link); host plugin list", in: folder).output.split(separator: "\n")
        #expect(lines.map { $0.contains("\tisolated\t") } == [false, true, true, true])
        let inside = try shell("cd plugins/untrusted && host plugin check a.lua", in: folder)
        #expect(inside.output == "a.lua: a 1, isolated, reads user, system\n")
    }

    @Test("are refused where nothing can isolate them: never are they run natively, not even to be listed")
    func failClosed() throws {
        let folder = try folder([
            "b.lua": redactor("b"), "untrusted/a.lua": "print('native') " + redactor("a"),
            "untrusted/a_test.lua": "it('x', function() end)",
        ])
        let reason =
            "plugins/untrusted/a.lua is only run isolated: isolation needs wasmtime's library, which is not there"
        for (command, code) in [
            ("host run \(events) --output out", Int32(74)), ("host run \(events) --plugin a.lua --output out", 74),
            ("host plugin list", 1), ("host plugin check plugins/untrusted/a.lua", 1), ("host doctor --key key", 1),
            ("host test plugins/untrusted/a.lua", 1), ("host test plugins/untrusted/a.lua --fuzz 10 --coverage", 1),
        ] {
            let outcome = try shell("\(without) \(command)", in: folder)
            #expect(outcome.code == code && (outcome.errors + outcome.output).contains(reason), "\(outcome.errors)")
            #expect((outcome.errors + outcome.output).contains("run `make isolation`"))
        }
        #expect(try shell("ls out", in: folder).code != 0)
        // What is trusted goes on to work.
        #expect(try shell("\(without) host run \(events) --plugin b.lua --quiet --output out", in: folder).code == 0)
        let missing = try shell("VIEWERHOST_ENGINE=/nowhere.wasm host run \(events) --untrusted b.lua", in: folder)
        #expect(
            missing.code == 74 && missing.errors.contains("plugins/b.lua is only run isolated: cannot read /nowhere"))
    }

    @Test(
        "are refused with one line where they do not even load",
        arguments: [
            ("while true do end", "plugins/untrusted/a.lua:1: instruction limit reached"),
            ("local s = 'x' while true do s = s .. s end", "plugins/untrusted/a.lua: not enough memory"),
            ("return {", "plugins/untrusted/a.lua:1: unexpected symbol near <eof>"),
            ("return 5", "must return one table"),
            ("for i = 1, 1 << 40 do load(('x=9e-300 '):rep(400000)) end", "plugins/untrusted/a.lua"), ("", "one table"),
        ])
    func refused(_ source: String, _ message: String) throws {
        let folder = try folder(["untrusted/a.lua": source])
        let run = try shell("host run \(events) --output out", in: folder)
        #expect(run.code == 70 && run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.hasPrefix("host: ") && run.errors.split(separator: "\n").count == 1)
        let list = try shell("host plugin list", in: folder)
        #expect(list.code == 1 && list.errors.contains(message) && list.output.isEmpty)
    }

    @Test(
        "say what isolation a manifest may ask for", arguments: ["'native'", "'none'", "true", "{}", "''", "5"])
    func manifest(_ value: String) throws {
        let source = redactor("a", "return event", "isolation = \(value),")
        let folder = try folder(["a.lua": source])
        let message =
            "host: plugins/a.lua: 'isolation' in the manifest must be \"wasm\", or left out: a plugin may ask for isolation, "
            + "and not refuse it\n"
        for arguments in ["", "--isolation wasm", "--untrusted a.lua"] {
            let outcome = try shell("host run \(events) \(arguments)", in: folder)
            #expect(outcome.code == 70 && outcome.errors == message, "\(outcome.errors)")
        }
    }

    @Test("cannot pass for another: a file in plugins/ comes first, and no two plugins of a run have one name")
    func names() throws {
        let folder = try folder(["a.lua": redactor("own"), "untrusted/a.lua": redactor("far")])
        let chosen = try shell("host run \(events) --plugin a.lua --output /dev/null", in: folder)
        #expect(chosen.code == 0 && chosen.errors.contains("own 1: 33 calls"))
        #expect(try shell("host run \(events) --output /dev/null", in: folder).code == 0)
        try Data(redactor("own").utf8).write(to: folder.appending(path: "plugins/untrusted/a.lua"))
        let outcome = try shell("host run \(events) --output out", in: folder)
        #expect(outcome.code == 70)
        #expect(
            outcome.errors
                == "host: plugins/untrusted/a.lua: it is named 'own', as plugins/a.lua is: rename one of them\n")
    }

    @Test(
        "fill the quarantine with the event as it came in, whatever plugins before them made of it", arguments: [1, 2])
    func quarantine(_ jobs: Int) throws {
        let folder = try folder([
            "b.lua": redactor("b", "event.data.ip = nil event.data.email = nil return event"),
            "untrusted/a.lua": redactor("a", "if event.data.title then error('no titles') end return event"),
        ])
        let run = "host run \(events) --jobs \(jobs) --quiet"
        let mixed = try shell("\(run) --output m --quarantine mq", in: folder)
        let move = "mv plugins/untrusted/a.lua plugins/c.lua"
        let native = try shell(
            "\(move); \(run) --output n --quarantine nq; code=$?; sed -i s/c.lua/untrusted\\\\/a.lua/ nq; exit $code",
            in: folder)
        #expect(mixed.code == 70 && native.code == 70, "\(native.errors)")
        let same = try shell("cmp m n && cmp mq nq && wc -l < nq", in: folder)
        #expect(same.code == 0 && same.output != "0\n", "\(same.output)\(same.errors)")
    }

    @Test("are tested isolated, with the results of a native run", arguments: ["", "--isolation wasm"])
    func tested(_ arguments: String) throws {
        let folder = try temporaryFolder()
        let copy = try shell("mkdir -p plugins/untrusted; cp \(root.path)/plugins/*.lua plugins/untrusted", in: folder)
        #expect(copy.code == 0)
        let isolated = try shell("host test --ci --fuzz 300 --seed 1 \(arguments)", in: folder)
        let native = try shell("host test \(root.path)/plugins/*_test.lua --ci --fuzz 300 --seed 1")
        #expect(isolated.code == 0 && native.code == 0, "\(isolated.output)")
        let names = isolated.output.replacingOccurrences(of: " (isolated)", with: "")
            .replacingOccurrences(of: "plugins/untrusted/", with: "\(root.path)/plugins/")
        #expect(names == native.output && isolated.errors == native.errors)
        _ = try shell("rm plugins/untrusted/minors_test.lua", in: folder)
        let coverage = try shell("host test --coverage", in: folder)
        #expect(coverage.errors.hasSuffix("without tests: plugins/untrusted/minors.lua\n"))
        #expect(coverage.code == 0)
        #expect(coverage.output.contains("  coverage: none, it is measured of plugins that run natively"))
        let refused = try shell("host test --coverage --isolation wasm", in: folder)
        #expect(refused.code == 2 && refused.errors.contains("leave out --isolation wasm"))
    }

    @Test("recommend as they would natively, and pass their own tests")
    func recommenders() throws {
        let folder = try folder([:])
        let example = root.appending(path: "examples/make-viewers.py").path
        let plugins = root.appending(path: "plugins/recommenders").path
        let prepared = try shell(
            """
            python3 \(example) --viewers 60 --until 2026-03-01 > viewers.ndjson && \
            host run viewers.ndjson --no-plugins --store viewers.sqlite --quiet && \
            mkdir -p plugins/untrusted && cp \(plugins)/top-picks.lua plugins/untrusted/
            """, in: folder)
        #expect(prepared.code == 0, "\(prepared.errors)")
        func list(_ arguments: String) throws -> String {
            let outcome = try shell("host recommend account-1/Lena --json \(arguments)", in: folder)
            #expect(outcome.code == 0, "\(outcome.errors)")
            return outcome.output
        }
        let native = try list("--plugin \(plugins)/top-picks.lua")
        #expect(native.contains(#""recommender":"top-picks","fallback":null"#))
        #expect(try list("--plugin \(plugins)/top-picks.lua --isolation wasm") == native)
        #expect(try list("") == native)
        let tests = try shell("host test \(plugins) --isolation wasm", in: folder)
        #expect(tests.code == 0 && tests.output.contains("(isolated)"), "\(tests.output)\(tests.errors)")
        let refused = try shell("\(without) host recommend account-1/Lena", in: folder)
        #expect(refused.code == 74 && refused.errors.contains("is only run isolated"))
    }
}
