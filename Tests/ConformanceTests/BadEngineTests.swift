import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

@Suite("An engine that is none")
struct BadEngineTests {
    private static let plugins = [IsolatedPlugin(file: "a.lua", source: Array(plugin("return event").utf8))]
    private static let limits = LuaLimits(nanoseconds: 100_000_000)

    /// Starts a file as an engine; the error's message, with `FILE` for its path.
    private func message(_ bytes: [UInt8], _ plugins: [IsolatedPlugin] = []) throws -> String? {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "engine.wasm").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let isolation = try Isolation(engine: path, library: try library.get(), cache: nil)
            _ = try isolation.chain(plugins, key: [1], limits: Self.limits)
            return nil
        } catch let error as WasmError {
            return error.message.replacingOccurrences(of: path, with: "FILE")
        }
    }

    @Test("is refused with a line that says what is wrong, and what to do")
    func refusals() throws {
        func says(_ text: String, _ module: SmallModule, _ plugins: [IsolatedPlugin] = []) throws {
            let message = try message(module.bytes, plugins)
            #expect(message?.contains(text) == true && message?.contains("\n") == false, "\(message ?? "nothing")")
        }
        #expect(try message(Array("hello".utf8))?.hasPrefix("FILE is no engine that can be run (") == true)
        #expect(try message(Array("hello".utf8))?.hasSuffix("): run `make wasm`") == true)
        #expect(try message(SmallModule.engine().bytes) == nil)
        try says("FILE is no engine: it does not export memory as it should", SmallModule(pages: nil))
        try says("does not export _initialize as it should", SmallModule())
        var incomplete = SmallModule.engine()
        incomplete.functions.removeAll { $0.name == "vh_feed" }
        try says("does not export vh_feed as it should", incomplete)
        try says(
            "FILE has version 1 of the engine's interface, and this host speaks 2",
            SmallModule(functions: [
                .init(name: "_initialize"),
                .init(name: "vh_abi_version", returns: true, body: SmallModule.constant(1)),
            ]))
        var demanding = SmallModule.engine()
        demanding.imported = ("env", "open_socket")
        try says("unknown import: `env::open_socket`", demanding)
        var large = SmallModule.engine()
        large.pages = 65536
        try says("memory", large)
        try says(
            "stopped: it gave up",
            SmallModule.engine([.init(name: "_initialize", body: SmallModule.unreachable)]))
        try says(
            "stopped from outside after 250 ms",
            SmallModule.engine([.init(name: "_initialize", body: SmallModule.endless)])
        )
        // Functions of other types than they should have.
        try says("the engine stopped: ", SmallModule.engine([.init(name: "_initialize", parameters: "i")]))
    }

    @Test(
        "leads nothing outside of its memory",
        arguments: [
            ("vh_block_new", "i", -1), ("vh_block_new", "i", 65536), ("vh_results", "", -8), ("vh_results", "", 65528),
            ("vh_results_length", "", -1), ("vh_results_length", "", 65537), ("vh_progress", "", 65530),
        ])
    func outside(_ name: String, _ parameters: String, _ number: Int) throws {
        var changes = [
            SmallModule.Function(name: name, parameters: parameters, returns: true, body: SmallModule.constant(number))
        ]
        if name == "vh_results" {
            changes.append(.init(name: "vh_results_length", returns: true, body: SmallModule.constant(9)))
        }
        let plugins = name.hasPrefix("vh_results") ? Self.plugins : []
        let message = try message(SmallModule.engine(changes).bytes, plugins)
        #expect(message?.hasSuffix("are outside of its memory") == true, "\(message ?? "nothing")")
    }

    @Test("costs no event, whatever it answers", arguments: [0, 1, 60])
    func nonsense(_ extra: Int) throws {
        var module = SmallModule.engine()
        for text in ["redactor", "liar", "1.0.0"] {
            module.data += [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8)
        }
        module.data += [0, 0, 0, 0]
        let length = SmallModule.constant(module.data.count + extra)
        module.functions.removeAll { $0.name == "vh_results_length" }
        module.functions.append(.init(name: "vh_results_length", returns: true, body: length))
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "engine.wasm")
        try Data(module.bytes).write(to: path)
        let chain = try Isolation(engine: path.path, library: try library.get(), cache: nil)
            .chain(Self.plugins, key: [], limits: Self.limits)
        #expect(chain.manifests.map { $0.name } == ["liar"])
        let ran = Ran((1...3).map { event("", id: "\($0)") }.joined(), through: chain)
        #expect(ran.output.isEmpty && ran.events.count == 3 && ran.failures.count == 3)
        for failure in ran.failures {
            #expect(failure.plugin == "liar" && failure.code == "trap")
            #expect(failure.message.hasPrefix("the engine gave a wrong answer: "))
        }
    }

    /// An answer to two events without data of their own, and what is done to it.
    private struct Answer {
        var lines: [UInt32] = [0, 1]
        var outcomes: [UInt8] = [0, 0]
        var shift: UInt32 = 0
        var output: [String]
        var rejected: [UInt32] = []

        init(_ input: [String]) { output = input }

        func bytes(of input: [String]) -> [UInt8] {
            func number(_ value: Int) -> [UInt8] { withUnsafeBytes(of: UInt32(value).littleEndian) { Array($0) } }
            let ends = input.indices.map { input[...$0].joined().utf8.count }
            var bytes = number(ends[1]) + number(2) + number(lines.count)
            var outputEnd = 0
            for (index, line) in lines.enumerated() {
                let start = Int(line) == 0 ? 0 : ends[0]
                outputEnd += output[index].utf8.count
                bytes +=
                    [outcomes[index], outcomes[index] == 0 ? 1 : 0] + number(Int(line)) + number(start + Int(shift))
                bytes += number(ends[Int(line)] - 1) + number(outputEnd) + number(0)
            }
            let text = Array(output.prefix(lines.count).joined().utf8)
            bytes += number(text.count) + text + number(0) + number(0) + number(rejected.count)
            for line in rejected { bytes += number(Int(line)) + number(1) + number(2) + Array("no".utf8) }
            return bytes + number(0) + number(0) + number(0)
        }
    }

    @Test(
        "is believed in nothing that can be looked at",
        arguments: [
            "right", "lost line", "skipped", "valid line rejected", "wrong place", "twice", "two lines", "blank",
            "no event",
        ])
    func unbelieved(_ fault: String) throws {
        let input = [event(""), event("", id: "2")]
        var answer = Answer(input)
        switch fault {
        case "lost line": answer.lines = [1]
        case "skipped": (answer.outcomes, answer.output) = ([4, 4], ["", ""])
        case "valid line rejected": (answer.lines, answer.rejected) = ([1], [0])
        case "wrong place": answer.shift = 1
        case "twice": answer.lines = [0, 0]
        case "two lines": answer.output = [input[0] + input[0], input[1]]
        case "blank": answer.output = [" \n", input[1]]
        case "no event": answer.output = ["{}\n", input[1]]
        default: break
        }
        var module = SmallModule.engine()
        for text in ["redactor", "liar", "1.0.0"] {
            module.data += [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8)
        }
        module.data += [0, 0, 0, 0]
        let manifest = module.data.count
        // From here on in memory: the answer, and behind it where the results are, and how long.
        let bytes = answer.bytes(of: input)
        module.data += bytes
        let place = 4096
        let results = SmallModule.constant(place) + SmallModule.load
        let length = SmallModule.constant(place + 4) + SmallModule.load
        let store =
            SmallModule.constant(place) + SmallModule.constant(manifest) + SmallModule.store
            + SmallModule.constant(place + 4) + SmallModule.constant(bytes.count) + SmallModule.store
        let load = SmallModule.constant(place + 4) + SmallModule.constant(manifest) + SmallModule.store
        module.replace([
            .init(name: "vh_results", returns: true, body: results),
            .init(name: "vh_results_length", returns: true, body: length),
            .init(name: "vh_load", parameters: "iiiiill", returns: true, body: load + SmallModule.constant(1)),
            .init(name: "vh_process", parameters: "i", returns: true, body: store + SmallModule.constant(0)),
            .init(name: "vh_block_new", parameters: "i", returns: true, body: SmallModule.constant(8192)),
        ])
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "engine.wasm")
        try Data(module.bytes).write(to: path)
        let chain = try Isolation(engine: path.path, library: try library.get(), cache: nil)
            .chain(Self.plugins, key: [], limits: Self.limits)
        let batch = EventBatch()
        Array(input.joined().utf8).withUnsafeBytes { batch.bytes.append($0) }
        var failures: [PluginFailure] = []
        var count = 0
        while !batch.isDone {
            chain.process(batch, skipping: false) { _, _ in }
            (failures, count) = (failures + batch.failures, count + batch.events.count)
            for event in batch.events where event.outcome == .failed {
                #expect(event.inputEnd - event.inputStart == UInt32(input[Int(count) - 1].utf8.count - 1))
            }
            batch.removeLineResults()
        }
        #expect(count == 2)
        #expect(failures.count == (fault == "right" ? 0 : 2), "\(failures)")
        #expect(failures.allSatisfy { $0.code == "trap" && $0.message.hasPrefix("the engine gave a wrong answer: ") })
    }

    @Test("is compiled anew where what is kept of it is damaged, or others may write it")
    func damagedArtefacts() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let engine = try Isolation.enginePath()
        func run() throws -> Ran {
            let isolation = try Isolation(engine: engine, library: try library.get(), cache: folder.path)
            return Ran(event(""), through: try isolation.chain(Self.plugins, key: [], limits: LuaLimits()))
        }
        let first = try run()
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let path = folder.appending(path: name)
        let whole = try Data(contentsOf: path)
        var damaged = whole
        damaged[damaged.count / 2] ^= 1
        for content in [damaged, whole.prefix(1000), Data()] {
            try content.write(to: path)
            #expect(try run() == first && first.output == event(""))
            #expect(try Data(contentsOf: path).count == whole.count)
        }
        chmod(path.path, 0o666)
        #expect(try run() == first)
        var status = stat()
        #expect(stat(path.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test("does not fill the disk with what it was compiled to before")
    func oldArtefacts() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for age in 1...105 {
            let path = folder.appending(path: "old-\(age).cwasm").path
            #expect(FileManager.default.createFile(atPath: path, contents: Data()))
            let date = Date(timeIntervalSinceNow: -60 * Double(age))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        }
        _ = try Isolation(engine: try Isolation.enginePath(), library: try library.get(), cache: folder.path)
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(names.count == 100)
        #expect(names.contains("old-99.cwasm") && !names.contains("old-100.cwasm"))
    }
}

