import Foundation
import TestSupport
import Testing

@Suite("host test")
struct TestCommandTests {
    @Test("passes the tests of the bundled plugins, which reach every line, and made-up events")
    func bundledPlugins() throws {
        let outcome = try shell("host test plugins --ci --coverage --fuzz 2000 --seed 1")
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(outcome.errors.hasSuffix("of 25 plugins, none failed\n"))
        #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("  coverage 100.0 %") } == 25)
    }

    @Test(
        "fails where a bundled plugin is broken",
        arguments: [
            ("redact", "name = remove,\n  given_name", "given_name"), ("redact", "family_name = remove,", ""),
            ("redact", "email = mask.email,", ""), ("redact", "phone = mask.phone", "phone = mask.ip"),
            ("redact", "postal_address = country_only,", ""), ("redact", "postal_code = remove,", ""),
            ("redact", "government_id = remove,", ""), ("redact", "account = remove,", ""),
            ("redact", "payment_method = kind_only,", ""), ("redact", "ip = mask.ip,", ""),
            ("redact", "cookie_id = host.hash,", "cookie_id = remove,"), ("redact", "text = mask.text,", ""),
            ("redact", "query = mask.text,", ""),
            ("redact", "transcript = mask.text,", ""), ("redact", "agent = mask.name,", ""),
            ("redact", "topic = mask.text,", ""), ("redact", "resolution = mask.text,", ""),
            ("redact", "url = mask.text,", ""), ("redact", "referrer = mask.text,", ""),
            ("redact", "if data == nil then return event end", ""), ("redact", "and value ~= json.null", ""),
            ("redact", "country = address.country", ""), ("redact", "kind = method.kind", ""),
            ("pseudonymise", "\"profile\", ", ""), ("pseudonymise", "\"username\", ", ""),
            ("pseudonymise", "\"device_id\", ", ""), ("pseudonymise", "\"cookie_id\", ", ""),
            ("pseudonymise", "\"session_id\", ", ""), ("pseudonymise", "\"playback_id\", ", ""),
            ("pseudonymise", "\"reference\", ", ""), ("pseudonymise", "\"account\",", ""),
            ("pseudonymise", "event.subject = host.hash(event.subject)", "event.subject = 'x'"),
            ("pseudonymise", "if data == nil then return event end", ""),
            ("minors", "[\"ad.shown\"] = true,", ""), ("minors", "[\"ad.clicked\"] = true,", ""),
            ("minors", "[\"beacon.fired\"] = true,", ""), ("minors", "[\"page.visited\"] = true,", ""),
            ("minors", "[\"supplement.browsing\"] = true,", ""), ("minors", "[\"supplement.demographic\"] = true,", ""),
            ("minors", "[\"supplement.interest\"] = true,", ""), ("minors", "\"cookie_id\", ", ""),
            ("minors", "\"device_id\", ", ""), ("minors", "\"ip\", ", ""), ("minors", "\"location\", ", ""),
            ("minors", "\"query\", ", ""), ("minors", "\"region\", ", ""), ("minors", "\"result\", ", ""),
            ("minors", "\"text\", ", ""), ("minors", ", \"transcript\"", ""),
            ("minors", "data.is_kids ~= true", "false"),
            ("minors", "data.is_kids ~= true", "not data.is_kids"), ("minors", "data == nil or", ""),
        ])
    func mutations(_ plugin: String, _ part: String, _ replacement: String) throws {
        let folder = try temporaryFolder()
        let plugins = root.appending(path: "plugins")
        for name in ["\(plugin).lua", "\(plugin)_test.lua"] {
            try FileManager.default.copyItem(at: plugins.appending(path: name), to: folder.appending(path: name))
        }
        let file = folder.appending(path: "\(plugin).lua")
        let source = try String(contentsOf: file, encoding: .utf8)
        let mutant = source.replacingOccurrences(of: part, with: replacement)
        #expect(mutant != source)
        try Data(mutant.utf8).write(to: file)
        #expect(try shell("host test \(plugin).lua", in: folder).code == 1)
    }

