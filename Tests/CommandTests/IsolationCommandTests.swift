import Foundation
import TestSupport
import Testing

@Suite("host run --isolation wasm")
struct IsolationCommandTests {
    private let events = root.path + "/examples/events.ndjson"

    @Test("gives the bytes that a native run gives, whatever the source and however many workers", arguments: [1, 2])
    func sameBytes(_ jobs: Int) throws {
        for source in ["examples/events.ndjson", "examples/netflix-report", "examples/NetflixViewingHistory.csv"] {
            let native = try shell("host run \(source) --jobs \(jobs)")
            let isolated = try shell("host run \(source) --jobs \(jobs) --isolation wasm")
            #expect(native.code == 0 && isolated.code == 0 && !native.output.isEmpty, "\(isolated.errors)")
            #expect(isolated.output == native.output)
            // All but the times and the memory.
            func counts(_ text: String) -> [Substring] {
                text.split(separator: "\n").filter { !$0.contains("events/s") && !$0.contains("calls") }
            }
            #expect(counts(isolated.errors) == counts(native.errors))
        }
    }

    @Test("fills the quarantine as a native run does, and takes a plugin out as early")
    func sameQuarantine() throws {
        let folder = try temporaryFolder()
        let source = """
            return { kind = 'redactor', name = 'bad', version = '1', reads = { 'user', 'system' }, redact = function(event)
              if event.data.title then error('no titles here') end
              if event.type == 'session.started' then return 5 end
              return event
            end }
            """
        try Data(source.utf8).write(to: folder.appending(path: "bad.lua"))
        let run = "host run \(events) \(events) --plugin bad.lua --quiet --output"
        let native = try shell("\(run) n --quarantine nq", in: folder)
        let isolated = try shell("\(run) i --quarantine iq --isolation wasm", in: folder)
        #expect(native.code == 70 && isolated.code == 70 && isolated.errors == native.errors)
        let same = try shell(
            "cmp n i && cmp nq iq && grep -c wrong_result nq && grep -c 'no titles' nq", in: folder)
        #expect(same.code == 0, "\(same.output)\(same.errors)")
    }

    /// Speaks to the engine as docs/engine-abi.md says, and prints the events of an archive's folder.
    private static let embedder = """
        import os, struct, sys
        from wasmtime import Config, Engine, FuncType, Linker, Module, Store, ValType, WasiConfig
        config = Config()
        config.wasm_exceptions = True
        engine = Engine(config)
        linker, store = Linker(engine), Store(engine)
        linker.define_wasi()
        # Recommenders ask it; there are none.
        linker.define_func("viewerhost", "ask", FuncType([ValType.i32()] * 6, [ValType.i32()]), lambda *question: -1)
        store.set_wasi(WasiConfig())
        exports = linker.instantiate(store, Module.from_file(engine, sys.argv[1])).exports(store)
        memory = exports["memory"]
        def call(name, *arguments):
            blocks, numbers = [], []
            for argument in arguments:
                if isinstance(argument, bytes):
                    blocks.append(exports["vh_block_new"](store, len(argument) + 1))
                    memory.write(store, argument, blocks[-1])
                    numbers += [blocks[-1], len(argument)]
                else:
                    numbers.append(argument)
            result = exports[name](store, *numbers)
            for block in blocks:
                exports["vh_block_free"](store, block)
            start = exports["vh_results"](store)
            return result, memory.read(store, start, start + exports["vh_results_length"](store))
        def number(data, place=0):
            return struct.unpack_from("<I", data, place)[0]
        call("_initialize")
        call("vh_set_key", open(sys.argv[3], "rb").read())
        root = sys.argv[2]
        paths = sorted(os.path.relpath(os.path.join(f, n), root) for f, _, names in os.walk(root) for n in names)
        files = [open(os.path.join(root, path), "rb").read() for path in paths]
        def recognise(order):
            call("vh_archive_new")
            for path, data in zip(paths, files):
                call("vh_archive_add", path.encode(), data[:4096])
            return call("vh_archive_recognise", order)
        known, results = recognise(0)
        if known == 2:
            known, results = recognise(call("vh_archive_date_order", files[0])[0])
        assert known == 1, results
        rows = 0
        for index in range(number(results)):
            file = number(results, 4 + 4 * index)
            assert call("vh_archive_open", file)[0] == 1
            data = files[file]
            half = len(data) // 2
            used, answer = 0, b""
            for end, last in [(half, 0), (len(data), 1)]:
                answer = call("vh_archive_read", data[used:end], last)[1]
                used += number(answer)
                sys.stdout.buffer.write(answer[8 : 8 + number(answer, 4)])
            assert used == len(data)
            rows += number(call("vh_archive_report")[1], 4)
        assert call("vh_archive_open", 10000)[0] == 0
        print(rows, file=sys.stderr)
        call("vh_archive_new")
        call("vh_archive_add", b"notes.txt", b"hello")
        assert call("vh_archive_recognise", 0)[0] == 0
        """

