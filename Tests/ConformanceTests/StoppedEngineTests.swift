import Lua
import Plugins
import Testing
import Wasm

@Suite("An engine that stops")
struct StoppedEngineTests {
    /// Work that nothing in Lua counts while it is done, and so much of it that the engine is stopped from outside.
    private static let slow = "load(('x=9e-300 '):rep(400000))"

    @Test("costs the one event that stopped it, and the plugins go on in a fresh instance")
    func goesOn() throws {
        let body = """
            count = (count or 0) + 1
            if event.data.n == 3 then \(Self.slow) end
            if event.data.n == 4 then return nil end
            event.data.count = count
            return event
            """
        let plugins = [plugin("host.log(event.id) return event", name: "first"), plugin(body, name: "slow")]
            .enumerated().map { IsolatedPlugin(file: "plugin\($0 + 1).lua", source: Array($1.utf8)) }
        let limits = LuaLimits(steps: 1 << 40, nanoseconds: 200_000_000)
        let chain = try isolation.get().chain(plugins, key: [], limits: limits)
        let lines = (1...6).map { event("\"n\":\($0)", id: "\($0)") }
        let ran = Ran(lines.prefix(2).joined() + "{\n" + lines.dropFirst(2).joined(), through: chain)
        let failure = try #require(ran.failures.first)
        #expect(ran.failures.count == 1 && failure.plugin == "slow" && failure.code == "time_limit")
        #expect(failure.message == "stopped from outside after 400 ms")
        // The plugin's count begins anew with the instance: for the lines that are done again, and for those after.
        #expect(ran.output.contains(#""n":1,"count":1"#) && ran.output.contains(#""n":2,"count":2"#))
        #expect(ran.output.contains(#""n":5,"count":2"#) && ran.output.contains(#""n":6,"count":3"#))
        #expect(ran.rejects.count == 1 && ran.rejects[0].hasPrefix("2:2: "))
        // What was logged in the instance that was stopped is gone with it.
        #expect(ran.log.map { $0.filter { $0 != "\n" } } == ["0: 1", "0: 2", "0: 4", "0: 5", "0: 6"])
        #expect(ran.calls == [6, 6])
        #expect(ran.events.count == 6)
    }
}
