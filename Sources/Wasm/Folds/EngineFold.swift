internal import CWasmtime
internal import Lua
internal import Plugins

/// One instance of `engine.wasm` with a plugin that folds.
final class EngineFold {
    let manifest: Manifest
    let observes: Bool

    private static let titlesPart = 1 << 20

    private let session: EngineSession
    private let foldSteps, askMember, askReport: wasmtime_func_t
    private let titles: TitleTable?
    /// The version of the table that the engine has.
    private var version: UInt64 = 0

    /// Starts an instance and loads the plugin. Nil where it is of a kind that does not fold.
    init?(
        _ wasm: WasmModule, _ plugin: IsolatedPlugin, key: [UInt8], limits: LuaLimits, _ titles: TitleTable?
    ) throws(WasmError) {
        self.titles = titles
        // The table, and what is handed over and comes back at once.
        let extra = 5 * (titles?.lines.count ?? 0) + 4 * IsolatedFold.partBytes
        session = try EngineSession(wasm, plugins: 1, key: key, limits: limits, extraMemory: extra)
        foldSteps = try session.instance.function("vh_fold")
        askMember = try session.instance.function("vh_fold_member")
        askReport = try session.instance.function("vh_fold_report")
        let loaded = try session.load(plugin, by: "vh_fold_load", limits)
        if loaded == 2 { return nil }
        var reader = try session.answer()
        if loaded != 1 { throw .plugin(file: plugin.file, message: try reader.text()) }
        (manifest, observes) = try reader.foldManifest()
        _ = try session.watchProgress()
    }

    /// Folds events. The answer was checked.
    func fold(_ request: FoldRequest) throws(WasmError) -> FoldAnswer {
        try sendTitles()
        let block = request.block
        let start = try block.span.withUnsafeBytes { bytes throws(WasmError) in try session.place(bytes) }
        let isDone = try session.instance.call(
            foldSteps, [.init(UInt32(0)), .init(start), .init(UInt32(block.count))], returns: true)
        guard isDone == 1 else { throw .badAnswer("it does not know what to fold") }
        var reader = try session.answer()
        return try reader.foldAnswer(to: request, of: manifest)
    }

    func membership(
        of state: UnsafeRawBufferPointer, now: Int64
    ) throws(WasmError) -> Result<Membership, PluginFailure> {
        try sendTitles()
        let start = try session.place(state)
        let hasAnswer = try session.instance.call(
            askMember, [.init(UInt32(0)), .init(start), .init(UInt32(state.count)), .init(now)], returns: true)
        var reader = try session.answer()
        if hasAnswer == 0 { return .failure(try reader.failure(of: manifest)) }
        return .success(try reader.membership())
    }

    func report(of state: UnsafeRawBufferPointer) throws(WasmError) -> Result<[Double?], PluginFailure> {
        try sendTitles()
        let start = try session.place(state)
        let hasAnswer = try session.instance.call(
            askReport, [.init(UInt32(0)), .init(start), .init(UInt32(state.count))], returns: true)
        var reader = try session.answer()
        if hasAnswer == 0 { return .failure(try reader.failure(of: manifest)) }
        return .success(try reader.report(of: manifest))
    }

    /// Sees to it that the engine has the titles that the host has.
    private func sendTitles() throws(WasmError) {
        guard let titles, titles.version != version else { return }
        try session.instance.call(try session.instance.function("vh_titles_clear"), returns: false)
        let add = try session.instance.function("vh_titles_add")
        var rest = titles.lines
        while !rest.isEmpty {
            let least = rest.startIndex + min(Self.titlesPart, rest.count)
            let end = rest[(least - 1)...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            let part = UnsafeRawBufferPointer(rebasing: rest[..<end])
            let start = try session.place(part)
            try session.instance.call(add, [.init(start), .init(UInt32(part.count))], returns: false)
            rest = UnsafeRawBufferPointer(rebasing: rest[end...])
        }
        version = titles.version
    }
}
