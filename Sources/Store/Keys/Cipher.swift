internal import COpenSSL
internal import Events

/// AES-256-GCM (NIST SP 800-38D) through OpenSSL's libcrypto. What is sealed is as long as the text, and ``tagBytes`` more.
///
/// Used by one thread at a time.
final class Cipher {
    static let tagBytes = 16

    /// What a sealed text is bound to: it cannot be opened in another's place.
    struct Place {
        /// What kind of thing lies there, and its number.
        let kind: UInt8
        let number: Int64

        func withUnsafeBytes<T>(_ body: (UnsafePointer<UInt8>, Int32) -> T) -> T {
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 9) { bytes in
                bytes[0] = kind
                let raw = UnsafeMutableRawBufferPointer(bytes)
                raw.storeBytes(of: number.littleEndian, toByteOffset: 1, as: Int64.self)
                guard let start = bytes.baseAddress else { preconditionFailure("9 bytes are somewhere") }
                return body(start, 9)
            }
        }
    }

    private let sealing: OpaquePointer
    private let opening: OpaquePointer

    /// The library, ready to be used.
    static let library: Void = {
        precondition(vh_begin_crypto() == 1, "libcrypto does not begin")
    }()

    init() {
        Self.library
        guard let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), let sealing = EVP_CIPHER_CTX_new(),
            let opening = EVP_CIPHER_CTX_new(), EVP_EncryptInit_ex(sealing, cipher, nil, nil, nil) == 1,
            EVP_DecryptInit_ex(opening, cipher, nil, nil, nil) == 1
        else { preconditionFailure("libcrypto has no AES-256-GCM") }
        EVP_CIPHER_free(cipher)
        self.sealing = sealing
        self.opening = opening
    }

    deinit {
        EVP_CIPHER_CTX_free(sealing)
        EVP_CIPHER_CTX_free(opening)
    }

    /// Appends `text` sealed. A key takes each nonce once.
    func seal(
        _ text: UnsafeRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place,
        into output: inout ByteBuffer
    ) {
        output.append(upTo: text.count + Self.tagBytes) { space in
            guard let start = space.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
            var count: Int32 = 0
            let isSealed =
                Self.begin(EVP_EncryptInit_ex, sealing, key, nonce)
                && place.withUnsafeBytes { EVP_EncryptUpdate(sealing, nil, &count, $0, $1) == 1 }
                && EVP_EncryptUpdate(sealing, start, &count, Self.bytes(text), Int32(text.count)) == 1
                && EVP_EncryptFinal_ex(sealing, start + text.count, &count) == 1
                && vh_get_tag(sealing, Int32(Self.tagBytes), start + text.count) == 1
            precondition(isSealed, "libcrypto cannot seal")
            return text.count + Self.tagBytes
        }
    }

    /// Appends the text that was sealed; false, and nothing is appended, where it was not sealed so.
    func open(
        _ sealed: UnsafeRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place,
        into output: inout ByteBuffer
    ) -> Bool {
        let length = sealed.count - Self.tagBytes
        if length < 0 { return false }
        var isOpen = false
        output.append(upTo: max(length, 1)) { space in
            guard let start = space.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
            let tag = UnsafeMutableRawPointer(mutating: sealed.baseAddress.map { $0 + length })
            var count: Int32 = 0
            isOpen =
                Self.begin(EVP_DecryptInit_ex, opening, key, nonce)
                && place.withUnsafeBytes { EVP_DecryptUpdate(opening, nil, &count, $0, $1) == 1 }
                && EVP_DecryptUpdate(opening, start, &count, Self.bytes(sealed), Int32(length)) == 1
                && vh_set_tag(opening, Int32(Self.tagBytes), tag) == 1
                && EVP_DecryptFinal_ex(opening, start + length, &count) == 1
            return isOpen ? length : 0
        }
        return isOpen
    }

    private typealias Initialiser = (
        OpaquePointer?, OpaquePointer?, OpaquePointer?, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?
    ) -> Int32

    private static func begin(
        _ initialise: Initialiser, _ context: OpaquePointer, _ key: SecretKey, _ nonce: Nonce
    ) -> Bool {
        key.withUnsafeBytes { key in
            nonce.withUnsafeBytes { initialise(context, nil, nil, bytes(key), bytes($0)) == 1 }
        }
    }

    private static func bytes(_ buffer: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        // For no bytes, too, it wants to know where they are.
        (buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1))?.assumingMemoryBound(to: UInt8.self)
    }
}
