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
    var text: [UInt8] {
        // `String(_:radix:)` divides 128 bits for every digit, which took a third of the time of an import.
        var digits = [UInt8](repeating: 0, count: 32)
        var words = (UInt64(truncatingIfNeeded: sum >> 64), UInt64(truncatingIfNeeded: sum))
        for index in stride(from: 15, through: 0, by: -1) {
            digits[index] = Self.digit(words.0)
            digits[index + 16] = Self.digit(words.1)
            words = (words.0 >> 4, words.1 >> 4)
        }
        return digits
    }

    /// The digit of the lowest four bits.
    private static func digit(_ word: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: word) & 15
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
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

    /// Appends 32 hexadecimal digits; from the second such row on, with its number.
    mutating func append(idOf row: RowHash, to id: inout [UInt8]) {
        var count = 1
        if let before = counts.updateValue(1, forKey: row) {
            count = before + 1
            counts[row] = count
        }
        let text = Array("row ".utf8) + row.text
        text.withUnsafeBytes { hash.hex($0, into: &id) }
        if count > 1 { id += "/\(count)".utf8 }
    }
}
