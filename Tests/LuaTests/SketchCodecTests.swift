import CBridge
import CLua
import Lua
import TestSupport
import Testing

/// A sandbox's state, with sketches that the host puts in and takes out.
private final class SketchState {
    private let limits = UnsafeMutablePointer<vh_limits>.allocate(capacity: 1)
    private let event = UnsafeMutablePointer<vh_event>.allocate(capacity: 1)
    private let state: OpaquePointer

    init(memory: Int = 64 << 20) throws {
        var counters = vh_limits()
        counters.steps_per_call = 100_000_000
        counters.memory_limit = memory
        counters.sketches = makeSketchFunctions()
        limits.initialize(to: counters)
        event.initialize(to: vh_event())
        state = try #require(vh_new_sandbox(limits, event, "", 0))
    }

    deinit {
        vh_close_sandbox(state)
        limits.deallocate()
        event.deallocate()
    }

    var memory: Int {
        limits.pointee.memory
    }

    var top: Int32 {
        lua_gettop(state)
    }

    /// Leaves what the chunk returns on the stack.
    func run(_ source: String) -> Bool {
        vh_begin_call(state)
        return luaL_loadbufferx(state, source, source.utf8.count, "=t", "t") == LUA_OK
            && lua_pcallk(state, 0, 1, 0, 0, nil) == LUA_OK
    }

    var isSketch: Bool {
        vh_is_sketch(state, -1) != 0
    }

    /// The bytes of the value on top.
    var bytes: [UInt8] {
        var start: UnsafePointer<UInt8>?
        let length = vh_sketch_bytes(state, -1, &start)
        return Array(UnsafeBufferPointer(start: start, count: length))
    }

    func push(_ bytes: [UInt8]) -> Bool {
        vh_push_sketch(state, bytes, bytes.count) != 0
    }

    func pop() {
        lua_settop(state, -2)
    }

    /// Makes so much garbage that Lua collects all that there was.
    func collect() {
        #expect(run("for i = 1, 50 do local x = ('x'):rep(1000000) end"))
        pop()
    }
}

@Suite("The bytes of sketches in Lua")
struct SketchCodecTests {
    static let makers = [
        "local q = sketch.quantiles(0.02) for i = -50, 50 do q:add(i * 1.5) end return q",
        "local d = sketch.distinct() for i = 1, 2000 do d:add(i) end return d",
        "local t = sketch.top(10) for i = 1, 100 do t:add('t' .. i % 20) end return t",
        "return sketch.quantiles()", "return sketch.distinct()", "return sketch.top()",
    ]

    @Test("make the same sketch again", arguments: makers)
    func makeItAgain(_ maker: String) throws {
        let state = try SketchState()
        #expect(state.run(maker) && state.isSketch)
        let bytes = state.bytes
        let top = state.top
        #expect(!bytes.isEmpty && state.push(bytes) && state.top == top + 1)
        #expect(state.isSketch && state.bytes == bytes)
    }

    @Test("push nothing where they are damaged", arguments: makers)
    func pushNothing(_ maker: String) throws {
        let state = try SketchState()
        #expect(state.run(maker))
        let bytes = state.bytes
        let top = state.top
        for length in 0..<min(bytes.count, 200) { #expect(!state.push(Array(bytes.prefix(length)))) }
        #expect(!state.push([0x41] + bytes.dropFirst()) && !state.push([]) && state.top == top)
    }

    @Test(
        "are none's where there is no sketch", arguments: ["return 5", "return 'x'", "return {}", "return json.null"])
    func areNone(_ value: String) throws {
        let state = try SketchState()
        #expect(state.run(value) && !state.isSketch && state.bytes.isEmpty)
    }

    @Test("leave nothing behind that is counted")
    func leaveNothing() throws {
        let state = try SketchState()
        #expect(state.run(Self.makers[1]))
        let bytes = state.bytes
        state.pop()
        state.collect()
        let before = state.memory
        for _ in 0..<1000 {
            #expect(state.push(bytes))
            state.pop()
        }
        state.collect()
        #expect(state.memory < before + 100_000)
    }
}
