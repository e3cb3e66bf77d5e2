import Sketches
import TestSupport
import Testing

@Suite("A sketch of distinct values")
struct DistinctSketchTests {
    @Test("is as near to their number as it says", arguments: [0, 1, 2, 10, 50, 200, 600, 3000, 20_000, 300_000])
    func keepsItsAccuracy(_ count: Int) throws {
        var errors: [Double] = []
        for seed in 0..<(count > 10_000 ? 4 : 20) {
            var sketch = DistinctSketch()
            for value in 0..<count {
                // Twice, and some as strings.
                for _ in 0..<2 {
                    if value % 2 == 0 {
                        sketch.add(Int64(seed * 1_000_000 + value))
                    } else {
                        sketch.add("\(seed)/\(value)")
                    }
                }
            }
            errors.append(Double(sketch.count) - Double(count))
        }
        // Four times the standard error, which is below 1.04/√4096 where few registers are in use.
        let allowed = count <= 10 ? 0.0 : max(2, 4 * 1.04 / 64 * Double(count))
        #expect(errors.allSatisfy { abs($0) <= allowed }, "\(errors)")
        let mean = errors.reduce(0, +) / Double(errors.count)
        #expect(abs(mean) <= allowed / 2)
    }

    @Test("is the same after a merge as one of all values", arguments: [3, 300, 511, 513, 800, 30_000])
    func merges(_ count: Int) throws {
        var random = SplitMix(state: UInt64(count))
        let values = (0..<count).map { _ in Int64.random(in: 0..<Int64(count), using: &random) }
        var whole = DistinctSketch()
        for value in values { whole.add(value) }
        for _ in 0..<5 {
            let merged = try mergedParts(of: values, into: DistinctSketch(), using: &random) { $0.add($1) }
            #expect(bytes(of: merged) == bytes(of: whole))
        }
        let copy = whole
        whole.merge(copy)
        #expect(bytes(of: whole) == bytes(of: copy))
    }

    @Test("tells an integer from the string of its bytes")
    func tellsKindsApart() {
        var sketch = DistinctSketch()
        sketch.add(Int64(1))
        sketch.add("1")
        sketch.add("\u{1}\0\0\0\0\0\0\0")
        #expect(sketch.count == 3)
    }

    @Test(
        "hashes strings with XXH64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)])
    func hashesAsTold(_ text: String, _ hash: UInt64) {
        var sketch = DistinctSketch()
        sketch.add(text)
        let rank = UInt64((hash << 12).leadingZeroBitCount) + 1
        var entry = (hash >> 52) << 6 | rank
        var expected: [UInt8] = [0x21, 1]
        while entry >= 0x80 {
            expected.append(UInt8(entry & 0x7F | 0x80))
            entry >>= 7
        }
        #expect(bytes(of: sketch) == expected + [UInt8(entry)])
    }

    @Test("is small, and never larger than 3075 bytes")
    func isSmall() {
        var sketch = DistinctSketch()
        #expect(bytes(of: sketch).count == 2)
        for value in 0..<10 { sketch.add(Int64(value)) }
        #expect(bytes(of: sketch).count <= 32)
        for value in 0..<1_000_000 { sketch.add(Int64(value)) }
        #expect(bytes(of: sketch).count == 3075 && sketch.memory < 4500)
    }

    @Test("reads its own bytes and no others", arguments: [0, 1, 20, 512, 2000])
    func readsItsBytes(_ count: Int) throws {
        var sketch = DistinctSketch()
        for value in 0..<count { sketch.add(Int64(value)) }
        try expectRobust(sketch, seed: UInt64(count)) {
            _ = $0.count
            for value in 0..<600 { $0.add("\(value)") }
            _ = $0.count
        }
    }

    @Test("takes registers that no values could have filled for very many")
    func countsTheImpossible() throws {
        // All registers hold 53.
        let full = [0x21, 0x80, 0x20] + Array(repeating: [0xD7, 0x5D, 0x75] as [UInt8], count: 1024).joined()
        #expect(try #require(decode(full, as: DistinctSketch.self)).count == .max)
    }
}
