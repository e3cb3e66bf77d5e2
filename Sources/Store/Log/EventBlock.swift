internal import Events

/// Some events of the log that lie together in one row: SQLite's work for a row is more than for copying an event.
///
/// The events have the places `first`, `first + 1` and so on. `ends` has where each one's body ends in `bodies`, without
/// the line feed that follows it, as 32-bit little-endian numbers. A place where no event lies has a body of no bytes
/// and no line feed. `viewers` has the number of each event's viewer, 64 bits each, 0 where there is none. Bodies of events that
/// have a viewer are sealed with the viewer's key; `nonce` is the first one's, from which the others' are counted.
struct EventBlock: ~Copyable {
    /// A block is full once its bodies have so many bytes. A larger one takes longer to read for one event.
    static let fullBytes = 32 << 10

    private(set) var first: Int64 = 0
    /// How many events there are, empty places not counted.
    private(set) var count = 0
    private(set) var ends = ByteBuffer()
    private(set) var bodies = ByteBuffer()
    private(set) var viewers = ByteBuffer()
    private(set) var nonce = Nonce.random()
    private var isBegun = false

    var isEmpty: Bool { count == 0 }
    var isFull: Bool { bodies.count >= Self.fullBytes }

    init() {}

    /// One that begins at a place where an event may be missing.
    init(first: Int64, nonce: Nonce) {
        self.first = first
        self.nonce = nonce
        isBegun = true
    }

    /// Adds an event, sealed with its viewer's key where it has a viewer. `position` rises from call to call.
    mutating func append(
        _ text: UnsafeRawBufferPointer, at position: Int64, viewer: Int64, _ key: SecretKey?, _ cipher: Cipher
    ) {
        append(at: position, viewer: viewer) { bodies, nonce in
            if let key {
                cipher.seal(text, key, nonce, .event(position), into: &bodies)
            } else {
                bodies.append(text)
            }
        }
    }

    /// Adds an event of a series whose nonces begin at the place `base`: as it is where it has no viewer, or sealed already.
    mutating func append(
        _ body: UnsafeRawBufferPointer, at position: Int64, viewer: Int64, _ series: Nonce, from base: Int64
    ) {
        if !isBegun { nonce = series[Int(position - base)] }
        append(at: position, viewer: viewer) { bodies, _ in bodies.append(body) }
    }

    /// Adds an event, whose body `write` appends, with its nonce. `position` rises from call to call.
    mutating func append(at position: Int64, viewer: Int64, _ write: (inout ByteBuffer, Nonce) -> Void) {
        if !isBegun {
            first = position
            isBegun = true
        }
        fill(to: position)
        write(&bodies, nonce[ends.count / 4])
        appendEnd(bodies.count, viewer: viewer)
        bodies.append(UInt8(ascii: "\n"))
        count += 1
    }

    /// Leaves all places empty up to `end`.
    mutating func fill(to end: Int64) {
        while first + Int64(ends.count / 4) < end { appendEnd(bodies.count, viewer: 0) }
    }

    mutating func removeAll() {
        count = 0
        isBegun = false
        nonce = .random()
        ends.removeAll()
        bodies.removeAll()
        viewers.removeAll()
    }

    fileprivate mutating func appendEnd(_ end: Int, viewer: Int64) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: end).littleEndian) { ends.append($0) }
        withUnsafeBytes(of: viewer.littleEndian) { viewers.append($0) }
    }

    /// Calls `body` for each event of a stored block with its position, its viewer and its text; stops where it says false. False
    /// where the row is not what a block is.
    @discardableResult
    static func forEach(
        first: Int64, ends: UnsafeRawBufferPointer, bodies: UnsafeRawBufferPointer, viewers: UnsafeRawBufferPointer,
        _ body: (Int64, Int64, UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        guard viewers.count == ends.count * 2 else { return false }
        var start = 0
        for index in 0..<ends.count / 4 {
            let end = Int(UInt32(littleEndian: ends.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            if start == end { continue }
            // A line feed follows.
            guard start < end, end < bodies.count else { return false }
            let viewer = Int64(littleEndian: viewers.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
            let text = UnsafeRawBufferPointer(rebasing: bodies[start..<end])
            if try !body(first + Int64(index), viewer, text) { return true }
            start = end + 1
        }
        return true
    }
}
