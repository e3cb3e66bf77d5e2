internal import COpenSSL

/// The SHA-256 digest of bytes that come piece by piece, through OpenSSL's libcrypto.
final class FileDigest {
    private static let byteCount = 32

    private let context: OpaquePointer

    init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto has no SHA-256")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    func add(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The digest as hexadecimal digits; nothing may be added afterwards.
    func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        EVP_DigestFinal_ex(context, &digest, nil)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
