import Events
import Lua
import Plugins
import TestSupport
import Testing

@Suite("Plugins that fold")
struct LuaFoldTests {
    private static let counting = segment(
        fold: "state.n = (state.n or 0) + 1; state.last = ref; return state",
        member: "return state.n > 1, state.n .. '', { state.last }, now + 5")

    @Test("keep a viewer's state from batch to batch")
    func keepsState() throws {
        var viewer = KeptViewer(try loadFold(Self.counting))
        viewer.fold([viewerEvent("1")])
        viewer.fold([viewerEvent("2"), viewerEvent("3")], first: 2)
        guard case .known(let membership) = try viewer.answer(at: 50) else {
            Issue.record("nothing is known")
            return
        }
        #expect(membership == Membership(isMember: true, reason: "3", events: [3], until: 55))
    }

    @Test("see the events that they name, of types that nobody knows too")
    func filtersTypes() throws {
        var viewer = KeptViewer(
            try loadFold(
                segment(
                    fold: "table.insert(state, event.type) return state",
                    member: "return true, table.concat(state, ' ')",
                    extra: #"events = { "search.made", "com.example.odd" },"#)))
        viewer.fold(
            ["search.made", "playback.stopped", "com.example.odd", "com.example.other"].map { viewerEvent(type: $0) })
        #expect(try viewer.reason() == "search.made com.example.odd")
        #expect(viewer.tally.calls == 2)
    }

    @Test(
        "leave the state as it was where a call fails, also after it changed it",
        arguments: [
            "error('no')", "event.data.title = 'x'", "return nil", "while true do end",
            "state.big = ('x'):rep(5000000)",
            "local t = {} t.t = t state.t = t return state", "state.f = print return state",
            "state.e = event return state",
            "state.long = ('x'):rep(20000) return state", "return pcall", "state[1.5] = 1 return state",
        ])
    func undoes(_ fault: String) throws {
        let source = segment(
            fold:
                "state.n = (state.n or 0) + 1 if event.data.title == 'bad' then state.n = 100 \(fault) end return state",
            member: "return true, state.n .. ''", reads: "\"user.behavior\"")
        let fold = try loadFold(source, limits: LuaLimits(steps: 100_000))
        let (good, bad) = (viewerEvent(data: #"{"title":"good"}"#), viewerEvent(data: #"{"title":"bad"}"#))
        var viewer = KeptViewer(fold)
        viewer.fold([good, good, bad, good, bad, good])
        #expect(try viewer.reason() == "4", "in one batch")
        #expect(viewer.tally.failures == 2)
        #expect(viewer.tally.calls == 6)
        var other = KeptViewer(fold)
        for text in [good, good, bad, good, bad, good] { other.fold([text]) }
        #expect(try other.reason() == "4", "one by one")
        #expect(other.entry == viewer.entry)
    }

    @Test("are taken out after twenty failures in a row")
    func takenOut() throws {
        var viewer = KeptViewer(try loadFold(segment(fold: "error('never')")))
        viewer.fold((0..<30).map { viewerEvent("\($0)") })
        #expect(viewer.tally.failures == 20)
        #expect(viewer.tally.takenOut?.code == "error")
        #expect(viewer.entry.isEmpty)
    }

    @Test("cannot use an event after its call, neither in another fold nor when members are asked")
    func keptEvent() throws {
        let source = """
            local kept
            return { kind = "segment", name = "test", version = "1", taxonomy = "719", reads = { "user.behavior" },
              start = function() return {} end,
              fold = function(state, event)
                if kept then
                  state.same = rawequal(kept, event)
                  state.data = kept_data.title == 'secret'
                end
                kept, kept_data = event, event.data
                return state
              end,
              member = function(state)
                local ok = pcall(function() return kept.type end)
                local deep = pcall(function() return kept.data.title end)
                return not (ok or deep or state.data)
              end,
            }
            """
        var viewer = KeptViewer(try loadFold(source))
        viewer.fold([viewerEvent("1", data: #"{"title":"secret"}"#), viewerEvent("2")])
        guard case .known(let membership) = try viewer.answer() else {
            Issue.record("nothing is known")
            return
        }
        #expect(membership.isMember)
    }

    @Test(
        "give reasons, events and times that are checked",
        arguments: [
            ("return 1", "boolean expected"), ("return true, {}", "reason as a string"),
            ("return true, 'x', 5", "as a list"), ("return true, 'x', {}, 'soon'", "a time in seconds"),
            ("error({})", "the error value is no string"), ("while true do end", "instruction limit"),
        ])
    func checksMember(_ body: String, _ message: String) throws {
        var viewer = KeptViewer(
            try loadFold(segment(fold: "return state", member: body), limits: LuaLimits(steps: 100_000)))
        viewer.fold([viewerEvent()])
        let failure = #expect(throws: PluginFailure.self) { try viewer.answer() }
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        // The next call is as good as any.
        #expect(throws: PluginFailure.self) { try viewer.answer() }
    }

    @Test(
        "say what is wrong with a manifest",
        arguments: [
            (#"taxonomy = nil"#, "the manifest has no 'taxonomy'"), (#"use = "other""#, "\"target\" or \"exclude\""),
            (#"ttl_days = 0"#, "an integer from 1 to 365"), (#"ttl_days = 1.5"#, "an integer from 1 to 365"),
            (#"sensitive = "yes""#, "true or false"), (#"member = 1"#, "needs a function 'member'"),
            (#"events = "x""#, "a list of strings"), (#"kind = "quality""#, "the manifest has no 'columns'"),
        ])
    func checksManifest(_ change: String, _ message: String) throws {
        let source =
            Self.counting.replacing("return { kind", with: "local plugin = { kind")
            + "\nplugin.\(change)\nreturn plugin"
        let error = #expect(throws: PluginLoadError.self) { try loadFold(source) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("need no minimum of a taxonomy where they keep ads away")
    func exclusion() throws {
        let source = Self.counting.replacing(#"taxonomy = "719""#, with: #"use = "exclude""#)
        guard case .segment(let manifest) = try loadFold(source).manifest.kind else {
            Issue.record("no segment")
            return
        }
        #expect(manifest.isExclusion && manifest.taxonomy == nil && manifest.lifetimeDays == 7)
    }

    @Test("read titles by key or name")
    func titles() throws {
        let titles = TitleTable()
        let document = EventDocument()
        for (id, name, genres) in [
            ("t1", "Night Trains", #"["Crime","Drama"]"#), ("t2", "Other", "[]"), ("t1", "Late", "[]"),
        ] {
            let text = Array(
                viewerEvent(
                    type: "title.added",
                    data:
                        #"{"title_id":"\#(id)","title":"\#(name)","genres":\#(genres),"year":-5,"duration_seconds":12.5}"#
                ).utf8)
            try text.withUnsafeBufferPointer { try document.load($0.baseAddress!, count: $0.count) }
            titles.add(document)
        }
        var viewer = KeptViewer(
            try loadFold(
                segment(
                    fold: """
                        local t = host.title(event.data.title)
                        table.insert(state, t and (t.title .. '/' .. table.concat(t.genres, '+') .. '/' .. t.year .. '/' ..
                          t.duration_seconds .. '/' .. tostring(t.kind)) or 'none')
                        return state
                        """, member: "return true, table.concat(state, ' ')"), titles: titles))
        viewer.fold(
            [#""t1""#, #""Night Trains""#, #""t2""#, #""nobody""#].map { viewerEvent(data: #"{"title":\#($0)}"#) })
        #expect(
            try viewer.reason()
                == "Night Trains/Crime+Drama/-5/12.5/nil Night Trains/Crime+Drama/-5/12.5/nil Other//-5/12.5/nil none"
        )
    }
}
