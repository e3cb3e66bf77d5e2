/// How many different values there were: HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007) with the estimator of Ertl
/// 2017, "New cardinality estimation algorithms for HyperLogLog sketches", which has no range in which it is biased.
///
///     var sketch = DistinctSketch()
///     for title in titles { sketch.add(title) }
///     sketch.count
///
/// The standard error is 1.04 / √4096, or 1.6 %, where there are many; a few are nearly always counted exactly. A string and an
/// integer are different values. Who may choose the values, and knows how they are hashed, can make the count as wrong as
/// they like: it is no proof against fraud.
public struct DistinctSketch: Sketch {
    /// Bits of a hash that choose the register; the others decide what goes into it.
    private static let indexBits: UInt64 = 12
    private static let registers = 1 << 12
    private static let highestRank = 64 - 12 + 1
    /// So many registers are listed; with more of them in use, there are all.
    private static let mostListed = 512
    private static let packedLength = registers * 6 / 8

    /// Registers in use, in their order: its number times 64, and what it holds. Empty where ``ranks`` is not.
    private var listed: [UInt32] = []
    /// What each register holds.
    private var ranks: [UInt8] = []

    public init() {}

    public var memory: Int {
        MemoryLayout<Self>.size + listed.capacity * MemoryLayout<UInt32>.stride + ranks.capacity
    }

    /// Takes in the bytes of a string.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(hash: StableHash.of(bytes))
    }

    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    public mutating func add(_ value: Int64) {
        // The seed keeps it apart from the string of these eight bytes.
        withUnsafeBytes(of: value.littleEndian) { add(hash: StableHash.of($0, seed: 1)) }
    }

    /// How many different values there were, about.
    public var count: Int64 {
        let counts = registersByRank()
        let registers = Double(Self.registers)
        var sum = registers * Self.tau(1 - counts[Self.highestRank] / registers)
        for rank in (1..<Self.highestRank).reversed() { sum = 0.5 * (sum + counts[rank]) }
        sum += registers * Self.sigma(counts[0] / registers)
        // 1 / (2 ln 2)
        let estimate = 0.721_347_520_444_481_7 * registers * registers / sum
        return estimate < 0x1p62 ? Int64(estimate.rounded()) : .max
    }

    public mutating func merge(_ other: DistinctSketch) {
        for entry in other.listed { raise(Int(entry >> 6), to: UInt8(entry & 63)) }
        for register in other.ranks.indices where other.ranks[register] > 0 {
            raise(register, to: other.ranks[register])
        }
    }

    private mutating func add(hash: UInt64) {
        // The bit behind the rank's ends the count of zeros.
        let rank = (hash << Self.indexBits | 1 << (Self.indexBits - 1)).leadingZeroBitCount + 1
        raise(Int(truncatingIfNeeded: hash >> (64 - Self.indexBits)), to: UInt8(rank))
    }

    private mutating func raise(_ register: Int, to rank: UInt8) {
        if !ranks.isEmpty {
            if ranks[register] < rank { ranks[register] = rank }
            return
        }
        let entry = UInt32(register) << 6 | UInt32(rank)
        var low = 0
        var high = listed.count
        while low < high {
            let middle = (low + high) / 2
            if listed[middle] >> 6 < entry >> 6 { low = middle + 1 } else { high = middle }
        }
        if low < listed.count, listed[low] >> 6 == entry >> 6 {
            listed[low] = max(listed[low], entry)
        } else {
            listed.insert(entry, at: low)
            if listed.count > Self.mostListed { expand() }
        }
    }

    private mutating func expand() {
        ranks = Array(repeating: 0, count: Self.registers)
        for entry in listed { ranks[Int(entry >> 6)] = UInt8(entry & 63) }
        listed = []
    }

    // MARK: Estimating

    private func registersByRank() -> InlineArray<64, Double> {
        var counts = InlineArray<64, Double>(repeating: 0)
        for entry in listed { counts[Int(entry & 63)] += 1 }
        for rank in ranks { counts[Int(rank)] += 1 }
        if ranks.isEmpty { counts[0] = Double(Self.registers - listed.count) }
        return counts
    }

    private static func sigma(_ part: Double) -> Double {
        if part == 1 { return .infinity }
        var power = part
        var factor = 1.0
        var sum = part
        while true {
            power *= power
            let before = sum
            sum += power * factor
            factor += factor
            if sum == before { return sum }
        }
    }

    private static func tau(_ part: Double) -> Double {
        if part == 0 || part == 1 { return 0 }
        var root = part
        var factor = 1.0
        var sum = 1 - part
        while true {
            root.formSquareRoot()
            let before = sum
            factor *= 0.5
            sum -= (1 - root) * (1 - root) * factor
            if sum == before { return sum / 3 }
        }
    }

    // MARK: Bytes

    /// Of few values, 2 or 3 bytes for each; at most 3075.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(SketchKind.distinct.rawValue)
        if ranks.isEmpty {
            bytes.append(number: UInt64(listed.count))
            var next: UInt32 = 0
            for entry in listed {
                // How many registers were left out, and what this one holds.
                bytes.append(number: UInt64(entry - next << 6))
                next = entry >> 6 + 1
            }
            return
        }
        bytes.append(number: UInt64(Self.registers))
        for start in stride(from: 0, to: Self.registers, by: 4) {
            var four: UInt32 = 0
            for register in start..<(start + 4) { four = four << 6 | UInt32(ranks[register]) }
            bytes.append(UInt8(truncatingIfNeeded: four >> 16))
            bytes.append(UInt8(truncatingIfNeeded: four >> 8))
            bytes.append(UInt8(truncatingIfNeeded: four))
        }
    }

    public init?(decoding bytes: UnsafeRawBufferPointer) {
        var reader = SketchReader(bytes)
        guard reader.byte() == SketchKind.distinct.rawValue, let used = reader.number(upTo: Self.registers) else {
            return nil
        }
        if used == Self.registers {
            guard let packed = reader.take(Self.packedLength), unpack(packed) else { return nil }
        } else {
            guard used <= Self.mostListed, used <= reader.left, list(used, &reader) else { return nil }
        }
        guard reader.left == 0 else { return nil }
    }

    private mutating func list(_ used: Int, _ reader: inout SketchReader) -> Bool {
        listed.reserveCapacity(used)
        var next = 0
        for _ in 0..<used {
            guard let coded = reader.number(upTo: Self.registers << 6) else { return false }
            let register = next + coded >> 6
            let rank = coded & 63
            guard register < Self.registers, rank >= 1, rank <= Self.highestRank else { return false }
            listed.append(UInt32(register << 6 | rank))
            next = register + 1
        }
        return true
    }

    private mutating func unpack(_ packed: UnsafeRawBufferPointer) -> Bool {
        ranks.reserveCapacity(Self.registers)
        var used = 0
        for start in stride(from: 0, to: packed.count, by: 3) {
            let four = UInt32(packed[start]) << 16 | UInt32(packed[start + 1]) << 8 | UInt32(packed[start + 2])
            var shift: UInt32 = 24
            while shift > 0 {
                shift -= 6
                let rank = UInt8(four >> shift & 63)
                guard rank <= Self.highestRank else { return false }
                if rank > 0 { used += 1 }
                ranks.append(rank)
            }
        }
        return used > Self.mostListed
    }
}
