import Foundation
import HostCore
import Lua
import Testing

/// A folder of its own for one test, with what a run needs.
final class Workshop {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/viewerhost-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: folder + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Runs `events` through plugins with these function bodies; the events that passed are in `out.ndjson`.
    func run(
        _ events: String, _ bodies: [String], jobs: Int = 2, messages: Messages = Messages(),
        adjust: (inout RunOptions) -> Void = { _ in }
    ) throws -> RunReport {
        var plugins: [PluginFile] = []
        for (index, body) in bodies.enumerated() {
            let source = """
                return { kind = "redactor", name = "p\(index)", version = "1", reads = { "user", "user.unclassified" },
                  redact = function(event) \(body) end }
                """
            plugins.append(try PluginFile(try write(source, to: "p\(index).lua"), folder: folder))
        }
        var options = RunOptions(
            sources: [try write(events, to: "in.ndjson")], plugins: plugins, output: folder + "/out.ndjson",
            quarantine: folder + "/quarantine.ndjson", keyFile: folder + "/key", jobs: jobs)
        adjust(&options)
        return try Run(options).start(
            RunObserver(progress: { _, _, _ in }, message: { messages.lines.append($0) }))
    }
}

final class Messages {
    var lines: [String] = []
}

func event(_ id: Int, _ data: String = "") -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"t","type":"session.started","data":{\#(data)}}"# + "\n"
}

