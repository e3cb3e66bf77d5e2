/// Keyed pseudonyms: the first 128 bits of HMAC-SHA256 (RFC 2104) as 32 lowercase hex digits.
///
///     let hash = KeyedHash(key: key)
///     "anna".utf8.withContiguousStorageIfAvailable { hash.hex(UnsafeRawBufferPointer($0), into: &output) }
///
/// The same value gives the same pseudonym under one key and an unrelated one under another. Without the key a
/// pseudonym can neither be reversed nor checked against a guess, so the key is as secret as the values.
public struct KeyedHash: Sendable {
    /// How many bytes `hex` appends.
    public static let hexLength = 32

    private let inner: SHA256State
    private let outer: SHA256State

    /// Keys of any length are taken; fewer than 16 random bytes are not worth the name of a key.
    public init(key: [UInt8]) {
        let block = key.count > SHA256.blockLength ? key.withUnsafeBytes { SHA256.digest($0) } : key
        inner = Self.state(of: block, pad: 0x36)
        outer = Self.state(of: block, pad: 0x5c)
    }

    /// Appends the pseudonym of `value`. Two compressions for a value under 56 bytes, one more for each 64 beyond.
    public func hex(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: SHA256.digestLength, alignment: 8) { digest in
            var hash = inner
            hash.finish(value, absorbed: SHA256.blockLength)
            hash.store(into: digest)
            var sealed = outer
            sealed.finish(UnsafeRawBufferPointer(digest), absorbed: SHA256.blockLength)
            sealed.store(into: digest)
            for index in 0..<(Self.hexLength / 2) {
                output.append(Self.digit(digest[index] >> 4))
                output.append(Self.digit(digest[index] & 15))
            }
        }
    }

    private static func state(of key: [UInt8], pad: UInt8) -> SHA256State {
        var state = SHA256State()
        withUnsafeTemporaryAllocation(byteCount: SHA256.blockLength, alignment: 8) { block in
            for index in 0..<SHA256.blockLength {
                block[index] = (index < key.count ? key[index] : 0) ^ pad
            }
            state.compress(UnsafeRawBufferPointer(block), at: 0)
        }
        return state
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 &+ value : 0x57 &+ value
    }
}
