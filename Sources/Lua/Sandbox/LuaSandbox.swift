public import CBridge
internal import CLua

/// One Lua 5.4 state for one plugin: text chunks only, an allow list of functions, and limits on memory, instructions
/// and time that the plugin's own `pcall` cannot outlive.
///
/// The state is used from one thread at a time.
public final class LuaSandbox {
    /// What a call of the entry function gave back.
    public enum Result: Sendable {
        case event
        case `nil`
        case other
    }

    /// A field of the plugin's table.
    public enum Field: Equatable, Sendable {
        case absent
        case string(String)
        /// As Lua writes it.
        case number(String)
        case boolean(Bool)
        case table
        case function
        /// Anything else, by the name of its Lua type.
        case other(String)
    }

    /// What the state's `event` stands for; its functions are called while Lua runs.
    public let event: UnsafeMutablePointer<vh_event>

    /// Bytes of an error's message that are kept: a message stays with every event in quarantine.
    private static let longestMessage = 1000

    let limits: UnsafeMutablePointer<vh_limits>
    let state: OpaquePointer
    /// Kept alive while the state writes to it.
    var lines: LineRecorder?

    /// Opens a state. `event`'s functions must neither raise nor call back into this state.
    public init(limits: LuaLimits, event: vh_event) throws(LuaError) {
        self.event = .allocate(capacity: 1)
        self.event.initialize(to: event)
        self.limits = .allocate(capacity: 1)
        var counters = vh_limits()
        counters.steps_per_call = limits.steps
        counters.nanoseconds_per_call = limits.nanoseconds
        counters.memory_limit = limits.memory
        counters.search = PatternMatcher.entry
        counters.sketches = makeSketchFunctions()
        self.limits.initialize(to: counters)
        guard
            let state = vh_new_sandbox(
                self.limits,
                self.event,
                UnsafeRawPointer(prelude.utf8Start).assumingMemoryBound(to: CChar.self),
                prelude.utf8CodeUnitCount
            )
        else {
            self.event.deallocate()
            self.limits.deallocate()
            throw LuaError(.memoryLimit, "the limits are too small to open a Lua state")
        }
        self.state = state
    }

    deinit {
        vh_close_sandbox(state)
        event.deallocate()
        limits.deallocate()
    }

    /// Most bytes that the state has held at once.
    public var memoryPeak: Int {
        limits.pointee.memory_peak
    }

    /// Runs `source` and keeps the value that it returns as the plugin.
    public func load(_ source: UnsafeRawBufferPointer, name: String) throws(LuaError) {
        let status = Self.withChunkName(name) {
            vh_load_plugin(state, source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count, $0)
        }
        if status != LUA_OK { throw takeError(status) }
    }

    /// Whether the plugin's file returned a table.
    public var isTable: Bool {
        lua_type(state, Int32(VH_PLUGIN)) == LUA_TTABLE
    }

    /// A field of the plugin's table; `absent` too where the plugin is no table.
    public func field(_ name: String) -> Field {
        var text: UnsafePointer<CChar>?
        var length = 0
        return Self.field(ofType: name.withCString { vh_plugin_field(state, $0, &text, &length) }, text, length)
    }

    /// Element `index` (from 1) of a list in the plugin's table.
    public func element(_ index: Int, of name: String) -> Field {
        var text: UnsafePointer<CChar>?
        var length = 0
        let type = name.withCString { vh_plugin_element(state, $0, lua_Integer(index), &text, &length) }
        return Self.field(ofType: type, text, length)
    }

    /// Makes the plugin's function `name` the one that ``call()`` calls; false where it has none.
    public func selectEntry(_ name: String) -> Bool {
        name.withCString { vh_set_entry(state, $0) != 0 }
    }

    /// Calls the entry function with the event.
    @inline(__always)
    public func call() throws(LuaError) -> Result {
        var result: Int32 = 0
        let status = vh_call_entry(state, event, &result)
        if status != LUA_OK { throw takeError(status) }
        return result == 1 ? .event : result == 0 ? .nil : .other
    }

    func takeError(_ status: Int32) -> LuaError {
        var length = 0
        let text = vh_error_text(state, &length)
        let shown = min(length, Self.longestMessage)
        var message = String(decoding: UnsafeRawBufferPointer(start: text, count: shown), as: UTF8.self)
        if shown < length { message += "..." }
        vh_pop_error(state)
        switch limits.pointee.tripped {
        case VH_TRIP_STEPS: return LuaError(.instructionLimit, message)
        case VH_TRIP_MEMORY: return LuaError(.memoryLimit, message)
        case VH_TRIP_TIME: return LuaError(.timeLimit, message)
        default: break
        }
        switch status {
        case LUA_ERRSYNTAX: return LuaError(.syntax, message)
        case LUA_ERRMEM: return LuaError(.memoryLimit, message)
        default: return LuaError(.runtime, message)
        }
    }

    /// Lua shows a chunk name that begins with `@` as a file name.
    static func withChunkName(_ name: String, _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
        ("@" + name).withCString(body)
    }

    private static func field(ofType type: Int32, _ text: UnsafePointer<CChar>?, _ length: Int) -> Field {
        switch type {
        case LUA_TNONE, LUA_TNIL: .absent
        case LUA_TSTRING:
            .string(String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self))
        case LUA_TTABLE: .table
        case LUA_TFUNCTION: .function
        case LUA_TBOOLEAN: .boolean(length == 4)
        case LUA_TNUMBER:
            .number(String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self))
        default: .other("userdata")
        }
    }
}
