internal import Events

/// A hash of a row's content, from which the event's id is made (``RowIdentities``): FNV-1a with 128 bits (Fowler, Noll and Vo;
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
        // `String(_:radix:)` divides 128 bits for every digit, which took a third of the time of an import.
        let words = [UInt64(truncatingIfNeeded: sum >> 64), UInt64(truncatingIfNeeded: sum)]
        let digits = words.flatMap { word in
            stride(from: 60, through: 0, by: -4).map { shift in
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
                return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

/// Makes the ids of rows. They are keyed: no plugin may change an id, and without a key, what a plugin took out of an
/// event could be found again by trying which value gives the id. Rows that are alike are told apart by how many came
/// before.
struct RowIdentities {
    private let hash: KeyedHash
    private var counts: [RowHash: Int] = [:]

    init(_ hash: KeyedHash) {
        self.hash = hash
    }

    /// 32 hexadecimal digits; from the second such row on, with its number.
    mutating func id(of row: RowHash) -> String {
        let count = counts[row, default: 0] + 1
        counts[row] = count
        var digits: [UInt8] = []
        Array("row \(row.text)".utf8).withUnsafeBytes { hash.hex($0, into: &digits) }
        let id = String(decoding: digits, as: UTF8.self)
        return count == 1 ? id : "\(id)/\(count)"
    }
}