@Suite("A run")
struct RunTests {
    @Test("leads events through the plugins in their order and keeps the input's order", arguments: [1, 2, 5])
    func keepsOrder(_ jobs: Int) throws {
        let workshop = try Workshop()
        // Several chunks, so that several workers have something to do.
        let count = 40_000
        let input = (0..<count).map { event($0, #""ip":"192.0.2.\#($0 % 256)","session_id":"s""#) }.joined()
        let report = try workshop.run(
            input,
            [
                "event.data.session_id = event.data.session_id .. 'a' return event",
                "event.data.session_id = event.data.session_id .. 'b' return event",
            ], jobs: jobs)
        let expected = input.replacingOccurrences(of: #""session_id":"s""#, with: #""session_id":"sab""#)
        #expect(workshop.read("out.ndjson") == expected)
        #expect(report.events == count && report.passed == count && report.changed == count)
        #expect(report.plugins.map { $0.calls } == [count, count])
        #expect(report.redactions.map { $0.count } == [count])
        #expect(report.exitCode == 0)
    }

    @Test(
        "never passes on an event that a plugin fails on, and keeps it with the reason",
        arguments: [
            "error('no')", "while true do end", "return 5",
            "local t = {} while true do t[#t + 1] = ('x'):rep(9999) end",
        ])
    func quarantines(_ failing: String) throws {
        let workshop = try Workshop()
        let input = event(1) + event(2) + event(3)
        let report = try workshop.run(input, ["if event.id == '2' then \(failing) end return event"]) {
            $0.limits = LuaLimits(memory: 4 << 20, steps: 100_000)
        }
        #expect(workshop.read("out.ndjson") == event(1) + event(3))
        let line = try #require(workshop.read("quarantine.ndjson"))
        let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect((entry["event"] as? [String: Any])?["id"] as? String == "2")
        #expect((entry["origin"] as? String)?.hasSuffix("in.ndjson:2") == true)
        #expect(entry["plugin"] as? String == "p0" && (entry["message"] as? String)?.isEmpty == false)
        #expect(report.quarantined == 1 && report.exitCode == 70)
        let attributes = try FileManager.default.attributesOfItem(atPath: workshop.folder + "/quarantine.ndjson")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("takes a plugin out that fails again and again, wherever the chunks end", arguments: [1, 2, 3])
    func opensCircuit(_ jobs: Int) throws {
        let workshop = try Workshop()
        let messages = Messages()
        let count = 30_000
        let input = (0..<count).map { event($0, #""ip":"192.0.2.1","session_id":"0123456789""#) }.joined()
        // Fails from event 20,000 on; the circuit opens after 20 failures in a row.
        let body = "if tonumber(event.id) >= 20000 then error('down') end return event"
        let report = try workshop.run(input, [body], jobs: jobs, messages: messages)
        #expect(report.passed == 20_000 && report.quarantined == 10_000)
        #expect(report.takenOut == "p0" && report.plugins[0].failed == 20)
        #expect(workshop.read("out.ndjson")?.split(separator: "\n").count == 20_000)
        let lines = try #require(workshop.read("quarantine.ndjson")).split(separator: "\n")
        #expect(lines.count == 10_000)
        #expect(lines[19].contains("down") && lines[20].contains("circuit_open"))
        #expect(messages.lines.contains { $0.contains("'p0'") && $0.contains("taken out") })
    }

    @Test("does not take a plugin out whose failures are far between")
    func keepsCircuitClosed() throws {
        let workshop = try Workshop()
        let input = (0..<1000).map { event($0) }.joined()
        let report = try workshop.run(input, ["if tonumber(event.id) % 2 == 0 then error('odd') end return event"])
        #expect(report.quarantined == 500 && report.takenOut == nil)
    }

    @Test("names the place of every line that is no event, and goes on")
    func rejectsBadLines() throws {
        let workshop = try Workshop()
        let messages = Messages()
        let lines = [
            event(1), "{\"specversion\":\"1.0\",\n", "{}\n", "\n", event(2, #""ip":5"#), event(3, "\"a\":\"\u{1}\""),
            event(4),
            #"{"specversion":"1.0","id":"5""#,
        ]
        let report = try workshop.run(lines.joined(), [], messages: messages)
        #expect(workshop.read("out.ndjson") == event(1) + event(4))
        #expect(report.rejected == 5 && report.exitCode == 65)
        let places = messages.lines.map { $0.replacingOccurrences(of: workshop.folder + "/", with: "") }
        #expect(places.count == 5)
        #expect(places[0].hasPrefix("in.ndjson:2:") && places[1].hasPrefix("in.ndjson:3:1: 'specversion'"))
        #expect(places[2].contains("in.ndjson:5:") && places[2].contains("'data.ip' must be a string"))
        #expect(places[4].hasPrefix("in.ndjson:8:") && places[4].contains("half a line"))
    }

    @Test("leaves out a line of many megabytes without keeping it")
    func skipsOverlongLines() throws {
        let workshop = try Workshop()
        let messages = Messages()
        let long = String(repeating: "x", count: 5 << 20)
        let report = try workshop.run(event(1) + long + "\n" + event(2) + event(3), [], messages: messages)
        #expect(workshop.read("out.ndjson") == event(1) + event(2) + event(3))
        #expect(report.rejected == 1)
        #expect(messages.lines.first?.contains("in.ndjson:2:1:") == true)
    }

    @Test("reads a byte order mark, CRLF and a last line without its end")
    func readsOtherLineEnds() throws {
        let workshop = try Workshop()
        let crlf = event(1).dropLast() + "\r\n"
        let report = try workshop.run("\u{FEFF}" + crlf + event(2).dropLast(), [])
        #expect(report.events == 2 && report.rejected == 0)
    }

    @Test("gives the same bytes again, with pseudonyms and random numbers", arguments: [1, 2])
    func repeats(_ jobs: Int) throws {
        let workshop = try Workshop()
        let input = (0..<100).map { event($0, #""ip":"192.0.2.1""#) }.joined()
        let body = "event.data.ip = host.hash(event.data.ip) event.data.n = math.random(1 << 40) return event"
        _ = try workshop.run(input, [body], jobs: 1)
        let first = try #require(workshop.read("out.ndjson"))
        _ = try workshop.run(input, [body], jobs: jobs)
        #expect(workshop.read("out.ndjson") == first)
        #expect(!first.contains("192.0.2.1"))
    }

    @Test("says what cannot be opened")
    func reportsMissingFiles() throws {
        let workshop = try Workshop()
        #expect(throws: HostError.system(operation: "open", path: "/nowhere", code: 2)) {
            try workshop.run("", []) { $0.sources = ["/nowhere"] }
        }
        #expect(throws: HostError.self) { try workshop.run(event(1), []) { $0.output = "/nowhere/x" } }
        #expect(throws: HostError.system(operation: "write to", path: "/dev/full", code: 28)) {
            try workshop.run(event(1), []) { $0.output = "/dev/full" }
        }
        #expect(throws: HostError.system(operation: "write to", path: "/dev/full", code: 28)) {
            try workshop.run(event(1), ["error('x')"]) { $0.quarantine = "/dev/full" }
        }
    }

    @Test("leaves an earlier output alone until the new one is whole")
    func replacesOutputAtTheEnd() throws {
        let workshop = try Workshop()
        _ = try workshop.write("before", to: "out.ndjson")
        #expect(throws: HostError.self) {
            try workshop.run(event(1), ["error('x')"]) { $0.quarantine = "/dev/full" }
        }
        #expect(workshop.read("out.ndjson") == "before")
    }

    @Test("writes what plugins make much of in parts, in the input's order", arguments: [1, 2, 3])
    func writesInParts(_ jobs: Int) throws {
        let workshop = try Workshop()
        let messages = Messages()
        // 300 events in one chunk become 30 MB; every tenth fails, and says of which line.
        let input = "\n" + (0..<300).map { event($0) }.joined()
        let body = """
            if tonumber(event.id) % 10 == 0 then error('ten') end
            event.data.much = ('x'):rep(100000) host.log(event.id) return event
            """
        let report = try workshop.run(input, [body], jobs: jobs, messages: messages)
        #expect(report.passed == 270 && report.changed == 270 && report.quarantined == 30)
        #expect(report.bytes == input.utf8.count)
        let much = String(repeating: "x", count: 100_000)
        let expected = (0..<300).filter { $0 % 10 != 0 }.map { event($0, #""much":"\#(much)""#) }.joined()
        #expect(workshop.read("out.ndjson") == expected)
        let quarantined = try #require(workshop.read("quarantine.ndjson")).split(separator: "\n")
        #expect(quarantined.count == 30 && quarantined[29].contains("in.ndjson:292\""))
        #expect(messages.lines.count == 101 && messages.lines[99] == "p0: 111")
    }

    @Test("keeps no event that plugins have made larger than one may be")
    func limitsEvents() throws {
        let workshop = try Workshop()
        let bodies = [
            "event.data.a = ('x'):rep(600000) return event", "event.data.b = ('x'):rep(600000) return event",
        ]
        let report = try workshop.run(event(1), bodies)
        #expect(report.passed == 0 && report.quarantined == 1 && report.plugins[1].failed == 1)
        #expect(workshop.read("out.ndjson") == "")
        #expect(workshop.read("quarantine.ndjson")?.contains("output_limit") == true)
        #expect(workshop.read("quarantine.ndjson")?.contains("xxx") == false, "an event waits as it came in")
    }

    @Test("shows the first lines of a flood of logs, and keeps no more")
    func boundsLogs() throws {
        let workshop = try Workshop()
        let messages = Messages()
        let input = (0..<2000).map { event($0) }.joined()
        let body = "for i = 1, 60 do host.log('line ' .. i) end return event"
        let report = try workshop.run(input, [body], messages: messages)
        #expect(report.passed == 2000)
        #expect(messages.lines.count == 101 && messages.lines[99] == "p0: line 40")
        #expect(messages.lines[100] == "further log lines are not shown")
    }

    @Test("refuses a file that would stand for two things, and leaves it as it is")
    func refusesTwoRoles() throws {
        let workshop = try Workshop()
        let input = workshop.folder + "/in.ndjson"
        let changes: [(String, (inout RunOptions) -> Void)] = [
            ("is a source and cannot be the output", { $0.output = input }),
            ("is a source and cannot be the quarantine file", { $0.quarantine = workshop.folder + "/./in.ndjson" }),
            ("is a source and cannot be the store", { $0.store = input }),
            ("is a plugin and cannot be the output", { $0.output = workshop.folder + "/p0.lua" }),
            ("is the output and cannot be the quarantine file", { $0.quarantine = workshop.folder + "/out.ndjson" }),
            ("is the output and cannot be the store", { $0.store = workshop.folder + "/out.ndjson" }),
        ]
        for (message, change) in changes {
            let error = #expect(throws: HostError.self) {
                try workshop.run(event(1), ["error('x')"], adjust: change)
            }
            #expect(error?.message.contains(message) == true && error?.exitCode == 2, "\(String(describing: error))")
            #expect(workshop.read("in.ndjson") == event(1))
        }
        #expect(throws: Never.self) {
            try workshop.run(event(1), []) {
                $0.output = "/dev/null"
                $0.quarantine = "/dev/null"
            }
        }
    }

    @Test("lets no second run write to the same output")
    func locksOutput() throws {
        let workshop = try Workshop()
        let partial = try workshop.write("what the first run has", to: "out.ndjson.partial")
        let descriptor = open(partial, O_RDWR)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let error = #expect(throws: HostError.self) { try workshop.run(event(1), []) }
        #expect(error?.message.hasSuffix("another run is writing it: wait for its end, or name another file") == true)
        #expect(workshop.read("out.ndjson.partial") == "what the first run has")
        #expect(flock(descriptor, LOCK_UN) == 0)
        #expect(try workshop.run(event(1), []).passed == 1)
        #expect(workshop.read("out.ndjson.partial") == nil)
    }

    @Test("adds to a quarantine file whose last line was cut off, without losing an event in it")
    func mendsQuarantine() throws {
        let workshop = try Workshop()
        _ = try workshop.write("{\"plugin\":\"p", to: "quarantine.ndjson")
        _ = try workshop.run(event(1), ["error('x')"])
        _ = try workshop.run(event(2), ["error('x')"])
        let lines = try #require(workshop.read("quarantine.ndjson")).split(separator: "\n")
        #expect(lines.count == 3 && lines[0] == "{\"plugin\":\"p")
        #expect(lines[1].hasSuffix("\"event\":\(event(1).dropLast())}"))
    }

    @Test("leaves nothing of an output that it could not finish")
    func removesPartialOutput() throws {
        let workshop = try Workshop()
        #expect(throws: HostError.self) {
            try workshop.run(event(1), ["error('x')"]) { $0.quarantine = "/dev/full" }
        }
        #expect(workshop.read("out.ndjson") == nil && workshop.read("out.ndjson.partial") == nil)
    }

    @Test("takes no more plugins than it can tell apart")
    func limitsPlugins() throws {
        let workshop = try Workshop()
        let error = #expect(throws: HostError.self) {
            try workshop.run(event(1), ["return event"]) {
                $0.plugins = Array(repeating: $0.plugins[0], count: 256)
            }
        }
        #expect(error == .usage("a run takes at most 255 plugins"))
    }

    @Test("that is stopped works on what was read, and makes no output file", arguments: [1, 2])
    func stops(_ jobs: Int) throws {
        let workshop = try Workshop()
        let input = (0..<60_000).map { event($0, #""ip":"192.0.2.1""#) }.joined()
        var options = RunOptions(
            sources: [try workshop.write(input, to: "in.ndjson")], plugins: [], output: workshop.folder + "/out.ndjson",
            keyFile: workshop.folder + "/key", jobs: jobs)
        options.store = workshop.folder + "/a.sqlite"
        let run = try Run(options)
        let error = #expect(throws: HostError.self) {
            _ = try run.start(RunObserver(progress: { _, _, _ in run.stop() }, message: { _ in }))
        }
        guard case .interrupted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(workshop.read("out.ndjson") == nil && workshop.read("out.ndjson.partial") == nil)
        let again = try Run(options).start(RunObserver(progress: { _, _, _ in }, message: { _ in }))
        let stored = try #require(again.stored)
        #expect(stored.duplicates > 0 && stored.inserted + stored.duplicates == 60_000)
        #expect(again.cutOff.isEmpty && workshop.read("out.ndjson") == input)
    }

    @Test("names the sources that an earlier run into the store did not read to their end")
    func namesCutOffSources() throws {
        let workshop = try Workshop()
        let input = (0..<60_000).map { event($0, #""ip":"192.0.2.1""#) }.joined()
        let store = workshop.folder + "/a.sqlite"
        #expect(throws: HostError.self) {
            try workshop.run(input, ["return event"]) { options in
                options.store = store
                options.output = "/dev/full"
            }
        }
        let other = try workshop.write(event(-1), to: "other.ndjson")
        func runOther() throws -> RunReport {
            try workshop.run(input, []) {
                $0.store = store
                $0.sources = [other]
            }
        }
        let cutOff = try runOther().cutOff
        #expect(
            cutOff.map { $0.source } == [
                try #require(realpath(workshop.folder + "/in.ndjson", nil).map { String(cString: $0) })
            ])
        #expect(cutOff.first?.plugins == "p0 1" && (cutOff.first?.events ?? 0) > 0)
        #expect(try workshop.run(input, ["return event"]) { $0.store = store }.cutOff.isEmpty)
        #expect(try runOther().cutOff.isEmpty)
    }
}
