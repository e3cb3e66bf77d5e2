import Events
import TestSupport
import Testing

/// What a document has learned from earlier events must never show: each event is what it is in a document of its own.
@Suite("Events after others")
struct RepeatedEventsTests {
    /// Few names, so that orders, repetitions and absences meet often; some are of more than 16 bytes, one is escaped.
    private static let names = [
        "ip", "email", "phone", "e", "", "country", "seconds_watched", "supplemental_video_type",
        "supplemental_video_typo",
        "device_manufacturer", "za\\u017elu\\u0165", "žluť", "device",
    ]
    /// The names at places of their own, as a plugin's constants have. Every other one lies where it has to share a
    /// place with the others in a table that goes by addresses.
    nonisolated(unsafe) private static let keptNames = {
        let names = Self.names + ["id", "type", "other", "another", "data", "nothing"]
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536 * names.count, alignment: 65536)
        return names.enumerated().map { index, name in
            let start = 65536 * index + (index % 2 == 0 ? 0 : 32 * index)
            let bytes = UnsafeMutableRawBufferPointer(rebasing: memory[start..<(start + name.utf8.count)])
            bytes.copyBytes(from: name.utf8)
            return (name, UnsafeRawBufferPointer(bytes))
        }
    }()
    private static let types = ["session.started", "account.updated", "playback.stopped", "unknown.type"]
    private static let values = [
        #""192.0.2.1""#, #""a longer text that takes more than one block""#, #""ě""#, #""\n""#, "1.5", "true", "null",
        #"{"ip":1,"ip2":{"ip":2}}"#, #"[{"ip":1},{"ip":2}]"#, "{}", "[]", #"{"ip":1,"ip":2}"#, "tru", #""\#u{1}""#,
    ]

    private static func members(_ random: inout SplitMix, of names: [String]) -> String {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let space = Int.random(in: 0..<12, using: &random) == 0 ? " " : ""
            return
                "\"\(names.randomElement(using: &random)!)\"\(space):\(space)\(values.randomElement(using: &random)!)"
        }.joined(separator: separator(&random))
    }

    private static func separator(_ random: inout SplitMix) -> String {
        Int.random(in: 0..<4, using: &random) == 0 ? ", " : ","
    }

    private static func event(_ random: inout SplitMix) -> [UInt8] {
        let data = "{\(members(&random, of: names))}"
        let others = members(&random, of: ["other", "another", "data"])
        let type = types.randomElement(using: &random)!
        var parts = [
            #""specversion":"1.0""#, #""id":"1""#, #""source":"s""#, #""type":"\#(type)""#, #""data":\#(data)"#,
        ]
        if Int.random(in: 0..<3, using: &random) == 0 { parts.shuffle(using: &random) }
        if !others.isEmpty, Int.random(in: 0..<3, using: &random) == 0 { parts.append(others) }
        var text = Array("{\(parts.joined(separator: separator(&random)))}".utf8)
        if Int.random(in: 0..<20, using: &random) == 0 { text.removeLast(Int.random(in: 1...20, using: &random)) }
        return text
    }

    /// All that a document says of an event, and the text after some edits.
    private static func description(
        _ document: EventDocument, _ text: UnsafeMutableBufferPointer<UInt8>, _ seed: UInt64
    )
        -> String
    {
        do throws(EventError) {
            try document.load(text.baseAddress!, count: text.count)
        } catch {
            return "\(error.message) at \(error.offset)"
        }
        var lines: [String] = []
        var random = SplitMix(state: seed)
        for _ in 0..<24 {
            let (name, bytes) = keptNames.randomElement(using: &random)!
            let object = Int.random(in: 0..<4, using: &random) == 0 ? document.root : document.data
            let child = document.child(of: object, named: bytes)
            if child == 0 {
                lines.append("no \(name)")
                continue
            }
            let text = String(decoding: document.text(of: child), as: UTF8.self)
            lines.append("\(name) \(document.category(of: child)) \(text)")
            if object == document.root, name == "data" { continue }
            do throws(EditError) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: try document.remove(child)
                case 1: try document.replace(child, with: .null)
                case 2:
                    try document.remove(child)
                    try document.insert(.integer(7), named: bytes, into: object)
                default: break
                }
            } catch {
                lines.append("\(error)")
            }
        }
        var output = ByteBuffer()
        document.write(into: &output)
        document.writeRedactions(into: &output)
        return lines.joined(separator: "\n")
            + String(decoding: output.rawBytes, as: UTF8.self)
    }

    @Test("are read, found, edited and written as in a document of their own", arguments: 0..<8)
    func leaveNoTrace(_ seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let used = EventDocument()
        var loaded = 0
        for round in 0..<4000 {
            let bytes = Self.event(&random)
            // An exact copy on the heap: an address sanitizer sees every byte read past its end.
            let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            defer { text.deallocate() }
            _ = text.initialize(from: bytes)
            let expected = Self.description(EventDocument(), text, UInt64(round))
            let actual = Self.description(used, text, UInt64(round))
            if expected.contains("specversion") { loaded += 1 }
            guard actual == expected else {
                Issue.record("\(String(decoding: bytes, as: UTF8.self))\nexpected \(expected)\ngot \(actual)")
                return
            }
        }
        #expect(loaded > 200)
    }

    @Test("are found where a look into what an earlier one has replaced found nothing")
    func keepNothingOfReplacedObjects() throws {
        let text = Array(##"{"specversion":"1.0","id":"1","source":"s","type":"t","ext":{"a":1,"b":2}}"##.utf8)
        let document = EventDocument()
        let (ext, name) = (StaticString("ext").rawBytes, StaticString("a").rawBytes)
        try text.withUnsafeBufferPointer { bytes in
            for _ in 0..<2 {
                try document.load(bytes.baseAddress!, count: bytes.count)
                let object = document.child(of: document.root, named: ext)
                try document.replace(object, with: .integer(1))
                #expect(document.child(of: object, named: name) != 0)
            }
        }
    }
}
