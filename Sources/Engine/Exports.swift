// The functions that `engine.wasm` exports, as docs/engine-abi.md has them. `wasm/exports` names them to the linker.

internal import Archives
internal import Events
internal import Lua

@c(vh_abi_version)
public func abiVersion() -> UInt32 {
    Engine.abiVersion
}

@c(vh_results)
public func results() -> UnsafePointer<UInt8> {
    UnsafePointer(Engine.shared.results.bytes.base)
}

@c(vh_results_length)
public func resultsLength() -> UInt32 {
    UInt32(Engine.shared.results.bytes.count)
}

@c(vh_set_key)
public func setKey(_ key: UnsafePointer<UInt8>?, _ length: UInt32) {
    Engine.shared.setKey(Array(bytes(key, length)))
}

@c(vh_load)
public func load(
    _ source: UnsafePointer<UInt8>?, _ sourceLength: UInt32, _ name: UnsafePointer<UInt8>?, _ nameLength: UInt32,
    _ memory: UInt32, _ steps: Int64, _ nanoseconds: Int64
) -> UInt32 {
    let limits = LuaLimits(memory: Int(clamping: memory), steps: steps, nanoseconds: nanoseconds)
    return Engine.shared.load(bytes(source, sourceLength), name: text(name, nameLength), limits: limits) ? 1 : 0
}

@c(vh_progress)
public func progress() -> UnsafeRawPointer {
    UnsafeRawPointer(Engine.shared.progress)
}

@c(vh_feed)
public func feed(_ lines: UnsafePointer<UInt8>?, _ length: UInt32) {
    Engine.shared.feed(bytes(lines, length))
}

@c(vh_feed_edits)
public func feedEdits(_ spans: UnsafePointer<UInt8>?, _ length: UInt32) {
    Engine.shared.feedEdits(bytes(spans, length))
}

@c(vh_process)
public func process(_ skipping: UInt32) -> UInt32 {
    Engine.shared.process(skipping: skipping != 0) ? 1 : 0
}

@c(vh_report)
public func report() {
    Engine.shared.report()
}

@c(vh_fold_load)
public func foldLoad(
    _ source: UnsafePointer<UInt8>?, _ sourceLength: UInt32, _ name: UnsafePointer<UInt8>?, _ nameLength: UInt32,
    _ memory: UInt32, _ steps: Int64, _ nanoseconds: Int64
) -> UInt32 {
    let limits = LuaLimits(memory: Int(clamping: memory), steps: steps, nanoseconds: nanoseconds)
    return Engine.shared.loadFold(bytes(source, sourceLength), name: text(name, nameLength), limits: limits).rawValue
}

@c(vh_fold)
public func fold(_ plugin: UInt32, _ block: UnsafePointer<UInt8>?, _ length: UInt32) -> UInt32 {
    Engine.shared.fold(Int(clamping: plugin), bytes(block, length)) ? 1 : 0
}

@c(vh_fold_member)
public func foldMember(_ plugin: UInt32, _ state: UnsafePointer<UInt8>?, _ length: UInt32, _ now: Int64) -> UInt32 {
    Engine.shared.askMember(Int(clamping: plugin), bytes(state, length), now: now) ? 1 : 0
}

@c(vh_fold_report)
public func foldReport(_ plugin: UInt32, _ state: UnsafePointer<UInt8>?, _ length: UInt32) -> UInt32 {
    Engine.shared.askReport(Int(clamping: plugin), bytes(state, length)) ? 1 : 0
}

@c(vh_kind)
public func kind(
    _ source: UnsafePointer<UInt8>?, _ sourceLength: UInt32, _ name: UnsafePointer<UInt8>?, _ nameLength: UInt32,
    _ memory: UInt32, _ steps: Int64, _ nanoseconds: Int64
) -> UInt32 {
    let limits = LuaLimits(memory: Int(clamping: memory), steps: steps, nanoseconds: nanoseconds)
    return Engine.shared.kind(of: bytes(source, sourceLength), name: text(name, nameLength), limits: limits) ? 1 : 0
}

@c(vh_recommend_load)
public func recommendLoad(
    _ source: UnsafePointer<UInt8>?, _ sourceLength: UInt32, _ name: UnsafePointer<UInt8>?, _ nameLength: UInt32,
    _ memory: UInt32, _ steps: Int64, _ nanoseconds: Int64
) -> UInt32 {
    let limits = LuaLimits(memory: Int(clamping: memory), steps: steps, nanoseconds: nanoseconds)
    let source = bytes(source, sourceLength)
    return Engine.shared.loadRecommender(source, name: text(name, nameLength), limits: limits) ? 1 : 0
}

