internal import ArchiveFiles
internal import Events
internal import Glibc

/// A file of a report where it lies: as it is, or packed for a zip. Used by one thread at a time.
final class PackedFile {
    let name: String
    let descriptor: Int32
    /// Bytes that were written, and how many there are of them where they lie.
    private(set) var count = 0
    private(set) var packedCount = 0
    /// The SHA-256 of what was written, as hexadecimal digits; empty before the end.
    private(set) var digest = ""

    private let path: String
    private let hash = FileDigest()
    private let deflater: Deflater?
    private var packed = ByteBuffer()

    /// `path` is what a message calls the report.
    init(_ name: String, _ descriptor: Int32, isPacked: Bool, path: String) {
        self.name = name
        self.descriptor = descriptor
        self.path = path
        deflater = isPacked ? Deflater() : nil
    }

    deinit {
        close(descriptor)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(HostError) {
        hash.add(bytes)
        count += bytes.count
        guard let deflater else { return try put(bytes) }
        deflater.add(bytes, into: &packed)
        try putPacked()
    }

    /// Ends the file.
    func finish() throws(HostError) {
        digest = hash.finish()
        deflater?.finish(into: &packed)
        try putPacked()
    }

    /// What a zip says of the file.
    var entry: ZipWriter.Entry {
        ZipWriter.Entry(name: name, crc: deflater?.crc ?? 0, size: count, packedSize: packedCount)
    }

    private func putPacked() throws(HostError) {
        try put(packed.rawBytes)
        packed.removeAll()
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws(HostError) {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        try writeAll(start, bytes.count, to: descriptor, path: path)
        packedCount += bytes.count
    }
}
