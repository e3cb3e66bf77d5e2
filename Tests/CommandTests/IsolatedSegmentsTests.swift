import Foundation
import TestSupport
import Testing

@Suite("Segments and quality plugins that are not trusted")
struct IsolatedSegmentsTests {
    private static let segment = """
        return { kind = "segment", name = "plays", version = "1.0.0", taxonomy = "706", events = { "playback.stopped" },
          reads = { "user.behavior.media_consumption" }, start = function() return { n = 0 } end,
          fold = function(state, event, at, ref)
            local title = host.title(event.data.title_id)
            return { n = state.n + 1, ref = ref, year = title and title.year }
          end,
          member = function(state) return state.n > 1, state.n .. " of " .. tostring(state.year), { state.ref, 1, 2, 3 } end }
        """
    private static let quality = """
        return { kind = "quality", name = "stops", version = "1.0.0", by = { "title" }, columns = { "n" },
          events = { "playback.stopped" }, start = function() return { n = 0 } end,
          fold = function(state) state.n = state.n + 1 return state end, report = function(state) return state end }
        """

    /// A folder with both plugins at `place`, and a store with a few viewers.
    private func folder(_ place: String) throws -> URL {
        let folder = try temporaryFolder()
        let plugins = folder.appending(path: place)
        try FileManager.default.createDirectory(at: plugins, withIntermediateDirectories: true)
        try Data(Self.segment.utf8).write(to: plugins.appending(path: "plays.lua"))
        try Data(Self.quality.utf8).write(to: plugins.appending(path: "stops.lua"))
        var lines = [
            #"{"specversion":"1.0","id":"t","source":"c","type":"title.added","data":{"title_id":"t1","title":"A Film","year":1999}}"#
        ]
        for viewer in 1...4 {
            let time = #""time":"2026-02-01T20:00:0\#(viewer)Z""#
            let head = #"{"specversion":"1.0","source":"t","subject":"v\#(viewer)",\#(time),"#
            lines.append(
                head
                    + #""id":"c\#(viewer)","type":"consent.changed","data":{"purpose":"advertising","granted":\#(viewer != 2)}}"#
            )
            for play in 1...viewer {
                lines.append(
                    head
                        + #""id":"\#(viewer)-\#(play)","type":"playback.stopped","data":{"title_id":"t1","title":"A Film"}}"#
                )
            }
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "events.ndjson"))
        return folder
    }

    private func answers(in folder: URL) throws -> [String] {
        let run = try shell("host run events.ndjson --store s.sqlite --quiet", in: folder)
        #expect(run.code == 0, "\(run.errors)")
        var answers = try (1...4).map { viewer in
            try shell("host segments explain plays v\(viewer) --store s.sqlite", in: folder).output
        }
        answers.append(try shell("host quality --store s.sqlite --json", in: folder).output)
        return answers
    }

    @Test("give the answers that they give natively, and no other viewer's events as reasons")
    func alike() throws {
        let untrusted = try folder("plugins/untrusted")
        let isolated = try answers(in: untrusted)
        #expect(try isolated == answers(in: folder("plugins")))
        #expect(isolated[3].contains("v4 is in plays 1.0.0") && isolated[3].contains("4 of 1999"))
        #expect(isolated[3].contains(#""id":"4-4""#) && !isolated[3].contains(#""subject":"v1""#))
        #expect(isolated[1].contains("the viewer has refused advertising") && isolated[0].contains("is not in"))
        #expect(isolated[4].contains("stops") && isolated[4].contains("10"))
        let list = try shell("host plugin list", in: untrusted).output
        #expect(list.contains("plays.lua\tsegment\tplays 1.0.0\tisolated"))
        #expect(list.contains("stops.lua\tquality\tstops 1.0.0\tisolated"))
    }

    @Test("are refused where nothing can isolate them, and never run natively")
    func failClosed() throws {
        let folder = try folder("plugins/untrusted")
        _ = try shell("host run events.ndjson --no-plugins --store s.sqlite --quiet", in: folder)
        for command in [
            "host run events.ndjson --store s.sqlite", "host segments explain plays v4 --store s.sqlite",
            "host segments --store s.sqlite", "host quality --store s.sqlite",
        ] {
            let outcome = try shell("VIEWERHOST_WASMTIME=/nowhere.so \(command)", in: folder)
            #expect(outcome.code != 0 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("plays.lua is only run isolated: isolation needs wasmtime's library"))
        }
    }
}
