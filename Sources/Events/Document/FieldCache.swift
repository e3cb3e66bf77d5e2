internal import CBridge

/// Where fields stand in the objects of earlier events: a plugin asks for the same names again and again, and most
/// objects have the same keys in the same order as one before (``KeyShapes``).
///
/// An object is told by the shape of its last key, which stands for all of its keys. A field that is found is checked
/// by its own shape, and one that is not there by the name, so an entry that another one has pushed out is no harm.
struct FieldCache: ~Copyable {
    /// Names of more bytes are looked up the slower way.
    private static let nameBytes = 24
    /// A power of two.
    private static let slotCount = 256

    private struct Entry {
        /// The shape of the object's last key; 0 = an empty entry.
        var object: UInt32 = 0
        /// The shape of the field's key; 0 = the object has no such field.
        var field: UInt32 = 0
        /// How many nodes behind the object's first child the field stands.
        var distance: UInt32 = 0
        var length: UInt32 = 0
        var name = InlineArray<24, UInt8>(repeating: 0)
    }

    enum Answer {
        case absent
        case at(UInt32)
        case unknown
    }

    private let entries: UnsafeMutablePointer<Entry>

    init() {
        entries = .allocate(capacity: Self.slotCount)
        entries.initialize(repeating: Entry(), count: Self.slotCount)
    }

    deinit {
        entries.deallocate()
    }

    /// The place of the field `name` of the object whose first and last child are given.
    @inline(__always)
    func find(
        _ name: UnsafePointer<UInt8>, _ length: Int, first: UInt32, last: UInt32, _ nodes: UnsafeMutablePointer<vh_node>
    ) -> Answer {
        let object = nodes[Int(last)].shape
        let entry = entries + Self.slot(of: name, object)
        guard object != 0, entry.pointee.object == object, Int(entry.pointee.length) == length,
            Self.withName(of: entry, { vh_equal_bytes($0, name, length) != 0 })
        else { return .unknown }
        if entry.pointee.field == 0 { return .absent }
        let place = first &+ entry.pointee.distance
        return place <= last && nodes[Int(place)].shape == entry.pointee.field ? .at(place) : .unknown
    }

    /// Remembers what a search found: `place`, or 0 where there is no such field.
    func note(
        _ name: UnsafePointer<UInt8>, _ length: Int, at place: UInt32, first: UInt32, last: UInt32,
        _ nodes: UnsafeMutablePointer<vh_node>
    ) {
        let object = nodes[Int(last)].shape
        let field = nodes[Int(place)].shape
        if object == 0 || length > Self.nameBytes || place != 0 && field == 0 { return }
        let entry = entries + Self.slot(of: name, object)
        entry.pointee.object = object
        entry.pointee.field = field
        entry.pointee.distance = place == 0 ? 0 : place - first
        entry.pointee.length = UInt32(length)
        Self.withName(of: entry) { $0.update(from: name, count: length) }
    }

    /// A name that comes from Lua stays at its address as long as the plugin's code has it.
    @inline(__always)
    private static func slot(of name: UnsafePointer<UInt8>, _ object: UInt32) -> Int {
        (Int(bitPattern: name) >> 4 ^ Int(object) &* 61) & (slotCount - 1)
    }

    @inline(__always)
    private static func withName<R>(
        of entry: UnsafeMutablePointer<Entry>, _ body: (UnsafeMutablePointer<UInt8>) -> R
    ) -> R {
        withUnsafeMutablePointer(to: &entry.pointee.name) {
            body(UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self))
        }
    }
}
