import Foundation
import Harness
import PluginTesting
import Testing
import Wasm

/// A segment of those who played twice, which does what a title tells it to.
private let twice = """
    return {
      kind = "segment", name = "p", version = "1", taxonomy = "706", events = { "playback.stopped" },
      reads = { "user.behavior.media_consumption" },
      start = function() return { n = 0, refs = {} } end,
      fold = function(state, event, at, ref)
        local title = event.data.title
        if title == "boom" then error("bad title") end
        if title == "lose" then return nil end
        if title == "grow" then state.text = ("x"):rep(20000) end
        if title == "known" then state.known = host.title("t").genres[1] end
        state.n, state.at = state.n + 1, at
        table.insert(state.refs, ref)
        return state
      end,
      member = function(state, now)
        if state.n > 4 then error("too many") end
        if state.n < 2 then return false end
        return true, "played " .. state.n .. " titles", state.refs, now + 60
      end,
    }
    """

/// Counts plays, and those that follow another of the same viewer.
private let counting = """
    return {
      kind = "quality", name = "p", version = "1", by = { "device", "hour" }, columns = { "plays", "again_share" },
      events = { "playback.stopped" }, reads = { "user.unique_id" },
      start = function() return { n = 0, again = 0 } end,
      observe = function(memory, event)
        if event.subject == "boom" then error("bad viewer") end
        memory.n = (memory.n or 0) + 1
        return memory, { again = memory.n > 1 and 1 or 0 }
      end,
      fold = function(state, sample) return { n = state.n + 1, again = state.again + sample.again } end,
      report = function(state)
        if state.n > 4 then error("too many") end
        return { plays = state.n, again_share = state.n > 0 and state.again / state.n or nil }
      end,
    }
    """

@Suite("Tests of plugins that fold")
struct FoldTests {
    /// What stands before each test of a segment.
    private static let play = """
        local viewer = segment()
        local function play(title, id, time)
          local event = build.playback_stopped{ title = title }
          event.id, event.time = id or "1", time or event.time
          return event
        end
        """

    private func segmentFailure(_ body: String) throws -> String? {
        try failure(Self.play.replacing("\n", with: " ") + "\n" + body, plugin: twice)
    }

    @Test(
        "of a segment see what it answers, keeps and fails on",
        arguments: [
            """
            viewer:fold(play("a", "e1"), play("b", "e2"))
            expect(viewer:member(1000)).to_equal(
              { member = true, reason = "played 2 titles", events = json.array{ "e1", "e2" }, expires = 1060 })
            """,
            "viewer:fold(play('a')) expect(viewer:member(0)).to_equal({ member = false, events = json.array{} })",
            """
            viewer:fold(play("a"))
            expect(viewer:state()).to_equal({ n = 1, refs = { 1 }, at = 1767268800 })
            expect(segment():state()).to_be_nil()
            """,
            """
            viewer:fold(play("a", "1", "2026-01-01T14:00:00+02:00"), play("b"))
            expect(viewer:member("1970-01-01T01:00:00+01:00").expires).to_be(60)
            expect(viewer:member(0.9).expires).to_be(60)
            """,
            """
            viewer:fold(play("a"), play("boom", "e2"), play("lose", "e3"), play("grow", "e4"))
            local failures = viewer:failures()
            expect(#failures).to_be(3)
            expect(failures[1].message).to_contain("bad title")
            expect(failures[1].event).to_be("e2")
            expect(failures[2].message).to_contain("'fold' must return the state")
            expect(failures[3].code).to_be("state_limit")
            expect(viewer:state().n).to_be(1)
            """,
            """
            viewer:fold(build.title_added{ title_id = "t", genres = { "Drama" } }, play("known"))
            expect(viewer:state().known).to_be("Drama")
            """,
            """
            for i = 1, 5 do viewer:fold(play("a", "e" .. i)) end
            expect(viewer:member(0)).to_fail_with("error")
            expect(viewer:member(0).message).to_contain("too many")
            """,
            """
            local other = segment()
            viewer:fold(play("a"), play("b"))
            expect(other:member(0).refused).to_be("nothing known")
            """,
            "viewer:fold(build.playback_started()) expect(viewer:member(0).refused).to_be('nothing known')",
            """
            viewer:fold('{"specversion":"1.0","id":"1","source":"s","type":"playback.stopped",\\n"data":{"title":"a"}}')
            expect(viewer:state()).to_be_nil()
            """,
        ])
    func segments(_ body: String) throws {
        #expect(try segmentFailure(body) == nil)
    }

    @Test(
        "go through the gate",
        arguments: [
            """
            local kid = play("a")
            kid.data.is_kids = true
            viewer:fold(kid, play("b"), play("c"))
            expect(viewer:member(0).refused).to_be("child")
            expect(viewer:state()).to_be_nil()
            """,
            """
            local silent = segment{ consent = false }
            silent:fold(play("a"), play("b"))
            expect(silent:member(0).refused).to_be("no consent")
            silent:fold(build.consent_changed{ purpose = "advertising", granted = true })
            silent:fold(play("a"), play("b"))
            expect(silent:member(0).member).to_be(true)
            """,
            """
            viewer:fold(play("a"), play("b"), build.consent_changed{ purpose = "advertising", granted = false })
            expect(viewer:member(0).refused).to_be("refused")
            """,
            """
            local private = play("c")
            private.data.gpc = true
            viewer:fold(play("a"), play("b"), private)
            expect(viewer:member(0).refused).to_be("refused")
            """,
        ])
    func gate(_ body: String) throws {
        #expect(try segmentFailure(body) == nil)
    }

