/// Bodies of plugins that fold, for both homes to agree on.
enum FoldCorpus {
    /// What `fold` does with `state`, `event`, `at` and `ref`, and what `member` says of it.
    static let segments: [(fold: String, member: String)] = [
        (
            "state.n = (state.n or 0) + 1 state.last = at state.ref = ref return state",
            "return state.n > 3, 'saw ' .. state.n, { state.ref }, state.last + 86400"
        ),
        (
            "state[#state + 1] = ref if #state > 5 then table.remove(state, 1) end return state",
            "return true, '', state"
        ),
        (
            "state[event.type] = event.data.seconds_watched return state",
            "return next(state) ~= nil, tostring(next(state))"
        ),
        (
            "return { ref, at, 0.5, -1, true, { a = { b = 'c' } }, json.null }",
            "return state[5], state[6].a.b, {}, 1e300"
        ),
        ("return ref", "return state % 2 == 0, state .. ''"),
        ("return event.id .. (type(state) == 'string' and state or '')", "return #state > 20, state"),
        // Numbers that need more than 32 bits.
        (
            "state.bits = (state.bits or 0) | 1 << ref % 60 state[(1 << 40) + ref % 5] = -(1 << 50) - ref return state",
            "return true, tostring(state.bits), { state.bits }, 1 << 40"
        ),
        // What becomes of undone changes.
        (
            "state.n = (state.n or 0) + 1 if state.n % 3 == 0 then state.n = 1000 error('three') end return state",
            "return true, tostring(state.n)"
        ),
        (
            "state.n = (state.n or 0) + 1 if ref % 7 == 0 then return nil end return state",
            "return true, tostring(state.n)"
        ),
        (
            "state.n = (state.n or 0) + 1 if ref % 5 == 0 then state.f = print end return state",
            "return true, tostring(state.n)"
        ),
        (
            "if ref % 4 == 0 then state.x = ('x'):rep(1 << 20) else state.n = ref state.x = nil end return state",
            "return true, tostring(state.n)"
        ),
        ("state[#state + 1] = ('y'):rep(1000) return state", "return true, tostring(#state)"),
        ("state.me = ref % 6 == 0 and state or nil state.n = ref return state", "return true, tostring(state.n)"),
        ("local t = state for i = 1, ref % 20 do t.t = {} t = t.t end return state", "return state.t == nil"),
        ("return ref % 2 == 0 and state or { [1.5] = 1 }", "return true"),
        ("return setmetatable({ n = ref }, { __index = print })", "return true, tostring(state.n)"),
        // Attacks on limits, and on what catches them.
        ("if ref % 3 == 0 then while true do end end state.n = ref return state", "return true, tostring(state.n)"),
        ("pcall(function() while true do end end) state.n = ref return state", "return true"),
        ("local t = {} for i = 1, 1 << 40 do t[i] = ('x'):rep(100000) .. i end return state", "return true"),
        (
            "state.n = ref pcall(function() local t = {} while true do t[#t + 1] = ('x'):rep(1 << 20) end end) return state",
            "return true"
        ),
        ("local s = ('a'):rep(3000) pcall(string.find, s, ('.-'):rep(20) .. 'b') return state", "return true"),
        ("state.n = ref return state", "while true do end"),
        ("state.n = ref return state", "return 1"), ("state.n = ref return state", "return true, {}"),
        ("state.n = ref return state", "return true, 'x', 5"),
        ("state.n = ref return state", "return true, 'x', {}, 'soon'"),
        ("state.n = ref return state", "return nil, ('€'):rep(400), { 1, 'x', 2.5, -3 }, -1e300"),
        ("state.n = ref return state", "local t = {} for i = 1, 1000 do t[i] = i end return true, 'x', t"),
        ("state.n = ref return state", "error('no')"), ("error({})", "return true"), ("error()", "return true"),
        // What is kept across calls.
        ("kept = kept or event state.t = kept.type return state", "return true, state.t"),
        ("kept = event state.n = ref return state", "return kept.type == nil"),
        ("kept = state state.n = (state.n or 0) + 1 return state", "kept.n = 99 return true, tostring(state.n)"),
        ("event.data.x = 1 return state", "return true"),
        ("state.r = math.random(1000) return state", "return true, state.r .. ' ' .. math.random(1000)"),
        (
            "local t = host.title(event.data.title_id or '') state.g = t and t.genres or 'none' return state",
            "local t = host.title('A Film') return true, tostring(t and t.year) .. tostring(host.title('none'))"
        ),
        ("state.h = host.hash(event.subject) host.log(state.h) return state", "return true, state.h"),
        (
            "state.q = state.q or sketch.quantiles() state.q:add(ref) return state",
            "return true, tostring(state.q:count())"
        ),
    ]

    /// What `fold` and `report` of a quality plugin do, and its other fields.
    static let qualities: [(fold: String, report: String, more: String)] = [
        ("state.n = (state.n or 0) + 1 return state", "return { n = state.n, x_share = 0.5 }", ""),
        (
            "state.n = (state.n or 0) + (event.data.seconds_watched or 0) return state",
            "return { n = state.n, x_share = 0/0 }", ""
        ),
        (
            "if ref % 3 == 0 then error('three') end state.n = (state.n or 0) + 1 return state",
            "return { n = state.n }", ""
        ),
        (
            "if ref % 3 == 0 then state.x = ('x'):rep(1 << 20) end state.n = (state.n or 0) + 1 return state",
            "return { n = 'many' }", ""
        ),
        ("error('always')", "return {}", ""), ("state.n = ref return state", "error('no')", ""),
        ("state.n = ref return state", "return 5", ""), ("while true do end", "return {}", ""),
        (
            "state.n = (state.n or 0) + event.gap return state", "return { n = state.n }",
            "observe = function(memory, event, at) local gap = memory.at and at - memory.at memory.at = at "
                + "return memory, gap and { gap = gap } end,"
        ),
        (
            "state.n = (state.n or 0) + 1 return state", "return { n = state.n }",
            "observe = function(memory, event, at) memory.n = (memory.n or 0) + 1 if memory.n % 4 == 0 then memory.n = print end "
                + "return memory, memory.n end,"
        ),
        (
            "state[#state + 1] = event return state", "return { n = #state }",
            "observe = function(memory, event, at) if at % 3 == 0 then return memory, ('x'):rep(20000) end return memory, at end,"
        ),
        ("return state", "return {}", "observe = function(memory, event, at) while true do end end,"),
    ]

    static func segment(_ bodies: (fold: String, member: String)) -> String {
        """
        return { kind = "segment", name = "test", version = "1.0.0", taxonomy = "1234", sensitive = true, ttl_days = 3,
          reads = { "user.behavior", "user.content.public", "user.unique_id", "system" },
          start = function() return {} end,
          fold = function(state, event, at, ref)
        \(bodies.fold)
          end,
          member = function(state, now)
        \(bodies.member)
          end }
        """
    }

    static func quality(_ bodies: (fold: String, report: String, more: String)) -> String {
        """
        return { kind = "quality", name = "test", version = "1.0.0", title = "A test", by = { "title", "hour", "day" },
          columns = { "n", "x_share" }, chart = "x_share", events = { "playback.stopped" },
          reads = { "user.behavior", "user.telemetry", "system" },
          start = function() return {} end,
          fold = function(state, event, at, ref)
        \(bodies.fold)
          end,
          report = function(state)
        \(bodies.report)
          end, \(bodies.more) }
        """
    }
}
