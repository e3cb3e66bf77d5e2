internal import Events

/// A hash of a row's content, from which the event's id is made (``RowIdentities``): FNV-1a with 128 bits (Fowler, Noll
/// and Vo; draft-eastlake-fnv). An archive is its owner's own, so nobody gains by a collision.
///
/// The columns' hashes are summed: the order in which a file has its columns changes nothing.
struct RowHash: Hashable {
    private var sum: UInt128 = 0

    mutating func add(column: StaticString, _ value: Cell) {
        var hash = FNV()
        for byte in column.rawBytes { hash.add(byte) }
        hash.add(0)
        for byte in value { hash.add(byte) }
        sum &+= UInt128(hash.high) << 64 | UInt128(hash.low)
    }

    /// The state of one hash, in two words: a product of 128 bits is a call of a function in WebAssembly.
    private struct FNV {
        var high: UInt64 = 0x6C62_272E_07BB_0142
        var low: UInt64 = 0x62B8_2175_6295_C58D

        /// Takes a byte, and multiplies by the prime, 2^88 + 0x13B.
        mutating func add(_ byte: UInt8) {
            let word = low ^ UInt64(byte)
            let lower = (word & 0xFFFF_FFFF) &* 0x13B
            let upper = (word >> 32) &* 0x13B &+ lower >> 32
            high = high &* 0x13B &+ upper >> 32 &+ word << 24
            low = upper << 32 | lower & 0xFFFF_FFFF
        }
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
