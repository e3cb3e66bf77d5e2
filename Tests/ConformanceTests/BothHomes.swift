import Events
import Foundation
import Lua
import Plugins
import Testing
import Wasm

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// What runs plugins in `engine.wasm`; compiled once for all tests.
let isolation = Result {
    try Isolation(engine: try Isolation.enginePath(), library: try library.get(), cache: nil)
}

let library = Result { try WasmtimeLibrary() }

extension LuaLimits {
    /// The defaults, but for the time: how much of it a plugin takes depends on the machine and on the home.
    static let patient = LuaLimits(nanoseconds: 60_000_000_000)
}

/// All that a chain said of some lines.
struct Ran: Equatable, CustomStringConvertible {
    var output = ""
    var events: [String] = []
    var redactions: [UInt8] = []
    var failures: [PluginFailure] = []
    var rejects: [String] = []
    var log: [String] = []
    var calls: [Int] = []

    /// Leads `lines` through a chain, part by part.
    init(_ lines: String, through chain: any EventChain, skipping: Bool = false) {
        let batch = EventBatch()
        var text = lines
        text.withUTF8 { batch.bytes.append(UnsafeRawBufferPointer($0)) }
        while !batch.isDone {
            chain.process(batch, skipping: skipping, noting: nil)
            output += String(
                decoding: batch.output.rawBytes, as: UTF8.self)
            redactions += batch.redactions.rawBytes
            events += batch.events.map { "\($0)" }
            failures += batch.failures
            rejects += batch.rejects.map { "\($0.line):\($0.column): \($0.message)" }
            log += batch.log.map { "\($0.plugin): \(String(decoding: $0.text, as: UTF8.self))" }
            batch.removeLineResults()
        }
        calls = chain.usage.map { $0.calls }
    }

    /// Where another run differs first; empty where it does not.
    func difference(to other: Ran) -> String {
        func first(_ name: String, _ a: [String], _ b: [String]) -> String {
            let index = (0..<max(a.count, b.count)).first { $0 >= a.count || $0 >= b.count || a[$0] != b[$0] }
            guard let index else { return "" }
            return "\(name) \(index):\n  \(index < a.count ? a[index] : "-")\n  \(index < b.count ? b[index] : "-")\n"
        }
        func lines(_ ran: Ran) -> [String] { ran.output.split(separator: "\n").map { String($0.prefix(1000)) } }
        return first("output", lines(self), lines(other)) + first("event", events, other.events)
            + first("failure", failures.map { "\($0)" }, other.failures.map { "\($0)" })
            + first("redaction", redactions.map { "\($0)" }, other.redactions.map { "\($0)" })
            + first("reject", rejects, other.rejects) + first("log", log, other.log)
            + first("calls", calls.map { "\($0)" }, other.calls.map { "\($0)" })
    }

    var description: String {
        let parts = [
            String(output.prefix(2000)),
            failures.map { "\($0.plugin): \($0.code): \($0.message)" }.joined(separator: "\n"),
            rejects.joined(separator: "\n"), log.joined(separator: "\n"), "\(calls)", "\(redactions.prefix(100))",
            events.prefix(5).joined(separator: "\n"),
        ]
        return parts.joined(separator: "\n---\n")
    }
}

/// What the plugins do natively, and what they do in the engine.
func runInBothHomes(
    _ lines: String, _ sources: [String], limits: LuaLimits = .patient
) throws -> (native: Ran, isolated: Ran) {
    let key: [UInt8] = Array("a key of the tests".utf8)
    let context = PluginContext(limits: limits, hash: KeyedHash(key: key))
    let redactors = try sources.enumerated().map { index, source in
        try Array(source.utf8).withUnsafeBytes {
            try LuaRedactor(source: $0, file: "plugin\(index + 1).lua", context: context)
        }
    }
    let plugins = sources.enumerated().map { IsolatedPlugin(file: "plugin\($0 + 1).lua", source: Array($1.utf8)) }
    let chain = try isolation.get().chain(plugins, key: key, limits: limits)
    #expect(chain.manifests == redactors.map { $0.manifest })
    return (Ran(lines, through: RedactorChain(redactors)), Ran(lines, through: chain))
}

/// A redactor around a function body, with every grant.
func plugin(_ body: String, name: String = "test") -> String {
    """
    return { kind = "redactor", name = "\(name)", version = "1.0.0", reads = { "user", "user.unclassified", "system" },
      redact = function(event)
    \(body)
      end }
    """
}

func event(_ data: String, id: String = "1", type: String = "session.started") -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"test","type":"\#(type)","subject":"v1","data":{\#(data)}}"# + "\n"
}

/// Loads the plugins of which `isolated` says true in instances of the engine, and the others natively.
func chain(_ sources: [String], isolated: [Bool]) throws -> any EventChain {
    let sources = zip(sources, isolated).enumerated().map { index, plugin in
        PluginSource(path: "plugin\(index + 1).lua", bytes: Array(plugin.0.utf8), isUntrusted: plugin.1)
    }
    return try loader.load(sources).chains[0]
}

private let loader = PluginLoader(key: Array("a key of the tests".utf8), limits: .patient)

/// Every way to choose some of `count` plugins, but none of them.
func mixes(of count: Int) -> [[Bool]] {
    (1..<(1 << count)).map { mix in (0..<count).map { mix >> $0 & 1 == 1 } }
}

func text(of file: String) throws -> String {
    try String(contentsOf: root.appending(path: file), encoding: .utf8)
}
