/// Every event type that the host knows, with the data category of every field.
///
/// The validator, the plugins' grants, the access report and the documentation all read it. Types and fields that are
/// not in it are kept and classed as ``DataCategory/unclassified``.
public enum Catalogue {
    /// All types; a type's position is its index elsewhere.
    public static let types: [TypeSchema] =
        toldTypes + seenTypes + playbackTypes + supplementTypes + titleTypes + feedbackTypes + willTypes

    /// The position in ``types`` of the type with this name. Allocates nothing; constant time.
    public static func index(ofType name: UnsafeRawBufferPointer) -> Int? {
        TypeIndex.shared.position(of: name)
    }

    /// As ``index(ofType:)``, and sooner where the type is the one at `guess`.
    static func index(ofType name: UnsafeRawBufferPointer, guess: Int?) -> Int? {
        if let guess, TypeIndex.shared.isName(name, at: guess) { return guess }
        return TypeIndex.shared.position(of: name)
    }
}

/// Type names in a hash table of fixed size, for one look-up per event.
private struct TypeIndex: Sendable {
    static let shared = TypeIndex()

    private static let empty: UInt8 = 255
    private static let slotCount = 256
    private let slots: [UInt8]
    private let names: [StaticString]

    private init() {
        let names = Catalogue.types.map { $0.name }
        precondition(names.count < Self.slotCount / 2, "the table must stay sparse")
        var slots = [UInt8](repeating: Self.empty, count: Self.slotCount)
        for (position, name) in names.enumerated() {
            let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            var slot = Self.slot(of: bytes)
            while slots[slot] != Self.empty { slot = (slot &+ 1) & (Self.slotCount - 1) }
            slots[slot] = UInt8(position)
        }
        self.slots = slots
        self.names = names
    }

    func position(of name: UnsafeRawBufferPointer) -> Int? {
        guard name.count > 0 else { return nil }
        var slot = Self.slot(of: name)
        while true {
            let position = slots[slot]
            if position == Self.empty { return nil }
            if Bytes.equal(name, names[Int(position)]) { return Int(position) }
            slot = (slot &+ 1) & (Self.slotCount - 1)
        }
    }

    @inline(__always)
    func isName(_ name: UnsafeRawBufferPointer, at position: Int) -> Bool {
        Bytes.equal(name, names[position])
    }

    /// Mixes the length and four bytes that tell the catalogue's names apart.
    @inline(__always)
    private static func slot(of name: UnsafeRawBufferPointer) -> Int {
        let last = name.count &- 1
        var hash = UInt32(truncatingIfNeeded: name.count)
        hash = hash &* 31 &+ UInt32(name[0])
        hash = hash &* 31 &+ UInt32(name[last])
        hash = hash &* 31 &+ UInt32(name[last >> 1])
        hash = hash &* 31 &+ UInt32(name[last &- last >> 2])
        return Int((hash &* 0x9E37_79B1) >> 24)
    }
}
