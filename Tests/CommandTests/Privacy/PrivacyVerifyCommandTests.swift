import Foundation
import Testing

/// Of one viewer with two subjects, and with values in all places that an event has.
private let events = [
    #""subject":"account-7/Xenia","type":"viewer.merged","data":{"from":"device-778899"}"#,
    #""subject":"device-778899","type":"search.made","data":{"query":"oranges"}"#,
    #""subject":"account-7/Xenia","type":"search.made","tenant":"extension value","data":{"query":"lemons","marks":{"nested name":1}}"#,
]

@Suite("The verification of an erasure")
struct PrivacyVerifyCommandTests {
    @Test("looks for all that events have of the viewer, and for all subjects that are the viewer")
    func looksForAll() throws {
        let place = try StorePlace()
        try place.store(events)
        let report = try place.run("host privacy report account-7/Xenia --store s.sqlite --json").output
        let number = try #require(
            report.firstMatch(of: /"subject":"device-778899","number":"(-?\d+)"/)?.1, "\(report.prefix(400))")
        try place.run(
            "host log account-7/Xenia --store s.sqlite > mine; host privacy erase account-7/Xenia --store s.sqlite")
        let verify = "host privacy verify account-7/Xenia --store s.sqlite --events mine"
        #expect(try place.run(verify).output.hasSuffix("nothing is left\n"))
        for (left, name) in [
            ("extension value", "tenant"), ("nested name", "a name within data.marks"), ("lemons", "data.query"),
            ("device-778899", "subject"), ("account-7/Xenia", "subject"), (String(number), "viewer number"),
        ] {
            try place.write("left", "of \(left).\n")
            let found = try place.run("\(verify) --also left", code: 1).output
            #expect(found.contains("found: left:3: \(name)\n"), "\(left): \(found)")
        }
        try place.write("mine", "\n")
        #expect(try place.run(verify, code: 65).errors.contains("there is no event in mine"))
    }

    @Test("knows the files that the host wrote, which an erasure names and takes the viewer out of")
    func knowsFiles() throws {
        let place = try StorePlace()
        try place.store(events + [#""subject":"petr","type":"search.made","data":{"query":"of account-7/Xenia"}"#])
        try place.run("mkdir out; host run in.ndjson --no-plugins --quiet --store s.sqlite --output out/events.ndjson")
        try place.run("host privacy report account-7/Xenia --store s.sqlite --output 'Xenia report'")
        try place.run("host privacy report petr --store s.sqlite --output petr.zip")
        try place.run("host privacy report account-7/Xenia --store s.sqlite --output gone.zip; rm gone.zip")
        #expect(try !place.run("strings s.sqlite*").output.contains("Xenia report"))
        let erased = try place.run("host privacy erase device-778899 --store s.sqlite").output
        let named = "files that may have data of the viewer, which --files takes out: "
        #expect(erased.contains(named) && erased.contains("/out/events.ndjson, ") && erased.contains("/Xenia report\n"))
        #expect(!erased.contains("petr.zip") && !erased.contains("gone.zip"))
        let verify = "host privacy verify account-7/Xenia --store s.sqlite"
        let found = try place.run(verify, code: 1).output
        #expect(found.contains("/out/events.ndjson:") && !found.contains("Xenia report"), "\(found)")
        let others = try place.run("grep petr out/events.ndjson").output
        let again = try place.run(
            """
            for name in account-7/Xenia device-778899; do host privacy readmit $name --store s.sqlite; done
            host run in.ndjson --no-plugins --quiet --store s.sqlite --output out/events.ndjson
            host privacy report account-7/Xenia --store s.sqlite --output second.zip
            host privacy erase account-7/Xenia --files --store s.sqlite
            """
        ).output
        #expect(again.contains("files that the viewer is taken out of: "), "\(again)")
        #expect(try place.run("cat out/events.ndjson").output == others)
        #expect(try place.run("ls").output.contains("petr.zip") && !place.run("ls").output.contains("second.zip"))
        // A file of events stays one, however it is called.
        let packed = "host run in.ndjson --no-plugins --quiet --store s.sqlite --output out/events.zip"
        try place.run("\(packed); host privacy erase petr --files --store s.sqlite")
        #expect(try place.run("test -f out/events.zip; cat out/events.zip").output.isEmpty)
        try place.run("host privacy erase petr --files --category user --store s.sqlite", code: 2)
    }

    @Test("leaves out what titles have, but never the viewer's own name")
    func keepsOwnName() throws {
        let place = try StorePlace()
        try place.store([
            #""type":"title.added","data":{"title":"The Long Field","title_id":"title-1234"}"#,
            #""subject":"The Long Field","type":"playback.stopped","data":{"title_id":"title-1234"}"#,
        ])
        try place.run(
            "host log 'The Long Field' --store s.sqlite > mine; host privacy erase 'The Long Field' --store s.sqlite")
        try place.write("left", "title-1234 The Long Field\n")
        let found = try place.run(
            "host privacy verify 'The Long Field' --store s.sqlite --events mine --also left", code: 1
        ).output
        #expect(found.contains("found: left:11: subject\n") && !found.contains("data.title_id"), "\(found)")
    }

    @Test("looks beside the file that a link leads to, and beside the link")
    func followsLinks() throws {
        let place = try StorePlace()
        try place.run("mkdir data && ln -s data/real.sqlite s.sqlite")
        try place.store(events, in: "data/real.sqlite")
        try place.run("host privacy erase account-7/Xenia --store s.sqlite")
        let verify = "host privacy verify account-7/Xenia --store s.sqlite"
        #expect(try place.run(verify).output.hasSuffix("nothing is left\n"))
        try place.run("mkdir data/real.sqlite.models")
        for name in ["data/real.sqlite-old", "data/real.sqlite.models/picks.model", "s.sqlite.models"] {
            try place.write(name, "account-7/Xenia")
            let found = try place.run(verify, code: 1).output
            #expect(found.contains("\(name):0: subject"), "\(found)")
            try place.run("rm \(name)")
        }
    }

    @Test("knows that models wait to be trained, whichever way the store was named")
    func knowsModelsOfLinks() throws {
        let place = try StorePlace()
        try place.run("mkdir data && ln -s data/real.sqlite s.sqlite")
        let others = (0..<4).flatMap { viewer in
            ["Heat", "Ran", "M"].map {
                #""subject":"viewer-\#(viewer)","type":"playback.stopped","data":{"title":"\#($0)","seconds_watched":3600}"#
            }
        }
        try place.store(events + others, in: "data/real.sqlite")
        try place.run("host models train --store s.sqlite; host privacy erase viewer-1 --later-models --store s.sqlite")
        let waiting = try place.run("host privacy verify viewer-1 --store data/real.sqlite", code: 1).output
        #expect(waiting.contains("models wait to be trained anew"), "\(waiting)")
        try place.run("host models train --store data/real.sqlite")
        #expect(try place.run("host privacy verify viewer-1 --store s.sqlite").output.hasSuffix("nothing is left\n"))
    }

    @Test("fails where there is something that it cannot look at")
    func failsWhereItCannotLook() throws {
        let place = try StorePlace()
        try place.store(events)
        try place.run("host privacy erase account-7/Xenia --store s.sqlite")
        try place.run("mkdir other other/closed; echo account-7/Xenia > other/closed/file; ln -s closed other/link")
        let verify = "host privacy verify account-7/Xenia --store s.sqlite --also other"
        #expect(try place.run(verify, code: 1).output.contains("found: other/closed/file:0: subject"))
        // Root reads what is closed to others, unless it gives that right away.
        let host = "$(test $(id -u) = 0 && echo setpriv --bounding-set=-dac_override,-dac_read_search)"
        let closed = try place.run("chmod 111 other/closed; \(host) \(verify)", code: 74)
        #expect(closed.errors.contains("cannot read other/closed"), "\(closed.errors)")
        try place.run("chmod 755 other/closed; rm -r other/*")
        #expect(try place.run(verify, code: 2).errors.contains("there is no file other, or nothing is in it"))
        try place.run("ln -s loop other/loop")
        #expect(try place.run(verify, code: 74).errors.contains("cannot read other/loop"))
    }
}
