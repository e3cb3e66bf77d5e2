import Foundation
import Sketches
import TestSupport
import Testing

enum Distribution: CaseIterable {
    case uniform, exponential, lognormal, bothSigns, powers, halves, constant, integers, extremes

    func values(_ count: Int, seed: UInt64) -> [Double] {
        var random = SplitMix(state: seed)
        return (0..<count).map { index in
            let part = Double.random(in: 0..<1, using: &random)
            switch self {
            case .uniform: return part * 1000
            case .exponential: return -log(1 - part) * 250
            case .lognormal:
                let other = Double.random(in: 0..<1, using: &random)
                return exp(1.5 * sqrt(-2 * log(1 - part)) * cos(2 * .pi * other))
            case .bothSigns: return (part - 0.5) * 1e6
            // The bounds of bins, or as near as a Double comes.
            case .powers: return pow(1.01 / 0.99, Double(index % 400))
            case .halves: return pow(2, -Double(index % 50))
            case .constant: return 42.5
            case .integers: return Double(Int(part * 2000) - 1000)
            case .extremes:
                return [
                    0, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
                    .greatestFiniteMagnitude,
                ].randomElement(
                    using: &random)!
            }
        }
    }
}

private func sketch(of values: [Double], accuracy: Double = QuantileSketch.defaultAccuracy) throws -> QuantileSketch {
    var sketch = QuantileSketch(accuracy: accuracy)
    for value in values { try sketch.add(value) }
    return sketch
}

@Suite("A sketch of quantiles")
struct QuantileSketchTests {
    @Test(
        "is as near to every quantile as it says",
        arguments: Distribution.allCases, [0.001, 0.01, 0.05, 0.1])
    func keepsItsAccuracy(_ distribution: Distribution, _ accuracy: Double) throws {
        for count in [1, 2, 3, 10, 1000, 20_000] {
            let values = distribution.values(count, seed: UInt64(count)).sorted()
            let sketch = try sketch(of: values, accuracy: accuracy)
            #expect(sketch.count == count && sketch.min == values.first && sketch.max == values.last)
            // Nearer to zero than this, values may share a bin.
            let span = pow((1 + accuracy) / (1 - accuracy), 2046)
            let shared = max(values.last!, -values.first!) / span
            for step in 0...200 {
                let part = Double(step) / 200
                let exact = values[Int((part * Double(count - 1)).rounded(.down))]
                let found = try #require(sketch.quantile(part))
                let allowed = max(accuracy * abs(exact) * (1 + 1e-9), shared, .leastNormalMagnitude)
                #expect(abs(found - exact) <= allowed, "\(part) of \(count): \(found) for \(exact)")
            }
        }
    }

