import Events
import TestSupport
import Testing

@Suite("A glance at an event")
struct EventGlanceTests {
    /// An event that is mostly written as most are, and what is in the way of a glance at it.
    private static func event(_ random: inout SplitMix) -> (text: String, isPlain: Bool) {
        var isPlain = true
        func rarely(_ random: inout SplitMix, _ usual: String, _ others: [String]) -> String {
            guard Int.random(in: 0..<24, using: &random) == 0, let other = others.randomElement(using: &random) else {
                return usual
            }
            isPlain = false
            return other
        }
        func maybe(_ text: String, _ random: inout SplitMix) -> [String] { Bool.random(using: &random) ? [text] : [] }

        let type = rarely(&random, "search.made", ["unknown.type", #"search\u002emade"#])
        let zone = ["Z", "+02:00", ".25Z"].randomElement(using: &random) ?? ""
        var head = [
            #""specversion":"1.0""#, #""id":"\#(random.next())""#,
            #""source":"\#(rarely(&random, ["s", "Žluť/ě"].randomElement(using: &random) ?? "", [#"\n"#]))""#,
            #""\#(rarely(&random, "type", [#"t\u0079pe"#]))":"\#(type)""#,
            rarely(
                &random, #""time":"2026-01-0\#(Int.random(in: 1...9, using: &random))T20:15:00\#(zone)""#,
                [#""other":1"#]),
        ]
        head += maybe(#""subject":"\#(["v", "Zoë"].randomElement(using: &random) ?? "")""#, &random)
        head.shuffle(using: &random)
        var data = maybe(#""query":"Night Trains""#, &random) + maybe(#""device":"tv""#, &random)
        data += maybe(#""seconds_watched":1.5"#, &random) + maybe(#""lists":[{"a":"ě"},{}]"#, &random)
        data.append(
            rarely(
                &random, #""place":1"#, [#""gpc":true"#, #""is_kids":true"#, #""\u0067pc":true"#, #""gpc" : false"#]))
        data.shuffle(using: &random)
        let members = rarely(
            &random, #""data":{\#(data.joined(separator: ","))}"#,
            ["\"data\": {\(data.joined(separator: ","))}", #""data":null"#, #""data":{}"#, #""extension":2"#])
        var parts = head + [members]
        if Int.random(in: 0..<24, using: &random) == 0 {
            isPlain = false
            parts.shuffle(using: &random)
        } else {
            parts += maybe(#""traceparent":"00-1""#, &random)
        }
        let space = rarely(&random, "", [" ", "\n"])
        return ("{" + parts.joined(separator: "," + space) + "}", isPlain)
    }

    @Test("says of it what parsing it does, or nothing", arguments: 0..<4)
    func agrees(_ seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var glancer = EventGlancer()
        let document = EventDocument()
        var (accepted, seen) = (0, 0)
        for _ in 0..<4000 {
            let (event, isPlain) = Self.event(&random)
            // An exact copy on the heap: an address sanitizer sees every byte read past its end.
            let text = UnsafeMutableRawBufferPointer.allocate(byteCount: event.utf8.count, alignment: 1)
            defer { text.deallocate() }
            text.copyBytes(from: event.utf8)
            guard document.load(UnsafeRawBufferPointer(text)) else { continue }
            accepted += 1
            let glance = glancer.look(at: UnsafeRawBufferPointer(text))
            #expect(glance != nil || !isPlain, "\(event)")
            guard let glance else { continue }
            seen += 1
            #expect(glance.type == document.typeIndex && glance.time == document.time, "\(event)")
            let hasKey = ["gpc", "is_kids"].contains { name in
                var name = name
                return name.withUTF8 { document.child(of: document.data, named: UnsafeRawBufferPointer($0)) } != 0
            }
            let mayHaveKey = glance.mayHaveKey(with: "gpc", or: "_ki")
            #expect(mayHaveKey || !hasKey, "\(event)")
            #expect(!mayHaveKey || !isPlain, "\(event)")
        }
        #expect(accepted > 3900 && seen > 2000 && seen < accepted)
    }

    @Test("takes what is cut off for nothing")
    func cutOff() {
        let event = Array(#"{"type":"search.made","time":"2026-01-01T00:00:00Z","data":{"query":"a"}}"#.utf8)
        var glancer = EventGlancer()
        for count in 0..<event.count {
            let text = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
            defer { text.deallocate() }
            text.copyBytes(from: event[..<count])
            let glance = glancer.look(at: UnsafeRawBufferPointer(text))
            #expect(glance == nil || count > 60)
        }
    }
}
