import Foundation
import Privacy
import TestSupport
import Testing

@Suite("The search for traces")
struct TraceSearchTests {
    private func found(_ search: TraceSearch, in bytes: [UInt8]) -> [Int] {
        var places: [Int] = []
        bytes.withUnsafeBytes { search.scan($0) { _, place in places.append(place) } }
        return places
    }

    @Test(
        "finds a value however it is written",
        arguments: [
            { Array($0.utf8) },
            { Array($0.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) },
            { Data($0.utf8).base64EncodedString().utf8.map { $0 } },
            { Data(("x" + $0).utf8).base64EncodedString().utf8.map { $0 } },
            { Data(("xy" + $0 + "z").utf8).base64EncodedString().utf8.map { $0 } },
            { Array($0.utf8.map { String(format: "%02X", $0) }.joined().utf8) },
            { Array(($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["."])) ?? "").utf8) },
            { (try? JSONEncoder().encode($0)).map { Array($0) } ?? [] },
            { Array($0.replacing("\"", with: "\\\"").replacing("é", with: "\\u00e9").utf8) },
        ] as [@Sendable (String) -> [UInt8]])
    func findsForms(_ form: @Sendable (String) -> [UInt8]) {
        var search = TraceSearch()
        search.add("a/b\"cé.example", named: "e-mail")
        let bytes = Array("before".utf8) + form("a/b\"cé.example") + Array("behind".utf8)
        #expect(!found(search, in: bytes).isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
        #expect(found(search, in: Array("before a/b\"ce.example".utf8)).isEmpty)
    }

    @Test("takes no value that is found by chance")
    func refusesShort() {
        var search = TraceSearch()
        let isShortTaken = search.add("12345", named: "x")
        #expect(!isShortTaken && search.count == 0)
        search.add("123456", named: "x")
        #expect(found(search, in: Array("0123456".utf8)) == [1])
    }

    @Test("leaves out what another text has")
    func leavesOut() {
        var search = TraceSearch()
        search.add("The Long Field", named: "title")
        search.add("anna@example.com", named: "e-mail")
        let left = Array("a catalogue with The Long Field".utf8).withUnsafeBytes { search.remove(foundIn: $0) }
        #expect(left == 1)
        #expect(found(search, in: Array("The Long Field".utf8)).isEmpty)
        #expect(found(search, in: Array("to anna@example.com".utf8)) == [3])
    }

    @Test("never leaves out what is the viewer's own, whenever that was said")
    func keepsOwn() {
        var search = TraceSearch()
        search.add("The Long Field", named: "title")
        search.add("The Long Field", named: "subject", isOwn: true)
        search.add("Night Trains", named: "subject", isOwn: true)
        search.add("Night Trains", named: "title")
        let left = Array("The Long Field, Night Trains".utf8).withUnsafeBytes { search.remove(foundIn: $0) }
        #expect(left == 0)
        #expect(found(search, in: Array("Night Trains, The Long Field".utf8)) == [0, 14])
    }

    @Test("finds what a plain search finds, in random bytes with few letters")
    func agreesWithPlain() {
        var random = SplitMix(state: 5)
        for _ in 0..<40 {
            var search = TraceSearch()
            var values: Set<[UInt8]> = []
            for _ in 0..<30 {
                let value = (0..<Int.random(in: 6...9, using: &random)).map { _ in
                    UInt8.random(in: 97...98, using: &random)
                }
                search.add(value, named: "v")
                values.insert(value)
            }
            let bytes = (0..<3000).map { _ in UInt8.random(in: 97...99, using: &random) }
            let expected = bytes.indices.flatMap { start in
                values.filter { bytes[start...].starts(with: $0) }.map { _ in start }
            }
            #expect(found(search, in: bytes) == expected)
        }
    }
}