    @Test("is the same after a merge as one of all values", arguments: Distribution.allCases, [0.001, 0.01, 0.1])
    func merges(_ distribution: Distribution, _ accuracy: Double) throws {
        var random = SplitMix(state: 7)
        let values = distribution.values(3000, seed: 11)
        let whole = try sketch(of: values, accuracy: accuracy)
        for _ in 0..<5 {
            let merged = try mergedParts(of: values, into: QuantileSketch(accuracy: accuracy), using: &random) {
                try $0.add($1)
            }
            #expect(merged.count == whole.count && merged.min == whole.min && merged.max == whole.max)
            for step in 0...100 { #expect(merged.quantile(Double(step) / 100) == whole.quantile(Double(step) / 100)) }
            #expect(abs(merged.sum - whole.sum) <= abs(whole.sum) * 1e-9 + 1e-6)
        }
    }

    @Test("has the same bytes after a merge where its values are integers, in any order, also where they share bins")
    func mergesToTheSameBytes() throws {
        var random = SplitMix(state: 3)
        for accuracy in [0.001, 0.01] {
            let values = (0..<2000).map { _ in Double(Int64.random(in: -1 << 40...1 << 40, using: &random) >> 7) }
            let wide = values.map { $0 == 0 ? 0 : ($0 / 1024).rounded() }
            for values in [values, wide] {
                let whole = bytes(of: try sketch(of: values, accuracy: accuracy))
                #expect(bytes(of: try sketch(of: values.shuffled(using: &random), accuracy: accuracy)) == whole)
                for _ in 0..<10 {
                    let merged = try mergedParts(of: values, into: QuantileSketch(accuracy: accuracy), using: &random) {
                        try $0.add($1)
                    }
                    #expect(bytes(of: merged) == whole)
                }
            }
        }
    }

    @Test("counts a value several times as often as it is added")
    func countsSeveralTimes() throws {
        var once = QuantileSketch()
        try once.add(12, count: 3)
        try once.add(-7, count: 2)
        #expect(bytes(of: once) == bytes(of: try sketch(of: [12, -7, 12, -7, 12])))
        let before = once
        try once.merge(before)
        #expect(once.count == 10 && once.sum == 44)
    }

    @Test("takes no value that it cannot count, and is then what it was before")
    func refuses() throws {
        var sketch = QuantileSketch()
        try sketch.add(1, count: .max - 1)
        let before = bytes(of: sketch)
        #expect(throws: SketchError.tooMany) { try sketch.add(2, count: 2) }
        #expect(throws: SketchError.countOutOfRange) { try sketch.add(2, count: 0) }
        #expect(throws: SketchError.notFinite) { try sketch.add(.nan) }
        #expect(throws: SketchError.notFinite) { try sketch.add(-.infinity) }
        #expect(throws: SketchError.tooMany) { try sketch.merge(sketch) }
        #expect(throws: SketchError.unlike) { try sketch.merge(QuantileSketch(accuracy: 0.02)) }
        #expect(bytes(of: sketch) == before)
        #expect(sketch.quantile(0.5) == 1 && sketch.quantile(1.5) == nil && sketch.quantile(.nan) == nil)
        #expect(QuantileSketch().quantile(0.5) == nil && QuantileSketch().max == nil)
    }

    @Test("ends its sum at the largest number")
    func endsItsSum() throws {
        var sketch = QuantileSketch()
        try sketch.add(.greatestFiniteMagnitude, count: 1000)
        #expect(sketch.sum == .greatestFiniteMagnitude)
        try sketch.add(-.greatestFiniteMagnitude, count: 1000)
        #expect(sketch.sum == 0 && decode(bytes(of: sketch), as: QuantileSketch.self)?.count == 2000)
    }

    @Test("is small, and holds at most two times 2048 bins")
    func isSmall() throws {
        #expect(bytes(of: QuantileSketch()).count == 5)
        #expect(bytes(of: try sketch(of: [120])).count < 35)
        var wide = QuantileSketch()
        for exponent in -1022...1023 {
            try wide.add(Double(sign: .plus, exponent: exponent, significand: 1.5))
            try wide.add(Double(sign: .minus, exponent: exponent, significand: 1.2))
        }
        #expect(wide.memory < 66_000 && bytes(of: wide).count < 1000)
    }

    @Test("reads its own bytes and no others", arguments: Distribution.allCases)
    func readsItsBytes(_ distribution: Distribution) throws {
        for (count, accuracy) in [(0, 0.01), (1, 0.01), (5, 0.02), (60, 0.01)] {
            let sketch = try sketch(of: distribution.values(count, seed: 5), accuracy: accuracy)
            try expectRobust(sketch, seed: UInt64(count)) {
                for part in [0, 0.1, 0.5, 1] { _ = $0.quantile(part) }
                try $0.add(1e300)
                try $0.add(-1e-300)
                _ = $0.quantile(0.5)
            }
        }
    }

    @Test("has these bytes for ever")
    func keepsItsForm() throws {
        let sketch = try sketch(of: [0, 1, 2, -4])
        #expect(
            bytes(of: sketch) == [
                0x11, 0, 1, 1, 0x8C, 1, 1, 2, 0, 1, 0x22, 1, 0, 0, 0, 0, 0, 0, 0xF0, 0xBF, 0, 0, 0, 0, 0, 0, 0x10, 0xC0,
                0, 0, 0, 0, 0, 0, 0, 0x40,
            ])
    }
}
