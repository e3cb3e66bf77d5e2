public import Events
internal import Foundation

/// The numbers by which the store finds events and viewers: SipHash-2-4 (Aumasson and Bernstein 2012) with a key that is
/// the store's own and random, so that nobody can make events whose numbers collide.
///
/// Events have 128 bits, in which two of a hundred million are alike by chance once in 10^22 stores. So events of one
/// key are taken for the same, and need not be read to tell whether one came before.
public struct EventKeys: Sendable {
    static let secretBytes = 32

    private let k0: UInt64
    private let k1: UInt64
    /// For marks.
    private let k2: UInt64
    private let k3: UInt64

    init(secret: [UInt8]) {
        precondition(secret.count == Self.secretBytes)
        (k0, k1, k2, k3) = secret.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// The event's key. `buffer` is scratch.
    public func key(of event: EventDocument, _ buffer: inout ByteBuffer) -> EventKey {
        var hash = SipHash(k0, k1, is128: true)
        for attribute in [EventDocument.Attribute.source, .id] {
            let text = event.string(of: event.node(of: attribute), decodedInto: &buffer)
            hash.add(text)
            // The length keeps `a`+`bc` from being `ab`+`c`.
            hash.add(UInt64(text.count))
        }
        let (first, second) = hash.finish128()
        return EventKey(number: Int64(bitPattern: first), check: Int64(bitPattern: second))
    }

    /// The number of the event's viewer, its `subject`; 0 where it has none. `buffer` is scratch.
    public func viewer(of event: EventDocument, _ buffer: inout ByteBuffer) -> Int64 {
        let node = event.node(of: .subject)
        if node == 0 || event.kind(of: node) != .string { return 0 }
        return viewer(event.string(of: node, decodedInto: &buffer))
    }

    func viewer(_ subject: UnsafeRawBufferPointer) -> Int64 {
        if subject.isEmpty { return 0 }
        var hash = SipHash(k0, ~k1)
        hash.add(subject)
        let number = Int64(bitPattern: hash.finish())
        return number == 0 ? 1 : number
    }

    /// What is left of a viewer who was erased.
    func mark(of viewer: Int64) -> ViewerMark {
        var hash = SipHash(k2, k3, is128: true)
        hash.add(UInt64(bitPattern: viewer))
        let (first, second) = hash.finish128()
        return ViewerMark(first: first, second: second)
    }
}

/// A name of a viewer that tells nobody who it is: 128 bits of a keyed hash of the viewer's number.
public struct ViewerMark: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    fileprivate init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    init(_ bytes: Data) {
        (first, second) =
            bytes.count == 16
            ? bytes.withUnsafeBytes {
                (
                    UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                    UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            } : (0, 0)
    }

    var bytes: Data {
        var bytes = Data()
        for word in [first.bigEndian, second.bigEndian] { withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// 32 hex digits.
    public var text: String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }
}

private struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var length: UInt64 = 0

    init(_ k0: UInt64, _ k1: UInt64, is128: Bool = false) {
        v0 = k0 ^ 0x736F_6D65_7073_6575
        v1 = k1 ^ 0x646F_7261_6E64_6F6D ^ (is128 ? 0xEE : 0)
        v2 = k0 ^ 0x6C79_6765_6E65_7261
        v3 = k1 ^ 0x7465_6462_7974_6573
    }

    /// The last word of a text is filled up with zeros; its length is added by the caller where that matters.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset + 8 <= bytes.count {
            add(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var last: UInt64 = 0
        for index in offset..<bytes.count { last |= UInt64(bytes[index]) << UInt64((index - offset) * 8) }
        if offset < bytes.count { add(last) }
        length &+= UInt64(bytes.count)
    }

    mutating func add(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    mutating func finish() -> UInt64 {
        add(length << 56)
        v2 ^= 0xFF
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    mutating func finish128() -> (UInt64, UInt64) {
        add(length << 56)
        v2 ^= 0xEE
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xDD
        for _ in 0..<4 { round() }
        return (first, v0 ^ v1 ^ v2 ^ v3)
    }

    private mutating func round() {
        v0 &+= v1
        v1 = v1 << 13 | v1 >> 51
        v1 ^= v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = v3 << 16 | v3 >> 48
        v3 ^= v2
        v0 &+= v3
        v3 = v3 << 21 | v3 >> 43
        v3 ^= v0
        v2 &+= v1
        v1 = v1 << 17 | v1 >> 47
        v1 ^= v2
        v2 = v2 << 32 | v2 >> 32
    }
}
