internal import CBridge

/// The sequences of keys that earlier events had, as a tree: events of one type mostly have the same keys in the same
/// order, so a key is compared with the one that followed the last time, and need not be scanned, checked for UTF-8,
/// searched for among its siblings and looked up in the schema.
///
/// A path from the top is a sequence of keys of the outer object (level 1) and of the objects that stand in it
/// (level 2). A key joins a path only once it is known to occur in its object for the first time, so a path never
/// names a key twice.
struct KeyShapes: ~Copyable {
    /// A key at its place in a path.
    struct Shape {
        /// The first 16 bytes of the key and its closing quote, and which of them count.
        var low: UInt64 = 0
        var high: UInt64 = 0
        var lowMask: UInt64 = 0
        var highMask: UInt64 = 0
        /// The rest, in `tails`.
        var tail: UInt32 = 0
        var length: UInt32 = 0
        /// The first key that has followed at level 1, and at level 2; 0 = none.
        var outer: UInt32 = 0
        var inner: UInt32 = 0
        /// Another key at the same place.
        var sibling: UInt32 = 0
        /// What the document found out about a key of the outer object; 0 = nothing yet.
        var note: UInt32 = 0
        /// Makes the size a power of two: a shift finds a shape.
        private let padding: UInt64 = 0

        /// Whether 16 bytes of which these are the first and the last eight begin with the key and its closing quote.
        @inline(__always)
        func matches(_ low: UInt64, _ high: UInt64) -> Bool {
            low & lowMask == self.low && high & highMask == self.high
        }
    }

    /// How many keys are remembered, and how many at one place. What comes after that is read the slower way.
    private static let most = 1024
    private static let mostSiblings = 40
    private static let headBytes = 16
    /// A power of two that the catalogue's types do not exceed.
    private static let mostTypes = 64

    private var shapes: UnsafeMutablePointer<Shape>
    /// What the document found out about a key of the data, for each shape and type; 0 = nothing yet. Events of several
    /// types may have the same keys.
    private var fieldNotes: UnsafeMutablePointer<UInt16>
    /// The same about all keys of an object, by its last key.
    private var objectNotes: UnsafeMutablePointer<UInt8>
    /// How many shapes there is room for; it grows, for most streams have few, and each plugin's state has its own.
    private var capacity = 32
    private var count = 1
    private var tails = ByteBuffer()

    init() {
        precondition(Catalogue.types.count <= Self.mostTypes, "there is no room for the notes of all types")
        shapes = Self.room(Shape(), from: nil, 0, capacity)
        fieldNotes = Self.room(0, from: nil, 0, capacity * Self.mostTypes)
        objectNotes = Self.room(0, from: nil, 0, capacity * Self.mostTypes)
    }

    deinit {
        shapes.deallocate()
        fieldNotes.deallocate()
        objectNotes.deallocate()
    }

    /// Room for `count` values, of which the first are those of a smaller room, which is given up.
    private static func room<T>(
        _ zero: T, from smaller: UnsafeMutablePointer<T>?, _ used: Int, _ count: Int
    ) -> UnsafeMutablePointer<T> {
        let room = UnsafeMutablePointer<T>.allocate(capacity: count)
        if let smaller {
            room.moveInitialize(from: smaller, count: used)
            smaller.deallocate()
        }
        (room + used).initialize(repeating: zero, count: count - used)
        return room
    }

    private mutating func grow() {
        let (used, larger) = (capacity * Self.mostTypes, capacity * 2 * Self.mostTypes)
        shapes = Self.room(Shape(), from: shapes, capacity, capacity * 2)
        fieldNotes = Self.room(0, from: fieldNotes, used, larger)
        objectNotes = Self.room(0, from: objectNotes, used, larger)
        capacity *= 2
    }

    @inline(__always)
    func length(of shape: UInt32) -> Int {
        Int(shapes[Int(shape)].length)
    }

    @inline(__always)
    func note(of shape: UInt32) -> UInt32 {
        shapes[Int(shape)].note
    }

    @inline(__always)
    func setNote(of shape: UInt32, _ note: UInt32) {
        shapes[Int(shape)].note = note
    }