    @Test(
        "has an engine that reads archives for others too", arguments: ["netflix-report", "NetflixViewingHistory.csv"])
    func importsArchives(_ archive: String) throws {
        let folder = try temporaryFolder()
        let copy = folder.appending(path: "archive/\(archive)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "archive"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: root.appending(path: "examples/\(archive)"), to: copy)
        let source = archive.hasSuffix(".csv") ? folder.appending(path: "archive") : copy
        try Data(Self.embedder.utf8).write(to: folder.appending(path: "embedder.py"))
        let python = "PYTHONPATH=\(root.path)/.build-wasm/wasmtime python3 embedder.py"
        try Data("this is the key of the ids".utf8).write(to: folder.appending(path: "key"))
        let embedded = try shell("\(python) \(root.path)/.build-wasm/engine.wasm \(source.path) key", in: folder)
        let native = try shell("host run \(source.path) --no-plugins --quiet --key key", in: folder)
        #expect(embedded.code == 0 && embedded.output == native.output, "\(embedded.errors)")
        #expect(embedded.errors == "\(native.output.split(separator: "\n").count)\n" && embedded.errors != "0\n")
    }

    @Test("refuses a plugin that cannot be loaded with the line of a native run")
    func sameRefusal() throws {
        let folder = try temporaryFolder()
        for (name, source) in [("a", "return {"), ("b", "return 5"), ("c", "while true do end"), ("d", "error({})")] {
            try Data(source.utf8).write(to: folder.appending(path: "\(name).lua"))
            let native = try shell("host run \(events) --plugin \(name).lua", in: folder)
            let isolated = try shell("host run \(events) --plugin \(name).lua --isolation wasm", in: folder)
            #expect(native.code == 70 && isolated.code == 70 && isolated.errors == native.errors)
        }
    }

    @Test(
        "says in one line what is missing, and how to get it, and leaves the output alone",
        arguments: [
            ("VIEWERHOST_WASMTIME=/nowhere.so", "run `make isolation`"),
            ("VIEWERHOST_WASMTIME=libc.so.6", "libc.so.6 is not wasmtime 50: run `make isolation`"),
            ("VIEWERHOST_ENGINE=/nowhere.wasm", "cannot read /nowhere.wasm: no such file or directory"),
            ("VIEWERHOST_ENGINE=\(root.path)/README.md", "README.md is no engine that can be run ("),
        ])
    func explains(_ variable: String, _ message: String) throws {
        let folder = try temporaryFolder()
        let run = "host run \(events) --plugin \(root.path)/plugins/redact.lua --quiet --output out"
        #expect(try shell(run, in: folder).code == 0)
        let whole = try String(contentsOf: folder.appending(path: "out"), encoding: .utf8)
        let outcome = try shell("\(variable) \(run) --isolation wasm", in: folder)
        #expect(outcome.code == 74 && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("host: ") && outcome.errors.split(separator: "\n").count == 1)
        #expect(try String(contentsOf: folder.appending(path: "out"), encoding: .utf8) == whole)
        // Nothing but isolation needs what is missing.
        #expect(try shell("\(variable) \(run)", in: folder).code == 0)
        let doctor = try shell("\(variable) host doctor", in: folder)
        let isMissing = variable.hasPrefix("VIEWERHOST_WASMTIME=/")
        #expect(doctor.output.contains(isMissing ? "note   isolation" : "fault  isolation"), "\(doctor.output)")
        #expect(doctor.code == (isMissing ? 0 : 1))
    }
}
