internal import Glibc

/// 256 random bits that nobody else has.
struct SecretKey: Equatable, Sendable {
    static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// A new one.
    static func random() -> SecretKey {
        withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 8) { bytes in
            fillWithRandom(bytes)
            return SecretKey(UnsafeRawBufferPointer(bytes))
        }
    }

    /// One of ``byteCount`` bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount)
        func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
        words = (word(0), word(1), word(2), word(3))
    }

    func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try Swift.withUnsafeBytes(of: words, body)
    }

    static func == (a: SecretKey, b: SecretKey) -> Bool {
        a.words == b.words
    }
}

/// What a key may be used with once only: 96 bits.
struct Nonce: Equatable, Sendable {
    static let byteCount = 12

    private let high: UInt64
    private let low: UInt32

    /// A new one. Two of 2^32 under one key are alike by chance once in 2^32 stores.
    static func random() -> Nonce {
        withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 8) { bytes in
            fillWithRandom(bytes)
            return Nonce(UnsafeRawBufferPointer(bytes))
        }
    }

    private init(_ high: UInt64, _ low: UInt32) {
        self.high = high
        self.low = low
    }

    /// One of ``byteCount`` bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount)
        high = bytes.loadUnaligned(as: UInt64.self)
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    }

    /// The one for a member of a series that begins with this one.
    subscript(_ index: Int) -> Nonce {
        Nonce(high, low &+ UInt32(truncatingIfNeeded: index))
    }

    func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withUnsafeTemporaryAllocation(byteCount: Self.byteCount, alignment: 8) { bytes in
            bytes.storeBytes(of: high, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt32.self)
            return try body(UnsafeRawBufferPointer(bytes))
        }
    }
}

private func fillWithRandom(_ bytes: UnsafeMutableRawBufferPointer) {
    let isFilled = getentropy(bytes.baseAddress, bytes.count)
    precondition(isFilled == 0, "the system gives no random numbers")
}
