internal import CXXHash
internal import Glibc

/// Named stretches of bytes in one file, each at a multiple of 64.
///
/// A file has a header of 64 bytes: a magic of 8, the format's number, the number of sections, the file's size and the hash (XXH3,
/// 64 bits) of all that follows the header; then the table of sections, with 16 bytes for a name, the section's offset and its
/// length; then the sections. Numbers are of 8 bytes, the lowest first.
enum ModelSections {
    static let format: UInt64 = 2
    private static let magic = Array("VHMODEL\n".utf8)
    private static let headerSize = 64
    private static let alignment = 64
    private static let entrySize = 32
    private static let mostSections: UInt64 = 64

    /// Writes a file beside `path`, and puts it there when it is whole and on the disk.
    static func write(_ sections: [(name: String, bytes: UnsafeRawBufferPointer)], to path: String)
        throws(ModelFileError)
    {
        let file = try PartialFile(for: path)
        var offset = aligned(headerSize + sections.count * entrySize)
        var table: [UInt8] = []
        for section in sections {
            var name = Array(section.name.utf8.prefix(16))
            name += [UInt8](repeating: 0, count: 16 - name.count)
            table += name + bytes(of: UInt64(offset)) + bytes(of: UInt64(section.bytes.count))
            offset = aligned(offset + section.bytes.count)
        }
        let state = XXH3_createState()
        defer { XXH3_freeState(state) }
        XXH3_64bits_reset(state)
        var position = headerSize
        func put(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
            XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
            try file.write(bytes, at: position)
            position += bytes.count
        }
        func pad() throws(ModelFileError) {
            let padding = [UInt8](repeating: 0, count: aligned(position) - position)
            try padding.span.withUnsafeBytes { bytes throws(ModelFileError) in try put(bytes) }
        }
        try table.span.withUnsafeBytes { bytes throws(ModelFileError) in try put(bytes) }
        try pad()
        for section in sections {
            try put(section.bytes)
            try pad()
        }
        var header = magic + bytes(of: format) + bytes(of: UInt64(sections.count)) + bytes(of: UInt64(position))
        header += bytes(of: XXH3_64bits_digest(state))
        header += [UInt8](repeating: 0, count: headerSize - header.count)
        try header.span.withUnsafeBytes { bytes throws(ModelFileError) in try file.write(bytes, at: 0) }
        try file.finish()
    }

    /// The sections of a file, by name. Checks all of it.
    static func read(_ file: MappedFile, path: String) throws(ModelFileError) -> [String: UnsafeRawBufferPointer] {
        let bytes = file.bytes
        guard bytes.count >= headerSize, bytes.prefix(magic.count).elementsEqual(magic) else {
            throw .damaged(path: path, reason: "it does not begin as one")
        }
        if number(in: bytes, at: 8) != format { throw .otherFormat(path: path) }
        let count = number(in: bytes, at: 16)
        guard count <= mostSections, number(in: bytes, at: 24) == UInt64(bytes.count),
            headerSize + Int(count) * entrySize <= bytes.count
        else { throw .damaged(path: path, reason: "it has \(bytes.count) bytes, and its header says otherwise") }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[headerSize...])
        guard XXH3_64bits(rest.baseAddress, rest.count) == number(in: bytes, at: 32) else {
            throw .damaged(path: path, reason: "its checksum is another")
        }
        var sections: [String: UnsafeRawBufferPointer] = [:]
        for index in 0..<Int(count) {
            let entry = headerSize + index * entrySize
            let (offset, length) = (number(in: bytes, at: entry + 16), number(in: bytes, at: entry + 24))
            guard offset % UInt64(alignment) == 0, offset <= UInt64(bytes.count), length <= UInt64(bytes.count) - offset
            else { throw .damaged(path: path, reason: "a section lies outside") }
            let name = String(decoding: bytes[entry..<entry + 16].prefix { $0 != 0 }, as: UTF8.self)
            sections[name] = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset + length)])
        }
        return sections
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + alignment - 1) / alignment * alignment
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
