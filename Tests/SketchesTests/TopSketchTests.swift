import Sketches
import TestSupport
import Testing

enum Stream: CaseIterable {
    case skewed, even, allDifferent, ascending, heavyLast, few

    /// Texts, a few of which are long.
    func texts(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix(state: seed)
        return (0..<count).map { index in
            let part = Double.random(in: 0..<1, using: &random)
            switch self {
            case .skewed: return "t\(Int(1 / (part + 0.0005)))"
            case .even: return "t\(Int(part * 500))"
            case .allDifferent: return "t\(index)"
            case .ascending: return "t\(index / 3)"
            case .heavyLast: return index < count * 3 / 4 ? "t\(index % 700)" : "heavy\(index % 3)"
            case .few: return String(repeating: "long", count: Int(part * 8) * 8)
            }
        }
    }
}

private func expectBounds(_ sketch: TopSketch, _ texts: [String]) {
    var exact: [String: Int64] = [:]
    for text in texts { exact[text, default: 0] += 1 }
    let most = Int64(texts.count / sketch.size)
    let list = sketch.list(.max)
    #expect(list.count == min(exact.count, sketch.size))
    for entry in list {
        let seen = exact[String(decoding: entry.text, as: UTF8.self)] ?? 0
        #expect(entry.count - entry.error <= seen && seen <= entry.count && entry.error <= most)
        if exact.count <= sketch.size { #expect(entry.error == 0) }
    }
    let listed = Set(list.map { String(decoding: $0.text, as: UTF8.self) })
    for (text, seen) in exact where seen > most { #expect(listed.contains(text)) }
    for (entry, next) in zip(list, list.dropFirst()) {
        #expect(
            entry.count > next.count || entry.count == next.count && entry.text.lexicographicallyPrecedes(next.text))
    }
}

@Suite("A sketch of the most frequent texts")
struct TopSketchTests {
    @Test("keeps to its bounds", arguments: Stream.allCases, [1, 2, 10, 100, 1000])
    func keepsItsBounds(_ stream: Stream, _ size: Int) throws {
        let texts = stream.texts(6000, seed: 9)
        var sketch = TopSketch(size: size)
        for text in texts { try sketch.add(text) }
        expectBounds(sketch, texts)
    }

    @Test("keeps to its bounds after merges", arguments: Stream.allCases, [1, 10, 100])
    func merges(_ stream: Stream, _ size: Int) throws {
        var random = SplitMix(state: 21)
        let texts = stream.texts(6000, seed: 4)
        for _ in 0..<4 {
            let merged = try mergedParts(of: texts, into: TopSketch(size: size), using: &random) { try $0.add($1) }
            expectBounds(merged, texts)
        }
    }

    @Test("goes on after a merge within its bounds")
    func goesOn() throws {
        let before = Stream.skewed.texts(3000, seed: 1)
        let other = Stream.even.texts(3000, seed: 2)
        let after = Stream.heavyLast.texts(3000, seed: 3)
        var sketch = TopSketch(size: 50)
        var second = TopSketch(size: 50)
        for text in before { try sketch.add(text) }
        for text in other { try second.add(text) }
        try sketch.merge(second)
        for text in after { try sketch.add(text) }
        expectBounds(sketch, before + other + after)
    }

    @Test("merges to the same bytes from both sides")
    func mergesAlike() throws {
        var first = TopSketch(size: 20)
        var second = TopSketch(size: 20)
        for text in Stream.skewed.texts(500, seed: 5) { try first.add(text) }
        for text in Stream.even.texts(500, seed: 6) { try second.add(text) }
        var reverse = second
        try reverse.merge(first)
        try first.merge(second)
        #expect(bytes(of: first) == bytes(of: reverse))
    }

    @Test("does not depend on whether it was written and read meanwhile", arguments: Stream.allCases)
    func survivesReading(_ stream: Stream) throws {
        var kept = TopSketch(size: 30)
        var read = TopSketch(size: 30)
        for (index, text) in stream.texts(3000, seed: 8).enumerated() {
            try kept.add(text)
            try read.add(text)
            if index % 17 == 0 { read = try #require(decode(bytes(of: read), as: TopSketch.self)) }
        }
        #expect(bytes(of: kept) == bytes(of: read))
    }

    @Test("takes no text that it cannot count, and is then what it was before")
    func refuses() throws {
        var sketch = TopSketch(size: 1)
        try sketch.add("a", count: .max - 1)
        let before = bytes(of: sketch)
        #expect(throws: SketchError.tooMany) { try sketch.add("a", count: 2) }
        #expect(throws: SketchError.tooMany) { try sketch.add("b", count: 2) }
        #expect(throws: SketchError.countOutOfRange) { try sketch.add("b", count: -1) }
        #expect(throws: SketchError.textTooLong) { try sketch.add(String(repeating: "x", count: 257)) }
        #expect(throws: SketchError.tooMany) { try sketch.merge(sketch) }
        #expect(throws: SketchError.unlike) { try sketch.merge(TopSketch(size: 2)) }
        #expect(bytes(of: sketch) == before)
        #expect(sketch.list(0).isEmpty && sketch.list(-1).isEmpty)
    }

    @Test("reads its own bytes and no others", arguments: Stream.allCases)
    func readsItsBytes(_ stream: Stream) throws {
        for (count, size) in [(0, 100), (1, 1), (30, 5), (30, 100)] {
            var sketch = TopSketch(size: size)
            for text in stream.texts(count, seed: 3) { try sketch.add(text) }
            try expectRobust(sketch, seed: UInt64(count)) {
                _ = $0.list(10)
                try $0.add("")
                try $0.add(String(repeating: "y", count: 256), count: 1 << 40)
            }
        }
    }

    @Test("has these bytes for ever")
    func keepsItsForm() throws {
        var sketch = TopSketch(size: 2)
        for text in ["b", "a", "b", "cc"] { try sketch.add(text) }
        #expect(bytes(of: sketch) == [0x31, 2, 2, 1, 0x62, 2, 0, 2, 0x63, 0x63, 2, 1])
    }
}
