import Events
import TestSupport
import Testing

/// Loads a text and writes it again.
func roundTrip(_ text: [UInt8]) throws(EventError) -> [UInt8] {
    let document = EventDocument()
    // An exact copy on the heap: an address sanitizer sees every byte read past its end.
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, text.count))
    defer { copy.deallocate() }
    copy.initialize(from: text, count: text.count)
    try document.load(copy, count: text.count)
    var output = ByteBuffer()
    document.write(into: &output)
    return Array(UnsafeBufferPointer(start: output.base, count: output.count))
}

func roundTrip(_ text: String) throws(EventError) -> String {
    String(decoding: try roundTrip(Array(text.utf8)), as: UTF8.self)
}

/// An event with `value` as one unknown field of its data.
func event(with value: String) -> String {
    #"{"specversion":"1.0","id":"1","source":"s","type":"t","data":{"v":\#(value)}}"#
}

@Suite("The JSON codec")
struct CodecTests {
    @Test(
        "takes all of RFC 8259 and gives back the same bytes",
        arguments: [
            "null", "true", "false", "0", "-0", "1.0", "1e5", "1E+5", "-1.5e-10", "12345678901234567890", "0.10", "[]",
            "{}", "[ ]",
            "{ }", "[1,null,\"w\"]", "\"\"", #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, "\"é€😀\"", " [ 1 , 2 ] ",
            "\t1\r",
            #"{"a":{"b":[{"c":[]}]}}"#, #"{"":1}"#, "\"\u{7F}\"", #""\u0000""#,
        ])
    func accepts(_ value: String) throws {
        #expect(try roundTrip(event(with: value)) == event(with: value))
    }

    @Test(
        "refuses what is no JSON, and says why",
        arguments: [
            ("", JSONError.Code.unexpectedByte), ("01", .invalidNumber), ("1.", .invalidNumber),
            (".5", .unexpectedByte),
            ("-", .invalidNumber), ("+1", .unexpectedByte), ("1e", .invalidNumber), ("0x1", .unexpectedByte),
            ("NaN", .unexpectedByte), ("nul", .unexpectedByte), ("True", .unexpectedByte), ("'a'", .unexpectedByte),
            ("[1,]", .unexpectedByte), ("[,1]", .unexpectedByte), ("[1 2]", .unexpectedByte),
            ("{\"a\":1,}", .unexpectedByte),
            ("{a:1}", .unexpectedByte), ("{\"a\" 1}", .unexpectedByte), (#""\x""#, .invalidEscape),
            (#""\u12g4""#, .invalidEscape),
            (#""\ud800""#, .invalidEscape), (#""\udc00\ud800""#, .invalidEscape), ("\"a\nb\"", .controlCharacter),
            (#"{"a":1,"a":2}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
        ])
    func refuses(_ value: String, _ code: JSONError.Code) {
        #expect {
            try roundTrip(event(with: value))
        } throws: { error in
            guard case .json(let error)? = error as? EventError else { return false }
            return error.code == code
        }
    }

    @Test(
        "refuses bytes that are no UTF-8",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF0, 0x9F, 0x98], [0xFF],
        ])
    func refusesBadUTF8(_ bytes: [UInt8]) {
        let parts = event(with: "\"?\"").utf8.split(separator: UInt8(ascii: "?"))
        let text = Array(parts[0]) + bytes + Array(parts[1])
        #expect(throws: EventError.json(JSONError(.invalidUTF8, at: parts[0].count))) { try roundTrip(text) }
    }

    @Test("has limits of depth and size")
    func limits() throws {
        let deep = JSONLimits.depth - 2
        let fits = event(with: String(repeating: "[", count: deep) + String(repeating: "]", count: deep))
        #expect(try roundTrip(fits) == fits)
        let tooDeep = event(with: String(repeating: "[", count: 100_000))
        #expect {
            try roundTrip(tooDeep)
        } throws: {
            if case .json(let error)? = $0 as? EventError { error.code == .tooDeep } else { false }
        }
        let large = event(with: "\"" + String(repeating: "x", count: JSONLimits.bytes) + "\"")
        #expect {
            try roundTrip(large)
        } throws: {
            if case .json(let error)? = $0 as? EventError { error.code == .tooLarge } else { false }
        }
    }

    @Test("gives back every generated event byte for byte", arguments: 0..<8)
    func keepsGeneratedEvents(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for round in 0..<500 {
            let text = event(with: Self.value(depth: 5, &random))
            let written = try? roundTrip(text)
            if written != text {
                Issue.record("seed \(seed), round \(round): \(text)")
                return
            }
        }
    }

    @Test(
        "survives broken bytes: an event either loads and comes back as it was, or an error names a byte within it",
        arguments: 0..<8)
    func survivesMutations(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for round in 0..<1500 {
            var text = Array(event(with: Self.value(depth: 4, &random)).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text[place] = UInt8.random(in: 0...255, using: &random)
                case 1: text.remove(at: place)
                case 2: text.insert("{}[]\",:\\".utf8.randomElement(using: &random)!, at: place)
                default: text.removeSubrange(place...)
                }
                if text.isEmpty { break }
            }
            do {
                let written = try roundTrip(text)
                #expect(written == text, "seed \(seed), round \(round)")
            } catch {
                #expect((0...text.count).contains(error.offset), "seed \(seed), round \(round): \(text)")
            }
        }
    }

    private static func value(depth: Int, _ random: inout SplitMix) -> String {
        let space = [" ", "", "", "\t"]
        func gap(_ random: inout SplitMix) -> String { space.randomElement(using: &random)! }
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return "null"
        case 1: return Bool.random(using: &random) ? "true" : "false"
        case 2: return "\(Int.random(in: -1000...1000, using: &random)).\(Int.random(in: 0...99, using: &random))e+7"
        case 3: return "\(UInt64.random(in: 0 ... .max, using: &random))0123"
        case 4, 5:
            let pieces = ["a", "é", "\\n", "\\u00e9", "\\ud83d\\ude00", "😀", " ", "\\\"", "{", "]", "0123456789abcdef"]
            return "\""
                + (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
                + "\""
        case 6:
            let members = (0..<Int.random(in: 0...4, using: &random)).map { index in
                "\(gap(&random))\"k\(index)\"\(gap(&random)):" + value(depth: depth - 1, &random)
            }
            return "{" + members.joined(separator: gap(&random) + ",") + gap(&random) + "}"
        default:
            let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, &random) }
            return "[" + elements.joined(separator: "," + gap(&random)) + gap(&random) + "]"
        }
    }
}