    @Test("leaves the tests of plugins out of runs and lists")
    func testsAreNoPlugins() throws {
        let folder = try temporaryFolder()
        for name in ["a", "b"] { _ = try shell("host plugin new \(name)", in: folder) }
        try Data("error('a test ran as a plugin')".utf8).write(to: folder.appending(path: "plugins/a_test.lua"))
        let run = try shell("host run \(root.path)/examples/events.ndjson --output /dev/null", in: folder)
        #expect(run.code == 0 && run.errors.contains("a 1.0.0: 33 calls") && run.errors.contains("b 1.0.0: 33 calls"))
        #expect(try shell("host plugin list", in: folder).output.split(separator: "\n").count == 2)
    }

    @Test(
        "answers a mistake with one helpful line and its exit code",
        arguments: [
            ("host test /nowhere", 74, "host: there is no file or folder /nowhere"),
            (
                "host test docs", 1,
                "host: there is no test in docs: the tests of plugin.lua are looked for in plugin_test.lua"
            ),
            ("host test plugins --filter zebra", 1, "host: no test has 'zebra' in its name"),
            ("host test plugins --fuzz 0", 2, "--fuzz must be 1 or more"),
            ("host test plugins --seed 1", 2, "--seed is for --fuzz"),
            ("host test plugins --junit /nowhere/x.xml", 74, "host: cannot write /nowhere/x.xml"),
        ])
    func mistakes(_ line: String, _ code: Int32, _ message: String) throws {
        let outcome = try shell(line)
        #expect(outcome.code == code && outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test("writes TAP to standard output and JUnit's XML to a file")
    func formats() throws {
        let folder = try temporaryFolder()
        let outcome = try shell("host test \(root.path)/plugins --ci --tap --junit results.xml", in: folder)
        #expect(outcome.code == 0 && outcome.output.hasPrefix("TAP version 14\n1.."))
        let xml = try String(contentsOf: folder.appending(path: "results.xml"), encoding: .utf8)
        #expect(xml.hasPrefix("<?xml") && xml.contains("minors_test.lua\" tests=\""))
        #expect(outcome.output.components(separatedBy: "\nok ").count == xml.components(separatedBy: "<testcase").count)
    }

    @Test("writes snapshots below the tests, and with --ci none")
    func snapshots() throws {
        let folder = try temporaryFolder()
        _ = try shell("host plugin new mine", in: folder)
        try Data("it('x', function() expect(redact(build.ad_shown())).to_match_snapshot() end)".utf8)
            .write(to: folder.appending(path: "plugins/mine_test.lua"))
        #expect(try shell("host test --ci", in: folder).code == 1)
        #expect(try shell("host test", in: folder).output.contains("snapshots written: x > 1"))
        #expect(try shell("host test --ci", in: folder).code == 0)
        #expect(try shell("sed -i 's/192.0.2.0/192.0.2.9/' plugins/__snapshots__/*; host test", in: folder).code == 1)
        #expect(try shell("host test --update && host test --ci", in: folder).code == 0)
    }

    @Test("runs again when a file changes, until it is ended")
    func watches() throws {
        let folder = try temporaryFolder()
        _ = try shell("host plugin new mine", in: folder)
        let outcome = try shell(
            """
            # The test's process lets no child be ended by SIGTERM.
            host test --watch > out 2>&1 & runner=$!
            shows() { for i in $(seq 100); do grep -q "$1" out && return; sleep 0.1; done; }
            shows waiting
            echo 'it("new", function() end)' > plugins/mine_test.lua
            shows 'ok       new'
            kill -9 $runner; wait; cat out
            """, in: folder)
        #expect(outcome.output.contains("3 tests of 1 plugin") && outcome.output.contains("1 test of 1 plugin"))
    }
}
