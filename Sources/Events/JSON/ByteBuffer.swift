internal import CBridge

/// Growing bytes at a stable place between appends; used where `[UInt8]` would check and copy too much.
public struct ByteBuffer: ~Copyable {
    public private(set) var base: UnsafeMutablePointer<UInt8>
    public private(set) var count = 0
    private var capacity = 1024

    public init() {
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deallocate()
    }

    /// All bytes. Valid until the next append.
    public var rawBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    public mutating func removeAll() {
        count = 0
    }

    /// Makes room for so many bytes.
    public mutating func reserveCapacity(_ needed: Int) {
        if needed > capacity { grow(to: needed) }
    }

    @inline(__always)
    public mutating func append(_ byte: UInt8) {
        if count == capacity { reserve(count + 1) }
        base[count] = byte
        count &+= 1
    }

    @inline(__always)
    public mutating func append(_ bytes: UnsafePointer<UInt8>, count length: Int) {
        if count &+ length > capacity { reserve(count + length) }
        vh_copy_bytes(base + count, bytes, length)
        count &+= length
    }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        append(start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    }

    /// Appends what stands between `start` and `end`.
    mutating func append(copyOf start: Int, to end: Int) {
        if count + (end - start) > capacity { reserve(count + (end - start)) }
        vh_copy_bytes(base + count, base + start, end - start)
        count += end - start
    }

    public mutating func append(_ text: StaticString) {
        append(text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// Lets `fill` write up to `length` bytes at the end; it says how many it wrote.
    @discardableResult
    public mutating func append(upTo length: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        if count + length > capacity { reserve(count + length) }
        let written = fill(UnsafeMutableRawBufferPointer(start: base + count, count: length))
        count += written
        return written
    }

    public mutating func removeFirst(_ length: Int) {
        vh_move_bytes(base, base + length, count - length)
        count -= length
    }

    public mutating func removeLast(_ length: Int) {
        count -= length
    }

    /// The offset of the first line feed at or after `start`; the buffer's end where there is none.
    public func lineEnd(from start: Int) -> Int {
        guard let feed = vh_find_byte(base + start, UInt8(ascii: "\n"), count - start) else { return count }
        return UnsafePointer(base).distance(to: feed)
    }

    @inline(never)
    private mutating func reserve(_ needed: Int) {
        var larger = capacity
        while larger < needed { larger *= 2 }
        grow(to: larger)
    }

    private mutating func grow(to larger: Int) {
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        vh_expect_use(moved, larger)
        vh_copy_bytes(moved, base, count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}
