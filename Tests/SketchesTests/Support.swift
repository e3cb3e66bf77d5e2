import Sketches
import TestSupport
import Testing

func bytes(of sketch: some Sketch) -> [UInt8] {
    var bytes: [UInt8] = []
    sketch.encode(into: &bytes)
    return bytes
}

func decode<S: Sketch>(_ bytes: [UInt8], as _: S.Type) -> S? {
    bytes.withUnsafeBytes { S(decoding: $0) }
}

/// The sketches of parts of `values`, merged in some order.
func mergedParts<S: Sketch, V>(
    of values: [V], into empty: S, using random: inout SplitMix, _ add: (inout S, V) throws -> Void
) throws -> S {
    var parts = Array(repeating: empty, count: Int.random(in: 2...7, using: &random))
    for value in values { try add(&parts[parts.indices.randomElement(using: &random)!], value) }
    while parts.count > 1 {
        let other = parts.remove(at: parts.indices.randomElement(using: &random)!)
        try parts[parts.indices.randomElement(using: &random)!].merge(other)
    }
    return parts[0]
}

/// Reads a sketch's bytes back, and damages them in many ways: what is still read must be written as it was, and used without
/// a trap.
func expectRobust<S: Sketch>(_ sketch: S, seed: UInt64, use: (inout S) throws -> Void) throws {
    let written = bytes(of: sketch)
    let same = try #require(decode(written, as: S.self))
    #expect(bytes(of: same) == written)
    for length in 0..<written.count { #expect(decode(Array(written.prefix(length)), as: S.self) == nil) }
    #expect(decode(written + [0], as: S.self) == nil)

    var random = SplitMix(state: seed)
    for _ in 0..<2000 {
        var damaged = written
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = damaged.indices.randomElement(using: &random)!
            switch Int.random(in: 0..<4, using: &random) {
            case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: damaged[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random)!
            case 2 where damaged.count > 1: damaged.remove(at: place)
            default: damaged.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
        guard var read = decode(damaged, as: S.self) else { continue }
        #expect(bytes(of: read) == damaged)
        try? use(&read)
        try? read.merge(sketch)
        try? read.merge(read)
        _ = bytes(of: read)
    }
    for _ in 0..<2000 {
        var made = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        if !made.isEmpty { made[0] = written[0] }
        guard var read = decode(made, as: S.self) else { continue }
        #expect(bytes(of: read) == made)
        try? use(&read)
    }
}
