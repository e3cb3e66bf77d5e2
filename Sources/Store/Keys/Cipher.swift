internal import CNettle
internal import Events

/// AES-256-GCM (NIST SP 800-38D) through nettle. What is sealed is as long as the text, and ``tagBytes`` more.
///
/// Used by one thread at a time.
final class Cipher {
    static let tagBytes = 16

    /// What a sealed text is bound to: it cannot be opened in another's place.
    struct Place {
        /// What kind of thing lies there, and its number.
        let kind: UInt8
        let number: Int64

        func withUnsafeBytes<T>(_ body: (UnsafePointer<UInt8>, Int) -> T) -> T {
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 9) { bytes in
                bytes[0] = kind
                let raw = UnsafeMutableRawBufferPointer(bytes)
                raw.storeBytes(of: number.littleEndian, toByteOffset: 1, as: Int64.self)
                guard let start = bytes.baseAddress else { preconditionFailure("9 bytes are somewhere") }
                return body(start, 9)
            }
        }
    }

    private let context: UnsafeMutablePointer<gcm_aes256_ctx>
    /// The key that the context has. To prepare another one takes as long as to seal 200 bytes.
    private var key: SecretKey?

    init() {
        context = .allocate(capacity: 1)
        context.initialize(to: gcm_aes256_ctx())
    }

    deinit {
        context.deallocate()
    }

    /// Appends `text` sealed. A key takes each nonce once.
    func seal(
        _ text: UnsafeRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place,
        into output: inout ByteBuffer
    ) {
        begin(key, nonce, place)
        output.append(upTo: text.count + Self.tagBytes) { space in
            let start = space.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            nettle_gcm_aes256_encrypt(context, text.count, start, Self.bytes(text))
            nettle_gcm_aes256_digest(context, Self.tagBytes, start + text.count)
            return text.count + Self.tagBytes
        }
    }

    /// Appends the text that was sealed; false, and nothing is appended, where it was not sealed so.
    func open(
        _ sealed: UnsafeRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place,
        into output: inout ByteBuffer
    ) -> Bool {
        if sealed.count < Self.tagBytes { return false }
        var isOpen = false
        output.append(upTo: max(sealed.count - Self.tagBytes, 1)) { space in
            isOpen = open(sealed, key, nonce, place, to: space.baseAddress.unsafelyUnwrapped)
            return isOpen ? sealed.count - Self.tagBytes : 0
        }
        return isOpen
    }

    /// Puts the text that was sealed in its own place; false where it was not sealed so, and the place then has nothing.
    func open(inPlace sealed: UnsafeMutableRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place) -> Bool {
        guard let start = sealed.baseAddress, sealed.count >= Self.tagBytes else { return false }
        if open(UnsafeRawBufferPointer(sealed), key, nonce, place, to: start) { return true }
        sealed.initializeMemory(as: UInt8.self, repeating: 0)
        return false
    }

    private func open(
        _ sealed: UnsafeRawBufferPointer, _ key: SecretKey, _ nonce: Nonce, _ place: Place,
        to output: UnsafeMutableRawPointer
    ) -> Bool {
        let length = sealed.count - Self.tagBytes
        let text = Self.bytes(sealed)
        begin(key, nonce, place)
        nettle_gcm_aes256_decrypt(context, length, output.assumingMemoryBound(to: UInt8.self), text)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.tagBytes) { tag in
            nettle_gcm_aes256_digest(context, Self.tagBytes, tag.baseAddress)
            return nettle_memeql_sec(tag.baseAddress, text + length, Self.tagBytes) != 0
        }
    }

    private func begin(_ key: SecretKey, _ nonce: Nonce, _ place: Place) {
        if key != self.key {
            key.withUnsafeBytes { nettle_gcm_aes256_set_key(context, Self.bytes($0)) }
            self.key = key
        }
        nonce.withUnsafeBytes { nettle_gcm_aes256_set_iv(context, $0.count, Self.bytes($0)) }
        place.withUnsafeBytes { nettle_gcm_aes256_update(context, $1, $0) }
    }

    private static func bytes(_ buffer: UnsafeRawBufferPointer) -> UnsafePointer<UInt8> {
        // No bytes may be anywhere.
        (buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped).assumingMemoryBound(to: UInt8.self)
    }
}
