internal import Events

/// A hash of a row's content, from which the event's id is made: FNV-1a with 128 bits (Fowler, Noll and Vo;
/// draft-eastlake-fnv). An archive is its owner's own, so nobody gains by a collision.
///
/// The columns' hashes are summed: the order in which a file has its columns changes nothing.
struct RowHash: Hashable {
    private var sum: UInt128 = 0

    mutating func add(column: StaticString, _ value: Cell) {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        let prime: UInt128 = (1 << 88) + 0x13B
        for byte in column.rawBytes { hash = (hash ^ UInt128(byte)) &* prime }
        hash = hash &* prime
        for byte in value { hash = (hash ^ UInt128(byte)) &* prime }
        sum &+= hash
    }

    /// 32 hexadecimal digits.
    var text: String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }
}

/// Tells rows apart that are alike, by how many came before.
struct Occurrences {
    private var counts: [RowHash: Int] = [:]

    /// The hash as text; from the second such row on, with its number.
    mutating func key(of hash: RowHash) -> String {
        let count = counts[hash, default: 0] + 1
        counts[hash] = count
        return count == 1 ? hash.text : "\(hash.text)/\(count)"
    }
}