@c(vh_recommend)
public func recommend(
    _ plugin: UInt32, _ viewer: UnsafePointer<UInt8>?, _ length: UInt32, _ count: UInt32, _ seed: Int64
) -> UInt32 {
    let viewer = bytes(viewer, length)
    let seed = UInt64(bitPattern: seed)
    return Engine.shared.recommend(Int(clamping: plugin), viewer, count: Int(clamping: count), seed: seed) ? 1 : 0
}

@c(vh_viewer_begin)
public func viewerBegin(_ untilObjection: UInt32) {
    Engine.shared.beginViewer(untilObjection: untilObjection != 0)
}

@c(vh_viewer_add)
public func viewerAdd(_ lines: UnsafePointer<UInt8>?, _ length: UInt32) {
    Engine.shared.viewer?.add(bytes(lines, length))
}

@c(vh_viewer_member)
public func viewerMember(_ plugin: UInt32, _ now: Int64) -> UInt32 {
    Engine.shared.askViewer(Int(clamping: plugin), now: now).rawValue
}

@c(vh_titles_clear)
public func titlesClear() {
    Engine.shared.clearTitles()
}

@c(vh_titles_add)
public func titlesAdd(_ lines: UnsafePointer<UInt8>?, _ length: UInt32) {
    Engine.shared.addTitles(bytes(lines, length))
}

@c(vh_test_open)
public func testOpen(
    _ tests: UnsafePointer<UInt8>?, _ testsLength: UInt32, _ testsName: UnsafePointer<UInt8>?,
    _ testsNameLength: UInt32, _ plugin: UnsafePointer<UInt8>?, _ pluginLength: UInt32,
    _ pluginName: UnsafePointer<UInt8>?, _ pluginNameLength: UInt32, _ memory: UInt32, _ steps: Int64,
    _ nanoseconds: Int64
) -> UInt32 {
    let tests = TestRun.File(name: text(testsName, testsNameLength), bytes: Array(bytes(tests, testsLength)))
    let plugin = TestRun.File(name: text(pluginName, pluginNameLength), bytes: Array(bytes(plugin, pluginLength)))
    let limits = LuaLimits(memory: Int(clamping: memory), steps: steps, nanoseconds: nanoseconds)
    return Engine.shared.openTests(tests, of: plugin, limits: limits) ? 1 : 0
}

@c(vh_test_run)
public func testRun(_ test: UInt32) -> UInt32 {
    Engine.shared.runTest(Int(clamping: test)).rawValue
}

@c(vh_archive_new)
public func archiveNew() {
    Engine.shared.archive = ArchiveImport()
}

@c(vh_archive_add)
public func archiveAdd(
    _ path: UnsafePointer<UInt8>?, _ pathLength: UInt32, _ head: UnsafePointer<UInt8>?, _ headLength: UInt32
) {
    Engine.shared.archive.add(text(path, pathLength), head: Array(bytes(head, headLength)))
}

@c(vh_archive_recognise)
public func archiveRecognise(_ order: UInt32) -> UInt32 {
    Engine.shared.archive.recognise(dateOrder(order), &Engine.shared.results).rawValue
}

@c(vh_archive_date_order)
public func archiveDateOrder(_ file: UnsafePointer<UInt8>?, _ length: UInt32) -> UInt32 {
    switch ArchiveImport.dateOrder(of: bytes(file, length)) {
    case nil: 0
    case .dayMonthYear: 1
    case .monthDayYear: 2
    case .yearMonthDay: 3
    }
}

@c(vh_archive_open)
public func archiveOpen(_ file: UInt32) -> UInt32 {
    Engine.shared.archive.open(Int(clamping: file), Engine.shared.hash) ? 1 : 0
}

@c(vh_archive_read)
public func archiveRead(_ data: UnsafePointer<UInt8>?, _ length: UInt32, _ isLast: UInt32) {
    Engine.shared.archive.read(bytes(data, length), isLast: isLast != 0, &Engine.shared.results)
}

@c(vh_archive_report)
public func archiveReport() {
    Engine.shared.archive.report(&Engine.shared.results)
}

private func bytes(_ start: UnsafePointer<UInt8>?, _ length: UInt32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: Int(length))
}

private func text(_ start: UnsafePointer<UInt8>?, _ length: UInt32) -> String {
    String(decoding: bytes(start, length), as: UTF8.self)
}

private func dateOrder(_ number: UInt32) -> DateOrder? {
    switch number {
    case 1: .dayMonthYear
    case 2: .monthDayYear
    case 3: .yearMonthDay
    default: nil
    }
}