@Suite("A library that is none")
struct BadLibraryTests {
    @Test("is refused with a line that names the command which installs the right one")
    func refusals() throws {
        #expect(throws: WasmError.wrongLibrary(path: "libc.so.6")) { _ = try WasmtimeLibrary(path: "libc.so.6") }
        do {
            _ = try WasmtimeLibrary(path: "/nowhere/libwasmtime.so")
            Issue.record("there is no such library")
        } catch {
            #expect(error.message.hasPrefix("isolation needs wasmtime's library, which is not there (/nowhere/lib"))
            #expect(error.message.hasSuffix("run `make isolation`"))
        }
    }

    @Test("of another version is refused, and its like of the right version is not", arguments: ["49", "50"])
    func versions(_ version: String) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "library.c")
        // A library that compiles nothing, but says that it is of the version.
        let text = """
            #include <CWasmtime.h>
            #include <string.h>
            static void *answer(const char *name, wasm_byte_vec_t *second) {
                static char text[] = "\\2" "\(version)" "\\30" "x86_64-unknown-linux-gnu"
                    "\\2" "\(version)" "\\31" "aarch64-unknown-linux-gnu";
                if (strcmp(name, "wasm_engine_new_with_config") == 0) return text;
                if (strcmp(name, "wasmtime_module_serialize") == 0) *second = (wasm_byte_vec_t){sizeof text, text};
                return NULL;
            }
            #define ANY(result, name, arguments) void *name(void *first, wasm_byte_vec_t *second) \
                { return answer(#name, second); }
            VH_WASMTIME_FUNCTIONS(ANY)
            """
        try Data(text.utf8).write(to: source)
        let path = folder.appending(path: "libwasmtime.so").path
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "clang", "-shared", "-fPIC", "-I",
            root.appending(path: "Sources/CWasmtime/include").path, source.path, "-o", path,
        ]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
        if version == WasmtimeLibrary.version {
            #expect(try WasmtimeLibrary(path: path).path == path)
        } else {
            #expect(throws: WasmError.wrongLibrary(path: path)) { _ = try WasmtimeLibrary(path: path) }
        }
    }
}
