internal import CWasmtime
internal import Lua
internal import Plugins

/// One instance of `engine.wasm` with a plugin that recommends.
final class EngineRecommender {
    let manifest: Manifest

    private let session: EngineSession
    private let desk: QuestionDesk
    private let askPlugin: wasmtime_func_t

    /// What a call of the plugin gave.
    struct Answer {
        /// The list as bytes of a Lua value, whatever they are; or why there is none.
        let list: Result<[UInt8], PluginFailure>
        let log: [UInt8]
    }

    /// Starts an instance and loads the plugin.
    init(_ wasm: WasmModule, _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits) throws(WasmError) {
        desk = QuestionDesk(wasm.runtime.library)
        session = try EngineSession(wasm, plugins: 1, key: key, limits: limits, desk: desk)
        askPlugin = try session.instance.function("vh_recommend")
        let isLoaded = try session.load(plugin, by: "vh_recommend_load", limits)
        var reader = try session.answer()
        if isLoaded == 0 { throw .plugin(file: plugin.file, message: try reader.text()) }
        let kind = try reader.text()
        guard kind == "recommender" else { throw .badAnswer("a plugin of kind '\(kind)'") }
        let (name, version) = (try reader.text(), try reader.text())
        manifest = Manifest(kind: .recommender, name: name, version: version, reads: try reader.texts())
    }

    /// Asks the plugin about a viewer, as whom it may see, and has its questions answered by `answers`. One call has the plugin's time:
    /// no progress that the engine reports buys more of it.
    func recommend(
        _ viewer: [UInt8], count: Int, seed: UInt64, asking answers: QuestionAnswers
    ) throws(WasmError) -> Answer {
        let start = try viewer.span.withUnsafeBytes { bytes throws(WasmError) in try session.place(bytes) }
        let hasAnswer = try desk.serving(answers) { () throws(WasmError) in
            try session.instance.call(
                askPlugin,
                [
                    .init(UInt32(0)), .init(start), .init(UInt32(viewer.count)), .init(UInt32(clamping: count)),
                    .init(Int64(bitPattern: seed)),
                ], returns: true)
        }
        var reader = try session.answer()
        let list: Result<[UInt8], PluginFailure> =
            hasAnswer == 0
            ? .failure(try reader.failure(of: manifest))
            : .success(try reader.bytes(atMost: LuaRecommender.answerLimit))
        // A line feed may stand behind the last that was logged.
        return Answer(list: list, log: try reader.bytes(atMost: EventAccess.logLimit + 1))
    }
}

extension AnswerReader {
    fileprivate mutating func bytes(atMost limit: Int) throws(WasmError) -> [UInt8] {
        let bytes = try bytes()
        guard bytes.count <= limit else { throw .badAnswer("an answer of \(bytes.count) bytes") }
        return Array(bytes)
    }
}
