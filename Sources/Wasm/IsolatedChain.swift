public import Events
internal import Lua
public import Plugins

/// Redactors in an instance of `engine.wasm`: what a ``RedactorChain`` does, behind WebAssembly's walls.
///
/// All plugins share the instance, so that they see one event as they do natively. Where one stops it, its event fails with
/// the code `trap` or `time_limit`, and the lines after it go on in a fresh instance. Used from one thread at a time.
public final class IsolatedChain: EventChain {
    public let manifests: [Manifest]

    private let wasm: WasmModule
    private let plugins: [IsolatedPlugin]
    private let key: [UInt8]
    private let limits: LuaLimits
    private let withoutPlugins = RedactorChain([])
    private let document = EventDocument()
    private var engine: EngineInstance?
    /// Where the lines begin that the engine has; nil where it has none that are not done.
    private var base: Int?
    private var calls: [Int]

    init(_ wasm: WasmModule, _ plugins: [IsolatedPlugin], key: [UInt8], limits: LuaLimits) throws(WasmError) {
        self.wasm = wasm
        self.plugins = plugins
        self.key = key
        self.limits = limits
        let engine = try EngineInstance(wasm, plugins, key: key, limits: limits)
        manifests = engine.manifests
        calls = Array(repeating: 0, count: plugins.count)
        self.engine = engine
    }

    /// Times and memory are those of the instance that is running.
    public var usage: [PluginUsage] {
        var list = (try? engine?.usage()) ?? plugins.map { _ in PluginUsage() }
        for index in list.indices { list[index].calls = calls[index] }
        return list
    }

    public func process(
        _ batch: EventBatch, skipping: Bool, noting note: ((EventDocument, inout BatchEvent) -> Void)?
    ) {
        if skipping || plugins.isEmpty {
            base = nil
            return withoutPlugins.process(batch, skipping: skipping, noting: note)
        }
        process(batch, isRead: note != nil)
        for event in batch.events {
            let called = event.outcome == .dropped || event.outcome == .failed ? Int(event.plugin) + 1 : plugins.count
            for plugin in 0..<called { calls[plugin] += 1 }
        }
        if let note { self.note(batch, note) }
    }

    /// Where the host itself reads what comes out, it must be events.
    private func process(_ batch: EventBatch, isRead: Bool) {
        let start = batch.start
        do throws(WasmError) {
            let engine = try runningEngine()
            if base == nil { try feed(engine, batch, from: start, to: batch.bytes.count) }
            let from = base ?? start
            base = try takePart(of: engine, into: batch, base: from, isRead: isRead) ? from : nil
        } catch {
            processLineByLine(batch, from: start, isRead: isRead)
        }
    }

    /// Adds the engine's next part to the results; whether more is left. Adds nothing where it throws.
    private func takePart(
        of engine: EngineInstance, into batch: EventBatch, base: Int, isRead: Bool
    ) throws(WasmError) -> Bool {
        let (part, isMore) = try engine.nextPart()
        try part.checkLines(of: batch, base: base, with: document)
        if isRead { try part.checkOutput(with: document) }
        part.add(to: batch, base: base)
        return isMore
    }

    private func runningEngine() throws(WasmError) -> EngineInstance {
        if let engine { return engine }
        let fresh = try EngineInstance(wasm, plugins, key: key, limits: limits)
        engine = fresh
        return fresh
    }

    /// Does the part again in a fresh instance, up to the line that stops the engine, which fails. What the stopped
    /// instance says of where it was cannot be trusted: its memory may be overwritten.
    private func processLineByLine(_ batch: EventBatch, from start: Int, isRead: Bool) {
        engine = nil
        base = nil
        batch.start = start
        batch.removeLineResults()
        while !batch.isDone, batch.output.count < EventBatch.outputSize {
            let (start, end) = (batch.start, batch.bytes.lineEnd(from: batch.start))
            do throws(WasmError) {
                let engine = try runningEngine()
                try feed(engine, batch, from: start, to: end)
                _ = try takePart(of: engine, into: batch, base: start, isRead: isRead)
                batch.start = end + 1
            } catch {
                let plugin = (try? engine?.lastProgress()).map { Int($0.plugin) } ?? 0
                engine = nil
                return fail(lineAt: start, of: batch, min(plugin, plugins.count - 1), error)
            }
        }
    }

    private func fail(lineAt start: Int, of batch: EventBatch, _ plugin: Int, _ error: WasmError) {
        let lineEnd = batch.bytes.lineEnd(from: start)
        let code = if case .late = error { "time_limit" } else { "trap" }
        batch.failures.append(PluginFailure(plugin: manifests[plugin].name, code: code, message: error.message))
        batch.events.append(
            BatchEvent(
                outcome: .failed, plugin: UInt8(plugin), line: UInt32(batch.lineCount), inputStart: UInt32(start),
                inputEnd: UInt32(lineEnd), outputEnd: UInt32(batch.output.count),
                redactionEnd: UInt32(batch.redactions.count)))
        batch.lineCount += 1
        batch.start = lineEnd + 1
    }

    private func feed(_ engine: EngineInstance, _ batch: EventBatch, from start: Int, to end: Int) throws(WasmError) {
        try engine.feed(UnsafeRawBufferPointer(start: batch.bytes.base + start, count: end - start))
        if batch.tracesEdits { try engine.feedEdits(batch.earlierEdits(from: start, to: end), from: start) }
    }

    /// Reads the events again that came out, or else those that went in.
    private func note(_ batch: EventBatch, _ note: (EventDocument, inout BatchEvent) -> Void) {
        var outputStart = 0
        for index in batch.events.indices {
            let event = batch.events[index]
            let hasPassed = event.outcome == .passed || event.outcome == .changed
            let (text, count) =
                hasPassed
                ? (batch.output.base + outputStart, Int(event.outputEnd) - outputStart - 1)
                : (batch.bytes.base + Int(event.inputStart), Int(event.inputEnd - event.inputStart))
            outputStart = Int(event.outputEnd)
            if (try? document.load(text, count: count)) != nil { note(document, &batch.events[index]) }
        }
    }
}
