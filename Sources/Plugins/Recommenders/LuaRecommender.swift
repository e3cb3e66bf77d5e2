internal import CBridge
internal import Events
public import Lua

/// A recommender in Lua.
///
/// ```swift
/// let recommender = try LuaRecommender(source: bytes, file: "top-picks.lua", context: context)
/// let list = try recommender.recommend(viewer, count: 20, seed: 1, from: source)
/// ```
public final class LuaRecommender: Recommender {
    /// Bytes that an answer may have.
    package static let answerLimit = 1 << 20

    private let sandbox: LuaSandbox
    private let access: EventAccess
    private let answer: UnsafeMutablePointer<vh_state_buffer>
    private let asked: UnsafeMutablePointer<vh_state_buffer>

    /// Loads a plugin from its source text. `file` names it in messages; `lines` learns which of its lines run.
    public convenience init(
        source: UnsafeRawBufferPointer, file: String, context: PluginContext, lines: LineRecorder? = nil
    ) throws(PluginLoadError) {
        try self.init(try LoadedPlugin(source: source, file: file, context: context, lines: lines))
    }

    init(_ plugin: LoadedPlugin) throws(PluginLoadError) {
        guard case .recommender = plugin.manifest.kind else {
            throw .manifest(.otherKind("\(plugin.manifest.kind.name)", wanted: "recommender"))
        }
        sandbox = plugin.sandbox
        access = plugin.access
        answer = .allocate(capacity: 1)
        asked = .allocate(capacity: 1)
        for buffer in [answer, asked] {
            buffer.initialize(to: vh_state_buffer())
            buffer.pointee.limit = Self.answerLimit
        }
        sandbox.event.pointee.asked = asked
        super.init(plugin.manifest)
        let isThere: Bool
        do throws(LuaError) {
            isThere = try sandbox.openRecommend()
        } catch {
            throw .lua(error)
        }
        if !isThere { throw .manifest(.missingFunction("recommend")) }
    }

    deinit {
        for buffer in [answer, asked] {
            vh_free_state_buffer(buffer)
            buffer.deallocate()
        }
    }

    /// Most bytes that the plugin has held at once.
    public var memoryPeak: Int {
        sandbox.memoryPeak
    }

    public override var log: [UInt8] {
        access.log
    }

    public override func recommend(
        _ viewer: ViewerProfile, count: Int, seed: UInt64, from source: RecommendationSource
    ) throws(PluginFailure) -> RecommendationList {
        let known = viewer.bytes(for: access.grants)
        let answer = try known.span.withUnsafeBytes { viewer throws(PluginFailure) in
            try self.answer(viewer, count: count, seed: seed, asking: SourceAnswers(source, for: access.grants))
        }
        return RecommendationList(answer, count: count, source)
    }

    /// What the plugin gives for a viewer, the bytes of ``ViewerProfile/bytes(for:)``, as those of a Lua value. They are good until
    /// the next call.
    package func answer(
        _ viewer: UnsafeRawBufferPointer, count: Int, seed: UInt64, asking answers: QuestionAnswers
    ) throws(PluginFailure) -> UnsafeRawBufferPointer {
        access.begin(asking: answers)
        sandbox.beginWithoutEvent(seed: seed)
        sandbox.event.pointee.is_asked = 1
        answer.pointee.count = 0
        defer {
            sandbox.event.pointee.is_asked = 0
            access.end()
        }
        do throws(LuaError) {
            try sandbox.recommend(viewer, count: count, into: answer)
        } catch {
            let isTooLong = answer.pointee.exceeded != 0
            throw PluginFailure(
                plugin: manifest.name, code: isTooLong ? "output_limit" : "\(error.code.name)", message: error.message)
        }
        if access.outputExceeded { throw .tooMuchOutput(of: manifest.name) }
        return UnsafeRawBufferPointer(start: answer.pointee.bytes, count: answer.pointee.count)
    }
}
