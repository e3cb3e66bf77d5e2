import Foundation
import TestSupport
import Testing

/// What a process printed, and its exit code.
struct Outcome {
    let code: Int32
    let output: String
    let errors: String
}

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Runs a command line with `host` in the path, as a user would from the repository's root.
func shell(_ line: String, in folder: URL = root) throws -> Outcome {
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = products.path + ":" + (environment["PATH"] ?? "")
    environment["XDG_CONFIG_HOME"] = try ownFolder.get()
    environment["XDG_CACHE_HOME"] = try ownFolder.get()
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let group = DispatchGroup()
    nonisolated(unsafe) var errorData = Data()
    DispatchQueue.global().async(group: group) { errorData = errors.fileHandleForReading.readDataToEndOfFile() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    return Outcome(
        code: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
        errors: String(decoding: errorData, as: UTF8.self))
}

private let ownFolder = Result { try temporaryFolder().path }

@Suite("The command line")
struct CommandTests {
    @Test("redacts the example, so that nothing of contact, payment and network is left")
    func redactsExample() throws {
        let outcome = try shell("host run examples/events.ndjson --plugin redact.lua")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count == 33)
        for value in [
            "anna@example", "anna.novak@", "555 0142", "4111", "192.0.2.3", "2001:db8::17", "Dlouhá", "110 00",
            "8501011234",
            "Novák", "Svoboda", "\"ck-7",
        ] {
            #expect(!outcome.output.contains(value), "\(value) is still there")
        }
        for value in ["The Long Field", "dinosaurs", "Lovely.", "3088.5"] { #expect(outcome.output.contains(value)) }
    }

    @Test("gives every viewer a pseudonym that is the same in all events")
    func pseudonymises() throws {
        let outcome = try shell("host run examples/events.ndjson --plugin pseudonymise.lua --quiet")
        #expect(outcome.code == 0 && outcome.errors.isEmpty)
        for value in ["account-1/", "\"profile\":\"Anna\"", "ESN-0001", "\"p-1\"", "ck-77"] {
            #expect(!outcome.output.contains(value))
        }
        let again = try shell("host run examples/events.ndjson --plugin pseudonymise.lua --quiet --jobs 1")
        #expect(again.output == outcome.output)
    }

    @Test("gives the same pseudonyms in runs that make the key at the same moment")
    func makesOneKey() throws {
        let folder = try temporaryFolder()
        let run = "XDG_CONFIG_HOME=\(folder.path) host run examples/events.ndjson --plugin pseudonymise.lua --quiet"
        for round in 1...10 {
            let key = folder.path + "/viewerhost/key"
            let outcome = try shell(
                "rm -f \(key); for i in 1 2 3 4 5 6; do \(run) --output \(folder.path)/$i & done; wait; "
                    + "cd \(folder.path) && sha256sum 1 2 3 4 5 6 | cut -d' ' -f1 | uniq | wc -l; ls viewerhost")
            #expect(outcome.output == "1\nkey\n" && outcome.errors.isEmpty, "round \(round): \(outcome.errors)")
        }
    }

    @Test("keeps children out of advertising")
    func protectsMinors() throws {
        let outcome = try shell("host run examples/events.ndjson --plugin minors.lua")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count == 32)
        #expect(!outcome.output.contains("dinosaurs") && !outcome.output.contains("Example Toys"))
        #expect(outcome.output.contains("\"type\":\"ad.clicked\""))
    }

    @Test(
        "answers a mistake with one helpful line and its exit code",
        arguments: [
            ("host run", 2, "name at least one source"),
            ("host run x --jobs 0", 2, "--jobs must be from 1 to 256"),
            ("host run /nowhere --no-plugins", 74, "cannot open /nowhere: there is no such file or folder"),
            (
                "host run docs --no-plugins", 2,
                "docs is no archive that is known; it has access-report.md, archives.md, "
            ),
            ("host run examples/events.ndjson --plugin none.lua", 70, "none.lua: cannot read the plugin"),
            ("echo '{' | host run - --no-plugins", 65, "standard input:1:2: the JSON text ends early"),
            ("cd / && host run -", 2, "there is no plugin in plugins/"),
            ("host plugin new 'a/b'", 2, "'a/b' is no name"),
            ("host plugin new a_test", 2, "'a_test' is a name of tests"),
            ("host plugin new a --kind thing", 2, "The value 'thing' is invalid for '--kind <kind>'"),
            ("host plugin list /nowhere", 74, "there is no folder /nowhere: `host plugin new NAME` makes it"),
            ("host run docs/store.md --plugin plugins", 70, "plugins: cannot read the plugin: it is a folder"),
            ("host run examples/events.ndjson --no-plugins --output docs", 74, "cannot write to docs: it is a folder"),
            ("host run README.md --no-plugins --output README.md", 2, "README.md is a source and cannot be the output"),
            ("host run - --no-plugins --store docs", 74, "docs is no store, or is damaged (it is no file)"),
            ("d=$(mktemp -d); printf PK > $d/cut.zip; host run $d/cut.zip --no-plugins", 65, "complete?"),
            ("printf '\\377\\n' | host run - --no-plugins", 65, "standard input:1:1: "),
            ("head -c 99 examples/events.ndjson | host run - --no-plugins", 65, "the JSON text ends early"),
            ("host run x --isolation docker", 2, "The value 'docker' is invalid for '--isolation <isolation>'"),
        ])
    func explainsMistakes(_ line: String, _ code: Int32, _ message: String) throws {
        let outcome = try shell(line)
        #expect(outcome.code == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test(
        "refuses a plugin that cannot be loaded before it reads anything",
        arguments: [
            ("return {", "1: "), ("return 5", "must return one table"),
            ("return { kind = 'sorter', name = 'x', version = '1' }", "'sorter' is no kind of plugin"),
            ("return {}", "'kind'"), ("return { kind = 'redactor', name = 'x', version = '1' }", "'redact'"),
            ("while true do end", "limit reached"), ("error({})", "the error value is no string"),
            ("local t = {} while true do t[#t + 1] = {} end", "not enough memory"),
        ])
    func refusesBrokenPlugins(_ source: String, _ message: String) throws {
        let folder = try temporaryFolder()
        try Data(source.utf8).write(to: folder.appending(path: "broken.lua"))
        let plugin = folder.path + "/broken.lua"
        let run = try shell("host run examples/events.ndjson --plugin \(plugin)")
        #expect(run.code == 70 && run.output.isEmpty)
        #expect(run.errors.contains("broken.lua") && run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(try shell("host plugin check \(plugin)").code == 1)
    }

    @Test("makes a plugin that runs at once and passes its tests, and never over one that exists")
    func makesPlugins() throws {
        let folder = try temporaryFolder()
        #expect(try shell("host plugin new mine --kind redactor", in: folder).code == 0)
        #expect(try shell("host test --fuzz 500", in: folder).code == 0)
        #expect(try shell("host plugin list", in: folder).output.hasPrefix("plugins/mine.lua\tredactor\tmine 1.0.0"))
        #expect(try shell("host run \(root.path)/examples/events.ndjson --quiet", in: folder).code == 0)
        let again = try shell("host plugin new mine", in: folder)
        #expect(again.code == 74 && again.errors == "host: cannot write plugins/mine.lua: file exists\n")
    }

    @Test("lists the good plugins beside the broken ones")
    func listsPlugins() throws {
        let folder = try temporaryFolder()
        for name in ["a", "b", "z"] { _ = try shell("host plugin new \(name)", in: folder) }
        try Data("return {".utf8).write(to: folder.appending(path: "plugins/b.lua"))
        let list = try shell("host plugin list", in: folder)
        #expect(list.code == 1 && list.output.split(separator: "\n").count == 2)
        #expect(list.errors == "host: plugins/b.lua:1: unexpected symbol near <eof>\n")
        let json = try shell("host plugin list --json", in: folder)
        let objects = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(json.code == 1 && objects?.map { $0["name"] as? String } == ["a", nil, "z"])
        #expect((objects?[1]["error"] as? String)?.hasPrefix("plugins/b.lua:1:") == true)
        #expect(objects?[0]["reads"] as? [String] == ["user.device.ip_address"])
        #expect(try shell("host plugin check plugins/z.lua --json", in: folder).code == 0)
        #expect(try shell("rm plugins/b.lua; host plugin list", in: folder).code == 0)
    }

    @Test("prints its summary as JSON for programs")
    func printsJSON() throws {
        let outcome = try shell("host run examples/events.ndjson --plugin redact.lua --json --output /dev/null")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: Any]
        #expect(object?["events"] as? Int == 33)
        #expect((object?["redactions"] as? [String: Int])?["user.contact.email"] == 5)
    }

    @Test("killed at any moment, leaves the earlier output alone, and a second run gives the whole")
    func survivesKill() throws {
        let folder = try temporaryFolder()
        let run = "host run - --plugin \(root.path)/plugins/redact.lua --quiet --output out"
        let events = root.path + "/examples/events.ndjson"
        #expect(try shell("\(run) < \(events)", in: folder).code == 0)
        let whole = try String(contentsOf: folder.appending(path: "out"), encoding: .utf8)
        for delay in ["0", "0.005", "0.02", "0.1"] {
            _ = try shell("(cat \(events) \(events); sleep 1) | \(run) & sleep \(delay); kill -9 $!; wait", in: folder)
            #expect(try String(contentsOf: folder.appending(path: "out"), encoding: .utf8) == whole)
        }
        #expect(try shell("\(run) < \(events)", in: folder).code == 0)
        #expect(try String(contentsOf: folder.appending(path: "out"), encoding: .utf8) == whole)
    }

    @Test("reads past a line of two gigabytes in little memory")
    func boundsLines() throws {
        let folder = try temporaryFolder()
        let program = """
            import resource, subprocess
            subprocess.run("(head -c 2147483648 /dev/zero; echo; head -1 \(root.path)/examples/events.ndjson)"
                " | host run - --no-plugins --output out", shell=True)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            """
        try Data(program.utf8).write(to: folder.appending(path: "measure.py"))
        let outcome = try shell("python3 measure.py; wc -l < out", in: folder)
        let numbers = outcome.output.split(separator: "\n").compactMap { Int($0) }
        #expect(outcome.errors.contains("standard input:1:1: a line of more than 1048576 bytes is no event"))
        #expect(numbers.count == 2 && numbers[0] < 64 << 10 && numbers[1] == 1, "\(numbers) KiB, lines")
    }

    @Test("shows control characters of plugins and events, and does not let a terminal obey them")
    func showsControlCharacters() throws {
        let folder = try temporaryFolder()
        let source = """
            return { kind = 'redactor', name = 'p', version = '1', reads = {}, redact = function(event)
              host.log('a\\27[31mb\\rc\\u{9B}d') return event end }
            """
        try Data(source.utf8).write(to: folder.appending(path: "p.lua"))
        let outcome = try shell("head -1 \(root.path)/examples/events.ndjson | host run - --plugin p.lua", in: folder)
        #expect(outcome.errors.contains("p: a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d\n"), "\(outcome.errors)")
    }

    @Test("ends in good order when it is stopped: no half output, and a line that says so", arguments: ["TERM", "INT"])
    func stopsInOrder(_ signal: String) throws {
        let folder = try temporaryFolder()
        let events = root.path + "/examples/events.ndjson"
        let run = "host run - --no-plugins --store a.sqlite --output out"
        // Without job control, a shell has its background jobs ignore SIGINT.
        let script = """
            set -m; mkfifo pipe; exec 3<>pipe; cat \(events) >&3; \(run) < pipe &
            until [ -s out.partial ]; do sleep 0.05; done
            kill -\(signal) $!; wait $!
            """
        try Data(script.utf8).write(to: folder.appending(path: "stop.sh"))
        let outcome = try shell("timeout 30 bash stop.sh", in: folder)
        #expect(outcome.code == (signal == "TERM" ? 143 : 130))
        #expect(outcome.errors.contains("host: stopped before all was read"), "\(outcome.errors)")
        #expect(try shell("ls out*", in: folder).output == "")
        let again = try shell("\(run) < \(events)", in: folder)
        #expect(again.code == 0 && again.errors.contains("stored      0  (33 were in the store)"), "\(again.errors)")
    }

    @Test("shows its progress on a terminal, and takes it away at the end", arguments: [0, 143])
    func showsProgress(_ code: Int32) throws {
        let folder = try temporaryFolder()
        // The pipe stays open until the run has ended: its end is no end of the input.
        let feed =
            code == 0
            ? ""
            : "; until [ -s out.partial ]; do sleep 0.05; done; pid=$(cat pid); kill $pid; "
                + "while kill -0 $pid 2>&-; do sleep 0.05; done"
        let script = """
            cp \(root.path)/examples/events.ndjson in
            (cat in\(feed)) | sh -c 'echo $$ > pid; exec host run - --no-plugins --output out'
            """
        try Data(script.utf8).write(to: folder.appending(path: "run.sh"))
        let outcome = try shell("script -qec 'timeout --foreground 30 sh run.sh' /dev/null", in: folder)
        #expect(outcome.code == code)
        let shown = outcome.output.components(separatedBy: "\r\u{1B}[K")
        #expect(shown.count >= 3 && shown[1].hasPrefix("33 events, "), "\(shown)")
        #expect(shown.last?.hasPrefix(code == 0 ? "33 events in" : "host: stopped") == true, "\(shown)")
        let known = try shell("script -qec 'host run in --no-plugins --output /dev/null' /dev/null", in: folder)
        #expect(known.output.contains("█ 100 %  ") && known.output.contains(" s left"))
    }

    @Test("reads a named pipe from its first byte on")
    func readsPipes() throws {
        let folder = try temporaryFolder()
        let outcome = try shell(
            "mkfifo pipe; cat \(root.path)/examples/events.ndjson > pipe & host run pipe --no-plugins | wc -l",
            in: folder)
        #expect(outcome.output == "33\n" && outcome.errors.contains("33 events"), "\(outcome.errors)")
    }

    @Test("ends as others do when nobody reads its output any more")
    func endsWithPipe() throws {
        let outcome = try shell(
            "bash -c 'host run examples/events.ndjson examples/netflix-report --no-plugins --quiet | true; echo ${PIPESTATUS[0]}'"
        )
        #expect(["0\n", "141\n"].contains(outcome.output) && outcome.errors.isEmpty)
    }

    @Test("reads the folder of MovieLens' ml-100k, and names the file and line of a row that is wrong")
    func readsMovieLens() throws {
        let folder = try temporaryFolder()
        let flags = String(repeating: "|0", count: 19)
        for (name, text) in [
            ("u.item", "1|Toy Story (1995)|01-Jan-1995||\(flags)\n2|No day|||\(flags)\n"),
            ("u.user", "1|24|M|writer|85711\n"),
            ("u.data", "1\t1\t5\t881250949\n1\tx\t5\t881250949\n1\t2\t4\t881250950\n"),
        ] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let outcome = try shell("host run \(folder.path) --plugin pseudonymise.lua")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("\(folder.path)/u.data:2: column 2 must be a whole number"))
        #expect(outcome.errors.contains("5 events") && outcome.output.split(separator: "\n").count == 5)
        #expect(!outcome.output.contains("movielens:1"))
    }
}
