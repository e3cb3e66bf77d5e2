/// SHA-256 after FIPS 180-4, in portable Swift.
public enum SHA256 {
    public static let digestLength = 32
    static let blockLength = 64

    /// The 32-byte digest of `bytes`.
    public static func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var state = SHA256State()
        state.finish(bytes, absorbed: 0)
        var output: [UInt8] = []
        output.reserveCapacity(digestLength)
        state.append(byteCount: digestLength, to: &output)
        return output
    }
}

/// The eight chaining words of SHA-256; a value, so that a state after a key's block can be kept and copied.
struct SHA256State: Sendable {
    private var a: UInt32 = 0x6a09_e667
    private var b: UInt32 = 0xbb67_ae85
    private var c: UInt32 = 0x3c6e_f372
    private var d: UInt32 = 0xa54f_f53a
    private var e: UInt32 = 0x510e_527f
    private var f: UInt32 = 0x9b05_688c
    private var g: UInt32 = 0x1f83_d9ab
    private var h: UInt32 = 0x5be0_cd19

    /// Takes in the last bytes of a message, of which `absorbed` bytes (whole blocks) went in before, and pads.
    mutating func finish(_ bytes: UnsafeRawBufferPointer, absorbed: Int) {
        let whole = bytes.count & ~(SHA256.blockLength - 1)
        var offset = 0
        while offset < whole {
            compress(bytes, at: offset)
            offset += SHA256.blockLength
        }
        let rest = bytes.count - whole
        let padded = rest < 56 ? 64 : 128
        let bitCount = UInt64(absorbed + bytes.count) &* 8
        withUnsafeTemporaryAllocation(byteCount: padded, alignment: 8) { block in
            for index in 0..<rest { block[index] = bytes[whole + index] }
            block[rest] = 0x80
            for index in (rest + 1)..<(padded - 8) { block[index] = 0 }
            for index in 0..<8 {
                block[padded - 1 - index] = UInt8(truncatingIfNeeded: bitCount >> UInt64(8 * index))
            }
            compress(UnsafeRawBufferPointer(block), at: 0)
            if padded == 128 { compress(UnsafeRawBufferPointer(block), at: 64) }
        }
    }

    /// One application of the compression function to the 64 bytes at `offset`.
    mutating func compress(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        precondition(offset >= 0 && offset &+ SHA256.blockLength <= bytes.count)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            Self.expand(bytes, at: offset, into: schedule)
            mix(schedule)
        }
    }

    /// Writes the digest's eight words in order, big-endian.
    func store(into bytes: UnsafeMutableRawBufferPointer) {
        bytes.storeBytes(of: a.bigEndian, toByteOffset: 0, as: UInt32.self)
        bytes.storeBytes(of: b.bigEndian, toByteOffset: 4, as: UInt32.self)
        bytes.storeBytes(of: c.bigEndian, toByteOffset: 8, as: UInt32.self)
        bytes.storeBytes(of: d.bigEndian, toByteOffset: 12, as: UInt32.self)
        bytes.storeBytes(of: e.bigEndian, toByteOffset: 16, as: UInt32.self)
        bytes.storeBytes(of: f.bigEndian, toByteOffset: 20, as: UInt32.self)
        bytes.storeBytes(of: g.bigEndian, toByteOffset: 24, as: UInt32.self)
        bytes.storeBytes(of: h.bigEndian, toByteOffset: 28, as: UInt32.self)
    }

    func append(byteCount: Int, to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: SHA256.digestLength, alignment: 8) { digest in
            store(into: digest)
            output.append(contentsOf: digest[..<byteCount])
        }
    }

    @inline(__always)
    private static func expand(
        _ bytes: UnsafeRawBufferPointer, at offset: Int, into schedule: UnsafeMutableBufferPointer<UInt32>
    ) {
        for index in 0..<16 {
            schedule[index] = UInt32(
                bigEndian: bytes.loadUnaligned(fromByteOffset: offset &+ index &* 4, as: UInt32.self)
            )
        }
        for index in 16..<64 {
            let early = schedule[index &- 15]
            let late = schedule[index &- 2]
            let small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
            let small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
            schedule[index] = schedule[index &- 16] &+ small0 &+ schedule[index &- 7] &+ small1
        }
    }

    @inline(__always)
    private mutating func mix(_ schedule: UnsafeMutableBufferPointer<UInt32>) {
        var (a, b, c, d, e, f, g, h) = (self.a, self.b, self.c, self.d, self.e, self.f, self.g, self.h)
        roundConstants.withUnsafeBufferPointer { constants in
            for index in 0..<64 {
                let sum1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
                let choice = g ^ (e & (f ^ g))
                let first = h &+ sum1 &+ choice &+ constants[index] &+ schedule[index]
                let sum0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
                let majority = (a & b) | (c & (a | b))
                h = g
                g = f
                f = e
                e = d &+ first
                d = c
                c = b
                b = a
                a = first &+ sum0 &+ majority
            }
        }
        self.a &+= a
        self.b &+= b
        self.c &+= c
        self.d &+= d
        self.e &+= e
        self.f &+= f
        self.g &+= g
        self.h &+= h
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word &>> count) | (word &<< (32 &- count))
    }
}

/// FIPS 180-4, 4.2.2: the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