@Suite("The validator")
struct ValidatorTests {
    @Test(
        "names the field that is wrong",
        arguments: [
            ("5", "event"), (#"{"id":"1"}"#, "specversion"), (#"{"specversion":"1.0","source":"s","type":"t"}"#, "id"),
            (#"{"specversion":"1.0","id":"","source":"s","type":"t"}"#, "id"),
            (#"{"specversion":"1.0","id":"1","source":5,"type":"t"}"#, "source"),
            (#"{"specversion":"1.0","id":"1","source":"s","type":"t","time":"yesterday"}"#, "time"),
            (#"{"specversion":"1.0","id":"1","source":"s","type":"rating.given","data":[]}"#, "data"),
            (
                #"{"specversion":"1.0","id":"1","source":"s","type":"rating.given","data":{"rating":"5"}}"#,
                "data.rating"
            ),
        ])
    func namesFields(_ text: String, _ field: String) {
        #expect {
            try roundTrip(text)
        } throws: {
            if case .invalid(field, _, let offset)? = $0 as? EventError { offset <= text.utf8.count } else { false }
        }
    }

    @Test("keeps unknown types and fields, and null everywhere")
    func isForwardCompatible() throws {
        for text in [
            #"{"specversion":"1.0","id":"1","source":"s","type":"future.thing","data":[1]}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"rating.given","data":{"rating":null,"new":{}}}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"t","extension":5}"#,
        ] {
            #expect(try roundTrip(text) == text)
        }
    }
}

@Suite("Timestamps")
struct TimestampTests {
    private func microseconds(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBytes { Timestamp.microseconds(of: $0) }
    }

    @Test(
        "are read as RFC 3339 says",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-31T20:15:00Z", 1_769_890_500_000_000),
            ("1969-12-31T23:59:59Z", -1_000_000),
            ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01T00:00:00.5Z", 500_000),
            ("1970-01-01T00:00:00.1234567Z", 123_456),
            ("2024-02-29T00:00:00z", 1_709_164_800_000_000), ("1970-01-01 00:00:00-00:30", 1_800_000_000),
        ])
    func areRead(_ text: String, _ expected: Int64) {
        #expect(microseconds(text) == expected)
    }

    @Test(
        "are refused where there is no such instant",
        arguments: [
            "", "2026-01-31", "2026-01-31T20:15:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00ZZ",
            "2026-1-01T00:00:00Z",
            "2026-01-01T00:00:00+25:00",
        ])
    func areRefused(_ text: String) {
        #expect(microseconds(text) == nil)
    }

    @Test("are refused with any other byte in the place of a digit or a mark")
    func areRefusedWithWrongBytes() {
        let text = Array("2026-01-31T20:15:00Z".utf8)
        for place in text.indices {
            for byte in UInt8.min ... .max {
                var wrong = text
                wrong[place] = byte
                let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                let mayBe =
                    switch text[place] {
                    case UInt8(ascii: "T"): [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(byte)
                    case UInt8(ascii: "Z"): byte | 0x20 == UInt8(ascii: "z")
                    case UInt8(ascii: "-"), UInt8(ascii: ":"): byte == text[place]
                    default: isDigit
                    }
                if !mayBe { #expect(wrong.withUnsafeBytes { Timestamp.microseconds(of: $0) } == nil) }
            }
        }
    }

    @Test("mean the same whatever month was read before")
    func doNotDependOnTheMonthBefore() {
        var month = Timestamp.Month()
        for text in [
            "2024-02-29T01:02:03Z", "2023-02-28T01:02:03Z", "2024-02-30T00:00:00Z", "2024-03-31T23:59:60Z",
            "2024-13-01T00:00:00Z", "2024-03-01T00:00:00Z", "202x-03-01T00:00:00Z", "2024-02-30T00:00:00Z",
            "2024-02-29T00:00:00Z",
        ] {
            let near = Array(text.utf8).withUnsafeBytes { Timestamp.microseconds(of: $0, near: &month) }
            #expect(near == microseconds(text), "\(text)")
        }
    }

    @Test("count days as the calendar does, for 800 years")
    func countDays() {
        var expected = Timestamp.days(year: 1600, month: 1, day: 1)
        #expect(expected == -135_140)
        for year in 1600..<2400 {
            for month in 1...12 {
                for day in 1...Timestamp.daysIn(month: month, of: year) {
                    let days = Timestamp.days(year: year, month: month, day: day)
                    guard days == expected else {
                        Issue.record("\(year)-\(month)-\(day): \(days) instead of \(expected)")
                        return
                    }
                    expected += 1
                }
            }
        }
    }
}
