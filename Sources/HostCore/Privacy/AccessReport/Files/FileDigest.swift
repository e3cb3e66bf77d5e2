internal import CNettle

/// The SHA-256 digest of bytes that come piece by piece, through nettle.
final class FileDigest {
    private static let byteCount = 32

    private let context: UnsafeMutablePointer<sha256_ctx>

    init() {
        context = .allocate(capacity: 1)
        nettle_sha256_init(context)
    }

    deinit {
        context.deallocate()
    }

    func add(_ bytes: UnsafeRawBufferPointer) {
        nettle_sha256_update(context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }

    /// The digest as hexadecimal digits; the next one begins anew.
    func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        nettle_sha256_digest(context, Self.byteCount, &digest)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