    @inline(__always)
    func fieldNote(of shape: UInt32, inType type: Int) -> UInt16 {
        fieldNotes[Int(shape) &* Self.mostTypes &+ type]
    }

    func setFieldNote(of shape: UInt32, inType type: Int, _ note: UInt16) {
        fieldNotes[Int(shape) &* Self.mostTypes &+ type] = note
    }

    @inline(__always)
    func objectNote(of lastShape: UInt32, inType type: Int) -> UInt8 {
        objectNotes[Int(lastShape) &* Self.mostTypes &+ type]
    }

    func setObjectNote(of lastShape: UInt32, inType type: Int, _ note: UInt8) {
        objectNotes[Int(lastShape) &* Self.mostTypes &+ type] = note
    }

    /// The key of less than 16 bytes that follows `shape` and stands at `p`, where 16 bytes may be read; 0 where there is
    /// none.
    @inline(__always)
    func findPlain(after shape: UInt32, isInner: Bool, _ p: UnsafePointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawPointer(p)
        let low = raw.loadUnaligned(as: UInt64.self)
        let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        return find(after: shape, isInner: isInner, low, high) { $0.pointee.length < Self.headBytes }
    }

    /// The key that follows `shape` and stands at `p`, behind the opening quote; 0 where there is none yet.
    func find(after shape: UInt32, isInner: Bool, _ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UInt32 {
        let (low, high) = Self.head(p, count: end - p)
        return find(after: shape, isInner: isInner, low, high) {
            $0.pointee.length < Self.headBytes || hasTail($0.pointee, p, end)
        }
    }

    /// The key that follows `shape`, begins with these 16 bytes, and is the one that `isWhole` says.
    @inline(__always)
    private func find(
        after shape: UInt32, isInner: Bool, _ low: UInt64, _ high: UInt64,
        where isWhole: (UnsafeMutablePointer<Shape>) -> Bool
    ) -> UInt32 {
        var index = isInner ? shapes[Int(shape)].inner : shapes[Int(shape)].outer
        while index != 0 {
            let candidate = shapes + Int(index)
            if candidate.pointee.matches(low, high), isWhole(candidate) { return index }
            index = candidate.pointee.sibling
        }
        return 0
    }

    private func hasTail(_ shape: Shape, _ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
        let rest = Int(shape.length) + 1 - Self.headBytes
        return end - p >= Self.headBytes + rest
            && vh_equal_bytes(p + Self.headBytes, tails.base + Int(shape.tail), rest) != 0
    }

    /// Remembers the key of `length` bytes at `p`, whose closing quote follows, behind `shape`; 0 where there is no more
    /// room.
    mutating func add(after shape: UInt32, isInner: Bool, _ p: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        guard count < Self.most else { return 0 }
        var siblings = 0
        var last: UInt32 = 0
        var index = isInner ? shapes[Int(shape)].inner : shapes[Int(shape)].outer
        while index != 0 {
            siblings += 1
            last = index
            index = shapes[Int(index)].sibling
        }
        guard siblings < Self.mostSiblings else { return 0 }
        if count == capacity { grow() }
        let new = UInt32(count)
        count += 1
        let bytes = length + 1
        (shapes[Int(new)].low, shapes[Int(new)].high) = Self.head(p, count: bytes)
        (shapes[Int(new)].lowMask, shapes[Int(new)].highMask) = Self.mask(count: bytes)
        shapes[Int(new)].length = UInt32(length)
        if bytes > Self.headBytes {
            shapes[Int(new)].tail = UInt32(tails.count)
            tails.append(p + Self.headBytes, count: bytes - Self.headBytes)
        }
        if last != 0 {
            shapes[Int(last)].sibling = new
        } else if isInner {
            shapes[Int(shape)].inner = new
        } else {
            shapes[Int(shape)].outer = new
        }
        return new
    }

    /// Up to 16 bytes at `p`, those past `count` as zeros.
    private static func head(_ p: UnsafePointer<UInt8>, count: Int) -> (UInt64, UInt64) {
        var head: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &head) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: p, count: min(count, headBytes)))
        }
        return head
    }

    private static func mask(count: Int) -> (UInt64, UInt64) {
        var mask: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &mask) { bytes in
            for index in 0..<min(count, headBytes) { bytes[index] = 0xFF }
        }
        return mask
    }
}
