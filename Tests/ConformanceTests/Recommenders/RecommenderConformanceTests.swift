import Foundation
import Lua
import Plugins
import Testing
import Wasm

@Suite("A recommender does the same natively and in engine.wasm")
struct RecommenderConformanceTests {
    private static let files: [String] = {
        let folder = root.appending(path: "plugins/recommenders").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") }.sorted()
    }()

    @Test("where it comes with the host", arguments: files)
    func bundled(_ file: String) throws {
        let both = try BothRecommenders(try text(of: "plugins/recommenders/\(file)"))
        #expect(both.isolated.manifest == both.native.manifest)
        var shown = 0
        for seed: UInt64 in 0..<40 {
            for count in [1, 20, 150] {
                let (native, isolated) = both.answers(seed, count: count, seed: seed << 60 | 5)
                #expect(native.failure == nil && isolated == native, "viewer \(seed), \(count) titles")
                shown += native.list.items.count
            }
        }
        #expect(shown > 100)
    }

    @Test("all that come with the host are compared")
    func complete() {
        #expect(Self.files.count >= 8)
    }

    @Test(
        "in what it asks, and what it makes of the answers",
        arguments: [
            "return host.popular(5)", "return host.trending(n, 'Comedy')", "return catalogue.new(3, 'nothing')",
            "return host.similar('t7', 12)", "return host.similar('nobody', 12)", "return host.fold_in(0)",
            // Longer than the room that the engine has for an answer at first.
            "local all = host.fold_in(10000) host.log(#all) return all",
            "return host.popular(math.maxinteger)", "return host.popular(-5)", "return host.popular(3, '')",
            "local s = host.score({ 't1', 't10', 'x', 5, 't2' }) for _, v in ipairs(s) do host.log(tostring(v)) end return {}",
            "local l = {} for i = 1, 2000 do l[i] = 't' .. i % 300 end host.log(#host.score(l)) return {}",
            "host.log(tostring((catalogue.title('nobody')))) host.log(tostring(catalogue.is_available('t10'))) return {}",
            "local t = catalogue.title('t2') return { { title = 't2', score = t.year, because = t.name .. t.genres[1] } }",
            "return { { title = 't1', because = ('%s %s %s'):format(viewer.device, viewer.hour, viewer.profile.country) } }",
            "return { { title = 't1', because = { 't2', viewer.now } }, { title = 't1' }, { title = 'x' }, 5, { title = 't2', score = 0/0 } }",
            // Questions within what calls Lua back.
            "local l = { 't1', 't2', 't3' } table.sort(l, function(a, b) return host.score({ a })[1] < host.score({ b })[1] end) return { { title = l[1] } }",
            "local s = ('t1 t2'):gsub('%w+', function(k) return host.similar(k, 1)[1].title end) host.log(s) return {}",
            "local c = coroutine.wrap(function() coroutine.yield(host.popular(1)[1].title) end) return { { title = c() } }",
            "host.log(tostring(pcall(host.popular, 'many'))) return host.popular(1)",
            "return { { title = 't' .. math.random(9), score = math.random() } }",
            "host.log(('x'):rep(60000)) host.log(('ž'):rep(2700)) return {}",
            "return { { title = host.popular(1)[1].title, row = ('r'):rep(700), because = ('ž'):rep(700) } }",
            // The viewer, who is asked for piece by piece.
            "for key, value in pairs(viewer) do host.log(key .. type(value)) end return {}",
            "host.log(#viewer.history) viewer.history[1] = 'mine' host.log(tostring(viewer.history[1])) return {}",
            "local shown = viewer.shown for key, one in pairs(shown) do host.log(key .. one.count) end return {}",
            "host.log(tostring(getmetatable(viewer)), tostring(viewer.nothing), tostring(rawget(viewer, 'history'))) return {}",
            "local heir = setmetatable({}, { __index = viewer }) host.log(#heir.history) return {}",
            "return host.fold_in(n)",
            "local c = host.fold_in(3) c[1].because = nil c[2].because = 'mine' c[3].score = nil return c",
            "for _, c in ipairs(host.fold_in(5)) do c.score = nil host.log(#(c.because or {})) end return {}",
            "kept = kept or host.fold_in(9) host.log(tostring(kept[n % 9 + 1].because)) return { kept[1], kept[2] }",
            "kept = kept or viewer host.log(tostring(kept == viewer), tostring(kept.history)) return {}",
            "return {}",
        ])
    func questions(_ body: String) throws {
        let both = try BothRecommenders(recommender(body))
        for seed: UInt64 in [3, 4] {
            let (native, isolated) = both.answers(seed, seed: seed)
            #expect(native.failure == nil && isolated == native, "native: \(native)\nisolated: \(isolated)")
        }
    }

