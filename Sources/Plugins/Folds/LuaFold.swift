internal import CBridge
public import Events
public import Lua

/// A plugin in Lua that folds events into values: a segment or a quality plugin.
///
/// The values are held by its Lua state under numbers from 1 on, and cross as bytes: a viewer's state, or that of a
/// dimension's value. A value is used from one thread at a time; make one for each.
public final class LuaFold: Fold {
    /// Bytes that a stored state may have.
    public static let stateLimit = 16 << 10

    let access: EventAccess
    private let sandbox: LuaSandbox
    private let buffer: UnsafeMutablePointer<vh_state_buffer>
    private let events: UnsafeMutablePointer<Int64>

    /// Loads a plugin from its source text. `file` names it in messages; `lines` learns which of its lines run.
    public convenience init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        try self.init(try LoadedPlugin(source: source, file: file, context: context, lines: lines))
    }

    init(_ plugin: LoadedPlugin) throws(PluginLoadError) {
        let functions: LuaSandbox.FoldFunctions
        do throws(LuaError) {
            functions = try plugin.sandbox.openFold()
        } catch {
            throw .lua(error)
        }
        if let missing = Self.missing(functions, for: plugin.manifest.kind) { throw .manifest(missing) }
        sandbox = plugin.sandbox
        access = plugin.access
        access.titles = plugin.titles
        buffer = .allocate(capacity: 1)
        buffer.initialize(to: vh_state_buffer())
        buffer.pointee.limit = Self.stateLimit
        events = .allocate(capacity: Int(VH_MOST_EVENTS))
        super.init(lua: plugin.manifest, observes: functions.contains(.observe))
    }

    deinit {
        vh_free_state_buffer(buffer)
        buffer.deallocate()
        events.deallocate()
    }

    private static func missing(_ functions: LuaSandbox.FoldFunctions, for kind: Manifest.Kind) -> ManifestError? {
        if !functions.contains(.start) { return .missingFunction("start") }
        if !functions.contains(.fold) { return .missingFunction("fold") }
        switch kind {
        case .redactor, .recommender, .history: return .otherKind("\(kind.name)", wanted: "segment")
        case .segment: return functions.contains(.member) ? nil : .missingFunction("member")
        case .quality: return functions.contains(.report) ? nil : .missingFunction("report")
        }
    }

    /// Most bytes that the plugin has held at once.
    public var memoryPeak: Int {
        sandbox.memoryPeak
    }

    /// What the plugin logged in the last call; one line per call of `host.log`.
    public var log: [UInt8] {
        access.log
    }

    /// Holds the value that `bytes` stand for; where there are none, what the plugin starts with.
    public func hold(_ number: Int, _ bytes: UnsafeRawBufferPointer, isMemory: Bool = false) throws(PluginFailure) {
        leaveEvent(seed: 0)
        try translating { () throws(LuaError) in try sandbox.hold(number, bytes, isMemory: isMemory) }
    }

    /// Calls `body` with a held value's bytes, which are good until it returns.
    public func withBytes<R>(of number: Int, _ body: (UnsafeRawBufferPointer) -> R) throws(PluginFailure) -> R {
        buffer.pointee.count = 0
        do throws(LuaError) {
            try sandbox.encode(number, into: buffer)
        } catch {
            throw failure(error, code: buffer.pointee.exceeded != 0 ? "state_limit" : nil)
        }
        return body(UnsafeRawBufferPointer(start: buffer.pointee.bytes, count: buffer.pointee.count))
    }

    /// Calls `body` with the bytes of what `observe` gave last.
    func withSampleBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) throws(PluginFailure) -> R {
        try withBytes(of: 0, body)
    }

    /// Takes what `observe` gave before for the event that is folded next.
    func setSample(_ bytes: UnsafeRawBufferPointer) throws(PluginFailure) {
        try translating { () throws(LuaError) in try sandbox.setSample(bytes) }
    }

    /// Forgets the values that are held.
    public func release() throws(PluginFailure) {
        try translating { () throws(LuaError) in try sandbox.releaseHeld() }
    }

    /// Folds `event` into a held value. `time` is in seconds since 1970; `reference` stands for the event. After a failure the
    /// value may be half changed.
    @inline(__always)
    public func fold(
        _ event: EventDocument, into number: Int, at time: Int64, reference: Int64, usesSample: Bool = false
    ) throws(PluginFailure) {
        begin(event)
        do throws(LuaError) {
            try sandbox.fold(
                into: number, vh_moment(at: time, reference: reference, offset: event.timeOffset),
                usesSample: usesSample)
        } catch {
            throw failure(error)
        }
        if access.outputExceeded { throw tooMuchOutput }
    }

    /// Shows `event` to `observe` with a held memory; whether it gave a sample.
    public func observe(
        _ event: EventDocument, with number: Int, at time: Int64, reference: Int64
    ) throws(PluginFailure) -> Bool {
        begin(event)
        let moment = vh_moment(at: time, reference: reference, offset: event.timeOffset)
        let hasSample = try translating { () throws(LuaError) in try sandbox.observe(with: number, moment) }
        if access.outputExceeded { throw tooMuchOutput }
        return hasSample
    }

    /// Whether the viewer of a held state is in the segment at `now`, in seconds since 1970. The state may not be kept after.
    public func member(_ number: Int, now: Int64) throws(PluginFailure) -> Membership {
        leaveEvent(seed: UInt64(bitPattern: now))
        var answer = vh_membership()
        answer.events = events
        try translating { () throws(LuaError) in try sandbox.member(number, now: now, &answer) }
        return Membership(
            isMember: answer.is_member != 0,
            reason: String(
                decoding: UnsafeRawBufferPointer(start: answer.reason, count: answer.reason_length), as: UTF8.self),
            events: (0..<answer.event_count).map { events[$0] }, until: answer.has_until != 0 ? answer.until : nil)
    }

    /// What the plugin reports of a held value, in the order of the manifest's columns; nil for what is no finite number.
    public func report(_ number: Int) throws(PluginFailure) -> [Double?] {
        guard case .quality(let quality) = manifest.kind else { return [] }
        leaveEvent(seed: 0)
        let numbers = try translating { () throws(LuaError) in try sandbox.report(number, quality.columns) }
        return numbers.map { $0.isFinite ? $0 : nil }
    }

    public override func fold(_ request: FoldRequest) -> FoldAnswer {
        fold(request, counting: nil)
    }

    public override func membership(
        of state: UnsafeRawBufferPointer, now: Int64
    ) throws(PluginFailure) -> Membership {
        try hold(1, state)
        return try member(1, now: now)
    }

    public override func report(of state: UnsafeRawBufferPointer) throws(PluginFailure) -> [Double?] {
        try hold(1, state)
        return try report(1)
    }

    @inline(__always)
    private func begin(_ event: EventDocument) {
        access.begin(event)
        sandbox.begin(event)
    }

    /// For calls without an event: one that the plugin has kept cannot be used.
    private func leaveEvent(seed: UInt64) {
        access.end()
        sandbox.beginWithoutEvent(seed: seed)
    }

    private func translating<R>(_ body: () throws(LuaError) -> R) throws(PluginFailure) -> R {
        do throws(LuaError) {
            return try body()
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: LuaError, code: String? = nil) -> PluginFailure {
        PluginFailure(plugin: manifest.name, code: code ?? "\(error.code.name)", message: error.message)
    }

    private var tooMuchOutput: PluginFailure {
        .tooMuchOutput(of: manifest.name)
    }
}

/// Whether a viewer is in a segment, and why.
public struct Membership: Equatable, Sendable {
    public let isMember: Bool
    /// In words; empty where the plugin gave none.
    public let reason: String
    /// References of the events behind the answer.
    public let events: [Int64]
    /// Until when the answer holds without new events, in seconds since 1970, where the plugin says it.
    public let until: Int64?

    public init(isMember: Bool, reason: String, events: [Int64], until: Int64?) {
        self.isMember = isMember
        self.reason = reason
        self.events = events
        self.until = until
    }
}
