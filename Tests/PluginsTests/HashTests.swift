import Events
import Plugins
import Testing

@Suite("Hashing")
struct HashTests {
    @Test(
        "SHA-256 gives NIST's digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijk"
                    + "lmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
    )
    func digest(message: String, expected: String) {
        #expect(hex(Array(message.utf8).withUnsafeBytes { SHA256.digest($0) }) == expected)
    }

    @Test(
        "a keyed hash is the first half of RFC 4231's HMAC-SHA256",
        arguments: [
            ([UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8), "b0344c61d8db38535ca8afceaf0bf12b"),
            (Array("Jefe".utf8), Array("what do ya want for nothing?".utf8), "5bdcc146bf60754e6a042426089575c7"),
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a7"
            ),
            (Array(1...25), [UInt8](repeating: 0xcd, count: 50), "82558a389a443c0ea4cc819899f2083a"),
            (
                [UInt8](repeating: 0x0c, count: 20), Array("Test With Truncation".utf8),
                "a3b6167473100ee06e0c796c2955552b"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8), "60e431591ee0b67f0d8a26aacbf5b77f"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array(
                    ("This is a test using a larger than block-size key and a larger than block-size data. "
                        + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
                ), "9b09ffa71b942fcb27635fbcd5b0e944"
            ),
        ]
    )
    func keyed(key: [UInt8], value: [UInt8], expected: String) {
        let hash = KeyedHash(key: key)
        #expect(String(decoding: masked(value) { hash.hex($0, into: &$1) }.output, as: UTF8.self) == expected)
    }

    @Test("a hash is 32 hex digits, appended, for values of every length around a block")
    func lengths() {
        let hash = KeyedHash(key: Array("key".utf8))
        var seen: Set<[UInt8]> = []
        for length in 0...200 {
            var output: [UInt8] = [0x23]
            [UInt8](repeating: 0x61, count: length).withUnsafeBytes { hash.hex($0, into: &output) }
            #expect(output.count == 1 + KeyedHash.hexLength && output[0] == 0x23)
            seen.insert(output)
        }
        #expect(seen.count == 201)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