    @Test(
        "of a quality plugin see its rows",
        arguments: [
            """
            q:fold(play("anna"), play("petr", "tv"), play("anna", "tv"))
            expect(q:report()).to_equal({ plays = 3, again_share = 1 / 3 })
            expect(q:report("device", "tv")).to_equal({ plays = 2, again_share = 0.5 })
            expect(q:report("hour", "12").plays).to_be(3)
            expect(q:report("hour", "13")).to_be_nil()
            """,
            "expect(q:report()).to_equal({ plays = 0 })",
            """
            q:fold(play("boom"), play("anna"))
            expect(q:failures()[1].message).to_contain("bad viewer")
            expect(q:report().plays).to_be(1)
            """,
            "for _ = 1, 5 do q:fold(play('anna')) end expect(q:report()).to_fail_with('error')",
            """
            q:fold(play("anna"), build.consent_changed{ purpose = "quality", granted = false }, play("viewer-1"))
            expect(q:report().plays).to_be(1)
            """,
            "local event = play('anna') event.subject = nil q:fold(event) expect(q:report().plays).to_be(0)",
        ])
    func quality(_ body: String) throws {
        let start = """
            local q = quality() \
            local function play(subject, device) \
            local event = build.playback_stopped{ device = device } event.subject = subject return event end
            """
        #expect(try failure(start + "\n" + body, plugin: counting) == nil)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            (
                "viewer:fold(play('boom', 'e7'))",
                "no expectation looks at it: the plugin failed: error: p.lua:7: bad title"
            ),
            ("viewer.fold(play('a'))", "events are folded by viewer:fold(event, ...), with a colon"),
            ("viewer:fold(nil)", "fold(event, ...): an event is missing"),
            ("viewer:fold('{}')", "this is no event: 'specversion' must be \"1.0\""),
            ("viewer:fold('')", "this is no event: the text is empty"),
            ("viewer:member()", "member(now) takes seconds since 1970, or an RFC 3339 time"),
            ("viewer:member('soon')", "member(now) takes seconds since 1970, or an RFC 3339 time"),
            ("segment{ consents = true }", "segment{ consent = false } is all that it takes"),
            ("quality()", "the plugin is of kind 'segment': it has segment()"),
            (
                "redact(play('a'))",
                "redact(event) is for redactors: a segment has segment(), a quality plugin quality()"
            ),
        ])
    func mistakes(_ body: String, _ message: String) throws {
        let failure = try segmentFailure(body) ?? "it passed"
        #expect(failure.contains(message), "\(failure)")
    }

    @Test("say it of quality plugins and redactors as well")
    func otherKinds() throws {
        let dimension = try failure("quality():report('device')", plugin: counting)
        #expect(dimension?.contains("report() or report(dimension, value), both as strings") == true)
        let unknown = try failure("quality():report('region', 'x')", plugin: counting)
        #expect(unknown?.contains("'region' is not in the plugin's `by`") == true)
        #expect(try failure("segment()")?.contains("the plugin is a redactor: it has redact(event)") == true)
    }

    @Test("put events in another order, the same for the same seed")
    func shuffled() throws {
        let body = """
            local list = { 1, 2, 3, 4, 5, 6, 7, 8 }
            local one, same, other = shuffled(list, 1), shuffled(list, 1), shuffled(list, 2)
            expect(one).to_equal(same)
            expect(one).never.to_equal(list)
            expect(one).never.to_equal(other)
            table.sort(one)
            expect(one).to_equal(list)
            """
        #expect(try failure(body, plugin: twice) == nil)
    }

    @Test("measure coverage, and find what a made-up event breaks")
    func coverageAndFuzz() throws {
        let bench = try Workbench(
            plugin: twice, tests: "it('t', function() segment():fold(build.playback_stopped()) end)")
        let result = try bench.run {
            $0.measuresCoverage = true
            $0.fuzzCount = 3000
            $0.seed = 1
        }
        #expect(result.coverage?.missed.contains(18) == true && result.coverage?.missed.contains(11) == false)
        guard case .failed(let message) = result.tests[1].outcome else {
            Issue.record("an event without data must be found")
            return
        }
        #expect(message.contains("attempt to index a nil value (field 'data')"), "\(message)")
    }

    @Test("run isolated where a run isolates them, with the same results")
    func isolation() throws {
        let tests = """
            it("t", function()
              local viewer, event = segment(), build.playback_stopped()
              viewer:fold(build.title_added{ title_id = "t", genres = { "Drama" } })
              event.data.title = "known"
              viewer:fold(event, event)
              expect(viewer:member(0).reason).to_be("played 2 titles")
              expect(viewer:state().known).to_be("Drama")
            end)
            """
        let chosen = try Workbench(plugin: twice, tests: tests).run { $0.isolation = .wasm }
        #expect(chosen.error == nil && chosen.isIsolated && chosen.failures == 0)
        let wanting = twice.replacing(#"version = "1","#, with: #"version = "1", isolation = "wasm","#)
        let asked = try Workbench(plugin: wanting, tests: tests).run()
        #expect(asked.error == nil && asked.isIsolated && asked.failures == 0)
    }
}
