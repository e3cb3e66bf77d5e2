internal import Archives
internal import Events
internal import Lua
internal import Plugins

/// The state of one instance of `engine.wasm`. Its owner calls one exported function at a time.
final class Engine {
    /// Raised whenever a caller of the version before would misunderstand something.
    static let abiVersion: UInt32 = 2

    /// Reached from the exports alone, which one thread calls.
    nonisolated(unsafe) static let shared = Engine()

    var results = Results()
    var archive = ArchiveImport()
    /// Those that were opened last.
    var tests: TestRun?

    /// Behind `host.hash`, and the ids of an archive's events.
    private(set) var hash = KeyedHash(key: [])
    /// The plugins that fold.
    var folds: [LuaFold] = []
    /// The plugins that recommend, and what answers their questions.
    var recommenders: [LuaRecommender] = []
    let answers = HostAnswers()
    /// Whose events the plugins fold.
    var viewer: ViewerRun?
    /// Behind `host.title`.
    let titles = TitleTable()
    private var redactors: [Redactor] = []
    private var chain = RedactorChain([])
    private let batch = EventBatch()

    /// Takes the key for what is loaded or opened from now on.
    func setKey(_ key: [UInt8]) {
        hash = KeyedHash(key: key)
    }

    /// Puts a plugin at the end of the chain, and leaves its manifest in the results; else false, and why.
    func load(_ source: UnsafeRawBufferPointer, name: String, limits: LuaLimits) -> Bool {
        results.removeAll()
        do throws(PluginLoadError) {
            let redactor = try LuaRedactor(
                source: source, file: name, context: PluginContext(limits: limits, hash: hash))
            redactors.append(redactor)
            chain = RedactorChain(redactors)
            append(redactor.manifest)
            return true
        } catch {
            results.append(error.message)
            return false
        }
    }

    /// Leaves the kind of a plugin in the results, and nothing else of it; else false, and why it is none.
    func kind(of source: UnsafeRawBufferPointer, name: String, limits: LuaLimits) -> Bool {
        results.removeAll()
        do throws(PluginLoadError) {
            let plugin = try LuaPlugin(
                source: source, file: name, context: PluginContext(limits: limits, hash: hash, titles: titles))
            results.append("\(plugin.manifest.kind.name)")
            return true
        } catch {
            results.append(error.message)
            return false
        }
    }

    func append(_ manifest: Manifest) {
        results.append("\(manifest.kind.name)")
        results.append(manifest.name)
        results.append(manifest.version)
        results.append(manifest.reads.count)
        for name in manifest.reads { results.append(name) }
    }

    var progress: UnsafeMutablePointer<RedactorChain.Progress> {
        chain.progress
    }

    /// Takes lines; what was left of those before is forgotten.
    func feed(_ lines: UnsafeRawBufferPointer) {
        batch.removeLines()
        batch.tracesEdits = false
        batch.bytes.append(lines)
    }

    /// Takes what plugins elsewhere put into these lines, and notes from now on what is put into the output.
    func feedEdits(_ spans: UnsafeRawBufferPointer) {
        batch.tracesEdits = true
        batch.earlierEdits.removeAll(keepingCapacity: true)
        for place in stride(from: 0, to: spans.count - 7, by: 8) {
            let start = UInt32(littleEndian: spans.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let end = UInt32(littleEndian: spans.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            batch.earlierEdits.append(EditSpan(start: start, end: end))
        }
    }

    /// Leaves the results of the next part of the lines; whether more is left.
    func process(skipping: Bool) -> Bool {
        results.removeAll()
        batch.removeLineResults()
        chain.process(batch, skipping: skipping, noting: nil)
        results.append(batch.start)
        results.append(batch.lineCount)
        results.append(batch.events.count)
        for event in batch.events {
            results.append(event.outcome.rawValue)
            results.append(event.plugin)
            for number in [event.line, event.inputStart, event.inputEnd, event.outputEnd, event.redactionEnd] {
                results.append(Int(truncatingIfNeeded: number))
            }
        }
        results.append(batch.output)
        results.append(batch.redactions)
        results.append(batch.failures.count)
        for failure in batch.failures {
            results.append(failure.plugin)
            results.append(failure.code)
            results.append(failure.message)
        }
        results.append(batch.rejects.count)
        for reject in batch.rejects {
            results.append(reject.line)
            results.append(reject.column)
            results.append(reject.message)
        }
        results.append(batch.log.count)
        for entry in batch.log {
            results.append(entry.plugin)
            results.append(entry.text)
        }
        results.append(batch.log.count)
        for entry in batch.log { results.append(entry.line) }
        results.append(batch.edits.count)
        for span in batch.edits {
            results.append(Int(truncatingIfNeeded: span.start))
            results.append(Int(truncatingIfNeeded: span.end))
        }
        return !batch.isDone
    }

    /// Leaves what the plugins did up to now.
    func report() {
        results.removeAll()
        let usage = chain.usage
        results.append(usage.count)
        for plugin in usage {
            results.append(plugin.calls)
            results.append(plugin.memoryPeak)
            results.append(plugin.latencies.sum)
            results.append(plugin.latencies.buckets.count)
            for bucket in plugin.latencies.buckets { results.append(Int(truncatingIfNeeded: bucket)) }
        }
    }
}
