/// How many values lie in each bin, for at most ``most`` bins in a row: those that would lie below count in the lowest.
///
/// What is counted where depends on the values alone, and not on their order or on what was merged with what.
struct BinCounts {
    static let most = 2048

    /// No bin of a `Double` lies further from 0, with any accuracy.
    private static let furthest: Int64 = 1 << 19
    /// Bins that are made at once where one below the first is needed.
    private static let reserve = 32

    private(set) var total: Int64 = 0
    /// The bin of the first count. The last count is not 0.
    private var first = 0
    private var counts: [Int64] = []

    /// The highest bin that has a value.
    var highest: Int? {
        counts.isEmpty ? nil : first + counts.count - 1
    }

    var memory: Int {
        counts.capacity * MemoryLayout<Int64>.stride
    }

    /// `total + count` must not be more than an `Int64` holds.
    mutating func add(_ count: Int64, to bin: Int) {
        if counts.isEmpty { first = bin }
        if bin - first >= counts.count { extend(to: bin) }
        let lowest = first + counts.count - Self.most
        let counted = max(bin, lowest)
        if counted < first {
            let missing = min(first - counted + Self.reserve, first - lowest)
            counts.insert(contentsOf: repeatElement(0, count: missing), at: 0)
            first -= missing
        }
        counts[counted - first] += count
        total += count
    }

    /// `total + other.total` must not be more than an `Int64` holds.
    mutating func merge(_ other: BinCounts) {
        for index in other.counts.indices.reversed() where other.counts[index] > 0 {
            add(other.counts[index], to: other.first + index)
        }
    }

    /// The bin of the value that has `rank` values below it; the rank is less than the total.
    func bin(ofRank rank: Int64) -> Int {
        var below: Int64 = 0
        for index in counts.indices {
            below += counts[index]
            if below > rank { return first + index }
        }
        return first
    }

    private mutating func extend(to bin: Int) {
        let lowest = bin - Self.most + 1
        if lowest > first {
            let dropped = min(lowest - first, counts.count)
            let folded = counts[..<dropped].reduce(0, +)
            counts.removeFirst(dropped)
            first = lowest
            if folded > 0 {
                if counts.isEmpty { counts.append(0) }
                counts[0] += folded
            }
        }
        counts.append(contentsOf: repeatElement(0, count: bin - first + 1 - counts.count))
    }

    // MARK: Bytes

    /// How many bins have values; the first of them, and its count; for each other, how many are left out before it, and its
    /// count.
    func encode(into bytes: inout [UInt8]) {
        var used = 0
        for count in counts where count > 0 { used += 1 }
        bytes.append(number: UInt64(used))
        var last: Int?
        for index in counts.indices where counts[index] > 0 {
            if let last {
                bytes.append(number: UInt64(index - last - 1))
            } else {
                bytes.append(signed: first + index)
            }
            bytes.append(number: UInt64(counts[index]))
            last = index
        }
    }

    init() {}

    init?(from reader: inout SketchReader) {
        guard let used = reader.number(upTo: min(Self.most, reader.left / 2)) else { return nil }
        if used == 0 { return }
        guard let start = reader.signed(), start.magnitude < Self.furthest, let count = reader.count() else {
            return nil
        }
        add(count, to: Int(start))
        var bin = Int(start)
        for _ in 1..<used {
            guard let skipped = reader.number(upTo: Self.most), let count = reader.count() else { return nil }
            bin += skipped + 1
            guard bin - Int(start) < Self.most, count <= Int64.max - total else { return nil }
            add(count, to: bin)
        }
    }
}
