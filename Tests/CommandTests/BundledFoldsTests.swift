import Foundation
import TestSupport
import Testing

@Suite("The bundled segments and quality plugins")
struct BundledFoldsTests {
    @Test(
        "have tests that fail where the plugin is broken",
        arguments: [
            ("segments/binge-watchers", "local episodes = 4", "local episodes = 3"),
            ("segments/binge-watchers", "local episodes = 4", "local episodes = 5"),
            ("segments/binge-watchers", "days = 7", "days = 8"),
            ("segments/binge-watchers", "- 6 * 3600", ""),
            ("segments/binge-watchers", "length * 0.9", "length * 0.8"),
            ("segments/binge-watchers", ">= 900", ">= 901"),
            ("segments/binge-watchers", ">= 900", "> 0"),
            ("segments/binge-watchers", "now < (day + days) * 86400 and ", ""),
            ("segments/binge-watchers", "if known <= last - days then", "if false then"),
            ("segments/binge-watchers", "series = title and title.series", "series = nil"),
            ("segments/binge-watchers", "at + offset", "at"),
            ("segments/drama-fans", "name:lower() ==", "name =="),
            ("segments/drama-fans", "local share, hours = 0.5, 3", "local share, hours = 0.4, 3"),
            ("segments/drama-fans", "local share, hours = 0.5, 3", "local share, hours = 0.5, 2"),
            ("segments/drama-fans", "seconds = seconds * (left[-days] or 0.0)", ""),
            ("segments/drama-fans", "1 / 28", "1 / 14"),
            ("segments/drama-fans", "at, ref, list[1], list[2], list[3], list[4]", "at, ref"),
            ("segments/drama-fans", "if not list[1] or at > list[1]", "if not list[1] or at < list[1]"),
            ("segments/drama-fans", " and seconds < 86400", ""),
            ("segments/drama-fans", " or host.title(data.title)", ""),
            ("segments/lapsing-viewers", "regular, silent, gone = 4", "regular, silent, gone = 3"),
            ("segments/lapsing-viewers", "14, 60", "13, 60"),
            ("segments/lapsing-viewers", "14, 60", "14, 61"),
            ("segments/lapsing-viewers", "if age < 28 then", "do"),
            ("segments/lapsing-viewers", "state.m << day - last & 0xFFFFFFF", "state.m << day - last"),
            ("segments/lapsing-viewers", "if at > state.t then", "do"),
            ("segments/night-owls", "time % 86400 >= 5 * 3600", "time % 86400 > 5 * 3600"),
            ("segments/night-owls", "nights, days = 4", "nights, days = 3"),
            ("segments/night-owls", "now < (state.d - age + days) * 86400", "true"),
            ("segments/night-owls", "at + offset", "at"),
            ("segments/night-owls", "if count == nights then", "if count == 1 then"),
            ("segments/new-parents", "needed, days = 3", "needed, days = 2"),
            ("segments/new-parents", ">= 300", ">= 301"),
            ("segments/new-parents", ">= 300", ">= 299"),
            ("segments/new-parents", "ratings[title.maturity_rating]", "false"),
            ("segments/new-parents", "genres[name:lower()]", "false"),
            ("segments/new-parents", "if count == needed then", "if count == 1 then"),
            ("segments/travel-interest", #""%A" .. word"#, "word"),
            ("segments/travel-interest", #""s?%A""#, #""s?""#),
            ("segments/travel-interest", #"["supplement.interest"] = 3"#, #"["supplement.interest"] = 2"#),
            ("segments/travel-interest", #"["supplement.browsing"] = 2"#, #"["supplement.browsing"] = 3"#),
            ("segments/travel-interest", "data.topics or false", "false"),
            ("segments/travel-interest", "faded(weights[event.type], state.d - day)", "weights[event.type]"),
            ("segments/travel-interest", " and list ~= json.null", ""),
            ("segments/travel-interest", "1 / 14", "1 / 7"),
            ("segments/second-screen-searchers", "needed, days = 2", "needed, days = 1"),
            ("segments/second-screen-searchers", "now - 1", "now"),
            ("segments/second-screen-searchers", "-((seconds - at) // quarter)", "(at - seconds) // quarter"),
            ("segments/second-screen-searchers", " and from <= to", ""),
            ("segments/second-screen-searchers", "(1 << to - from + 1) - 1 << from", "1 << from"),
            ("segments/second-screen-searchers", "not is_in_hand(data.device) or ", ""),
            ("segments/second-screen-searchers", "if not is_television(data.device) then return state end", ""),
            ("segments/second-screen-searchers", "if seconds > longest then seconds = longest elseif", "if"),
            ("segments/second-screen-searchers", "if before == 0 or latest // 8 == before // 8 then", "do"),
            ("segments/second-screen-searchers", " and now < search * quarter + days * 86400", ""),
            ("segments/second-screen-searchers", "both[needed] * quarter", "both[1] * quarter"),
            ("segments/second-screen-searchers", #"("phone", "tablet")"#, #"("phone", "phone")"#),
            ("segments/ad-frequency-cap", "most, most_of_one = 12", "most, most_of_one = 11"),
            ("segments/ad-frequency-cap", "= 12, 4", "= 12, 3"),
            ("segments/ad-frequency-cap", "= 12, 4", "= 12, 5"),
            ("segments/ad-frequency-cap", "count <= most and ", ""),
            ("segments/ad-frequency-cap", " and #campaign <= 50", ""),
            ("segments/ad-frequency-cap", "if hour > now // 3600 - 24 then", "do"),
            ("segments/ad-frequency-cap", "gone = math.max(gone, time)", "gone = time"),
            ("segments/ad-frequency-cap", "do state.h[known] = nil end", "do end"),
            ("segments/ad-frequency-cap", "last - 23", "last - 22"),
            ("segments/ad-frequency-cap", "oldest < last and oldest or last", "last"),
            ("quality/startup-time", "time > 4000", "time >= 4000"),
            ("quality/startup-time", "time >= 0 and ", ""),
            ("quality/startup-time", " and time <= 600000", ""),
            ("quality/startup-time", "quantile(0.95)", "quantile(0.9)"),
            ("quality/rebuffering", "state.r / (state.p / 3600000)", "state.r"),
            ("quality/rebuffering", "if stalls > 0 then", "do"),
            ("quality/rebuffering", "is_time(waited) and is_time(watched)", "true"),
            ("quality/abandonment", "data.seconds_watched < 120", "data.seconds_watched <= 120"),
            ("quality/abandonment", "place < quarter / 4", "place <= quarter / 4"),
            ("quality/abandonment", "state.k = state.k + 1", ""),
            ("quality/abandonment", "if not math.type(position) then position = data.seconds_watched end", ""),
            ("quality/completion", "complete = 0.9", "complete = 0.8"),
            ("quality/completion", "math.min(position / length, 1)", "position / length"),
            ("quality/completion", " or host.title(data.title)", ""),
            ("quality/search-success", "play <= at + patience", "true"),
            ("quality/search-success", "at <= memory.s[i] + patience", "true"),
            ("quality/search-success", "table.remove(memory.s, i)", ""),
            ("quality/search-success", "patience = 600", "patience = 599"),
            ("quality/support-contacts", "* 1000", "* 100"),
        ])
    func mutations(_ plugin: String, _ part: String, _ replacement: String) throws {
        let folder = try temporaryFolder()
        let name = plugin.split(separator: "/")[1]
        for ending in [".lua", "_test.lua"] {
            try FileManager.default.copyItem(
                at: root.appending(path: "plugins/\(plugin)\(ending)"), to: folder.appending(path: "\(name)\(ending)"))
        }
        let file = folder.appending(path: "\(name).lua")
        let source = try String(contentsOf: file, encoding: .utf8)
        let mutant = source.replacingOccurrences(of: part, with: replacement)
        #expect(mutant != source)
        try Data(mutant.utf8).write(to: file)
        #expect(try shell("host test \(name).lua", in: folder).code == 1)
    }

    @Test(
        "are what a new plugin of their kind is: both templates pass their tests, and are checked",
        arguments: ["segment", "quality"])
    func templates(_ kind: String) throws {
        let folder = try temporaryFolder()
        let made = try shell("host plugin new mine --kind \(kind) && host plugin check plugins/mine.lua", in: folder)
        #expect(made.code == 0, "\(made.errors)")
        let tested = try shell("host test --coverage --fuzz 500 --seed 1 --ci", in: folder)
        #expect(tested.code == 0 && tested.output.contains("coverage 100.0 %"), "\(tested.output)")
        let refused = try shell("host plugin new other --kind \(kind) --language c", in: folder)
        #expect(refused.code == 2 && refused.errors.contains("is written in Lua: leave out --language"))
    }

    @Test("find among made-up viewers those that they are about")
    func madeUpViewers() throws {
        let folder = try temporaryFolder()
        let plugins = ["segments", "quality"].flatMap { kind in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/plugins/" + kind)) ?? []
            return names.sorted().filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") }
                .map { "--plugin \(root.path)/plugins/\(kind)/\($0)" }
        }.joined(separator: " ")
        let make = "python3 \(root.path)/examples/make-viewers.py --viewers 600"
        let run = try shell(
            "\(make) | host run - --store s.sqlite --quiet \(plugins) && host segments --store s.sqlite --json \(plugins)",
            in: folder)
        #expect(run.code == 0, "\(run.errors)")
        let segments = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]] ?? []
        #expect(segments.count == 8)
        for segment in segments { #expect(segment["failures"] as? Int == 0, "\(segment)") }
        let quality = try shell("host quality --store s.sqlite --csv \(plugins)", in: folder)
        for name in ["abandonment", "completion", "rebuffering", "search-success", "startup-time", "support-contacts"] {
            #expect(quality.output.contains(name), "\(quality.output.prefix(500))")
        }
    }
}
