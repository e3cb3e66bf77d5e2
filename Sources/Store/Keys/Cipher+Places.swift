internal import Events

/// Everything that is sealed, by where it lies.
extension Cipher.Place {
    /// An event, at its place in the log.
    static func event(_ position: Int64) -> Self { Self(kind: 1, number: position) }
    /// What plugins keep of a viewer.
    static func states(_ viewer: Int64) -> Self { Self(kind: 2, number: viewer) }
    /// What events call a viewer.
    static func subject(_ viewer: Int64) -> Self { Self(kind: 3, number: viewer) }
    /// An event in quarantine, by its number.
    static func quarantined(_ number: Int64) -> Self { Self(kind: 4, number: number) }
    /// Where a file with data of a viewer is.
    static func path(_ viewer: Int64) -> Self { Self(kind: 7, number: viewer) }
    /// A viewer's key, under the master key.
    static func key(_ viewer: Int64) -> Self { Self(kind: 5, number: viewer) }
    /// What viewers' numbers and marks are made with.
    static let secret = Self(kind: 6, number: 0)
}

extension Cipher {
    /// Appends a new nonce, and the text sealed with it.
    func seal(sealing text: UnsafeRawBufferPointer, _ key: SecretKey, _ place: Place, into output: inout ByteBuffer) {
        let nonce = Nonce.random()
        nonce.withUnsafeBytes { output.append($0) }
        seal(text, key, nonce, place, into: &output)
    }

    /// Appends the text of what the other function sealed; false where it was not sealed so.
    func open(
        sealed: UnsafeRawBufferPointer, _ key: SecretKey, _ place: Place, into output: inout ByteBuffer
    ) -> Bool {
        if sealed.count < Nonce.byteCount { return false }
        let nonce = Nonce(UnsafeRawBufferPointer(rebasing: sealed[..<Nonce.byteCount]))
        let rest = UnsafeRawBufferPointer(rebasing: sealed[Nonce.byteCount...])
        return open(rest, key, nonce, place, into: &output)
    }
}