    @Test(
        "in what it fails with, and it goes on with the next viewer",
        arguments: [
            "error('no')", "error({})", "return nil", "return 'a'", "while true do end",
            "pcall(function() while true do end end) return {}", "host.log('before') error('after')",
            "return { { title = 't1', because = ('x'):rep(2 ^ 21) } }", "return { { title = function() end } }",
            "return host.similar(nil, 2)", "return host.fold_in('many')", "host.score(5)",
            "for i = 1, 1e6 do host.fold_in(10000) end", "host.score({ {}, print })",
            "local t = {} while true do t[#t + 1] = host.popular(100) end",
            "local t = {} while true do t[#t + 1] = ('x'):rep(100000) end",
            "for i = 1, 3000 do host.log(('x'):rep(100)) end return {}",
        ])
    func failures(_ body: String) throws {
        let limits = LuaLimits(memory: 8 << 20, steps: 2_000_000, nanoseconds: 60_000_000_000)
        let both = try BothRecommenders(recommender(body), limits: limits)
        for seed: UInt64 in [3, 4] {
            let (native, isolated) = both.answers(seed)
            #expect(native.failure != nil && isolated == native, "native: \(native)\nisolated: \(isolated)")
        }
    }

    @Test("and is stopped from outside where it does what nothing counts; the next viewer has a fresh instance")
    func stopped() throws {
        let body = """
            calls = (calls or 0) + 1
            if n == 3 then load(('x=9e-300 '):rep(400000)) end
            return { { title = "t" .. calls } }
            """
        let plugin = IsolatedPlugin(file: "plugin.lua", source: Array(recommender(body).utf8))
        let isolated = try isolation.get().recommender(
            plugin, key: [], limits: LuaLimits(steps: 1 << 40, nanoseconds: 200_000_000))
        let said = [1, 2, 3, 1].map { count in
            Recommended(isolated, ViewerProfile(), count: count, seed: 1, MadeUpTitles())
        }
        #expect(said.map { $0.list.items.first?.title } == ["t1", "t2", nil, "t1"])
        #expect(
            said[2].failure?.code == "time_limit" && said[2].failure?.message == "stopped from outside after 400 ms")
    }

    @Test("the time of the answers is the plugin's, and no question is answered for ever")
    func slowAnswers() throws {
        final class Slow: MadeUpTitles {
            override func foldIn(count: Int) -> [Candidate] {
                Thread.sleep(forTimeInterval: 0.05)
                return []
            }
        }
        let body = "while true do host.fold_in(1) end"
        let limits = LuaLimits(steps: 1 << 40, nanoseconds: 300_000_000)
        let (native, isolated) = try BothRecommenders(recommender(body), limits: limits).answers(
            ViewerProfile(), from: Slow())
        #expect(native.failure?.code == "time_limit" && isolated.failure?.code == "time_limit")
    }

    @Test("the engine says of which kind a plugin is, and what is wrong with one that is none")
    func kinds() throws {
        func kind(_ text: String) throws -> String {
            try isolation.get().kind(
                of: IsolatedPlugin(file: "a.lua", source: Array(text.utf8)), key: [], limits: .patient)
        }
        #expect(try kind(recommender("return {}")) == "recommender")
        #expect(try kind(plugin("return event")) == "redactor")
        #expect(try kind(try text(of: "plugins/segments/night-owls.lua")) == "segment")
        #expect(try kind(try text(of: "plugins/quality/completion.lua")) == "quality")
        for source in ["return {", "return 5", "error('x')", "return { kind = 'cook' }", "while true do end"] {
            let error = try #require(throws: WasmError.self) { try kind(source) }
            #expect(throws: error) {
                _ = try PluginLoader(key: [], limits: .patient).load([
                    PluginSource(path: "a.lua", bytes: Array(source.utf8))
                ])
            }
        }
    }

    @Test("it is isolated where all are, where it is not trusted, and where it asks for it")
    func homes() throws {
        func home(_ source: PluginSource, _ home: PluginHome = .native) throws -> PluginHome? {
            let loaded = try PluginLoader(home: home, key: [], limits: .patient).load([source], count: 2)
            #expect(loaded.recommenders.map { $0.count } == [1, 1] && loaded.redactors.isEmpty)
            let answer = Recommended(loaded.recommenders[1][0], ViewerProfile(), count: 2, seed: 1, MadeUpTitles())
            #expect(answer.list.items.map { $0.title } == ["t0", "t7"])
            return loaded.homes.first
        }
        let text = recommender("return host.popular(n)")
        let plain = Array(text.utf8)
        let asking = Array(text.replacingOccurrences(of: "version", with: "isolation = 'wasm', version").utf8)
        #expect(try home(PluginSource(path: "a.lua", bytes: plain)) == .native)
        #expect(try home(PluginSource(path: "a.lua", bytes: plain), .wasm) == .wasm)
        #expect(try home(PluginSource(path: "a.lua", bytes: plain, isUntrusted: true)) == .wasm)
        #expect(try home(PluginSource(path: "untrusted/a.lua", bytes: plain)) == .wasm)
        #expect(try home(PluginSource(path: "a.lua", bytes: asking)) == .wasm)
    }
}
