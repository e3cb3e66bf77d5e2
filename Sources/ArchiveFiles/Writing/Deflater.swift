internal import CZlib
public import Events

/// Packs bytes that come piece by piece (deflate, RFC 1951), through zlib. Used by one thread at a time.
public final class Deflater {
    /// The quickest: what a report repeats is found by it as well.
    private static let level: Int32 = 1
    private static let outputBytes = 64 << 10

    /// Of the bytes before they were packed.
    public private(set) var crc: UInt32 = 0
    /// How many bytes were packed.
    public private(set) var count = 0

    /// At a place of its own, for zlib remembers where it is.
    private let stream: UnsafeMutablePointer<z_stream>

    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream, Self.level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
            Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "zlib has no memory")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Packs bytes, fewer than 4 GiB, and appends what has become of them and of those before.
    public func add(_ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        crc = UInt32(truncatingIfNeeded: crc32(UInt(crc), start, UInt32(bytes.count)))
        count += bytes.count
        run(bytes, Z_NO_FLUSH, into: &output)
    }

    /// Appends the end; nothing may be added afterwards.
    public func finish(into output: inout ByteBuffer) {
        run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, into: &output)
    }

    private func run(_ bytes: UnsafeRawBufferPointer, _ flush: Int32, into output: inout ByteBuffer) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            output.append(upTo: Self.outputBytes) { space in
                stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(space.count)
                deflate(stream, flush)
                return space.count - Int(stream.pointee.avail_out)
            }
        } while stream.pointee.avail_out == 0
    }
}
