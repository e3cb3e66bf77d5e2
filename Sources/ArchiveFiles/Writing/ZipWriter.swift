internal import Events

/// What stands in a zip around files that are packed already (PKWARE's APPNOTE 6.3, with its Zip64 for what is large).
///
/// ```swift
/// var zip = ZipWriter(time: now)
/// write(zip.begin(entry)); write(packed)
/// write(zip.end())
/// ```
public struct ZipWriter {
    /// A file that a ``Deflater`` has packed.
    public struct Entry: Sendable {
        public let name: String
        public let crc: UInt32
        public let size: Int
        public let packedSize: Int

        public init(name: String, crc: UInt32, size: Int, packedSize: Int) {
            self.name = name
            self.crc = crc
            self.size = size
            self.packedSize = packedSize
        }
    }

    /// Names are UTF-8.
    private static let flags: UInt16 = 1 << 11
    private static let deflated: UInt16 = 8
    private static let plainVersion: UInt16 = 20
    private static let largeVersion: UInt16 = 45
    /// Made on Unix.
    private static let maker: UInt16 = 3 << 8 | 45
    /// A file that its owner may read and write.
    private static let attributes: UInt32 = 0o100_600 << 16

    private let stamp: (time: UInt16, date: UInt16)
    /// Numbers from this on are written as Zip64's.
    private let limit: Int
    private var entries: [(entry: Entry, offset: Int)] = []
    private var offset = 0

    /// `time` is that of all files, in seconds since 1970.
    public init(time: Int64) {
        self.init(time: time, limit: 0xFFFF_FFFF)
    }

    package init(time: Int64, limit: Int) {
        self.limit = limit
        // The calendar of DOS begins in 1980 and has 7 bits for years.
        let text = Timestamp.text(ofSeconds: min(max(time, 315_532_800), 4_354_819_199)).map { UInt16($0) &- 48 }
        func number(_ place: Int) -> UInt16 { text[place] * 10 + text[place + 1] }
        let year = number(0) * 100 + number(2) - 1980
        stamp = (number(11) << 11 | number(14) << 5 | number(17) / 2, year << 9 | number(5) << 5 | number(8))
    }

    /// What stands before a file, whose packed bytes follow.
    public mutating func begin(_ entry: Entry) -> [UInt8] {
        entries.append((entry, offset))
        let isLarge = isLarge(entry)
        var bytes: [UInt8] = []
        bytes.append(little: 0x0403_4B50 as UInt32)
        bytes.append(little: isLarge ? Self.largeVersion : Self.plainVersion)
        appendCommon(entry, isLarge, to: &bytes)
        bytes.append(little: UInt16(isLarge ? 20 : 0))
        bytes += Array(entry.name.utf8)
        if isLarge { appendLarge([entry.size, entry.packedSize], to: &bytes) }
        offset += bytes.count + entry.packedSize
        return bytes
    }

    /// What stands behind the last file.
    public func end() -> [UInt8] {
        var bytes: [UInt8] = []
        for (entry, offset) in entries { appendDirectory(entry, offset, to: &bytes) }
        let size = bytes.count
        let isLarge = entries.count >= 0xFFFF || size >= limit || offset >= limit
        if isLarge { appendLargeEnd(size, to: &bytes) }
        bytes.append(little: 0x0605_4B50 as UInt32)
        bytes.append(little: 0 as UInt32)
        let count = UInt16(isLarge ? 0xFFFF : entries.count)
        bytes.append(little: count)
        bytes.append(little: count)
        bytes.append(little: UInt32(isLarge ? 0xFFFF_FFFF : size))
        bytes.append(little: UInt32(isLarge ? 0xFFFF_FFFF : offset))
        bytes.append(little: 0 as UInt16)
        return bytes
    }

    private func isLarge(_ entry: Entry) -> Bool {
        max(entry.size, entry.packedSize) >= limit
    }

    /// What both headers of a file have, up to the length of its name.
    private func appendCommon(_ entry: Entry, _ isLarge: Bool, to bytes: inout [UInt8]) {
        bytes.append(little: Self.flags)
        bytes.append(little: Self.deflated)
        bytes.append(little: stamp.time)
        bytes.append(little: stamp.date)
        bytes.append(little: entry.crc)
        bytes.append(little: UInt32(isLarge ? 0xFFFF_FFFF : entry.packedSize))
        bytes.append(little: UInt32(isLarge ? 0xFFFF_FFFF : entry.size))
        bytes.append(little: UInt16(entry.name.utf8.count))
    }

    private func appendDirectory(_ entry: Entry, _ offset: Int, to bytes: inout [UInt8]) {
        let isLarge = isLarge(entry) || offset >= limit
        bytes.append(little: 0x0201_4B50 as UInt32)
        bytes.append(little: Self.maker)
        bytes.append(little: isLarge ? Self.largeVersion : Self.plainVersion)
        appendCommon(entry, isLarge, to: &bytes)
        bytes.append(little: UInt16(isLarge ? 28 : 0))
        // No comment, no other disk, no attributes of the contents.
        bytes += [0, 0, 0, 0, 0, 0]
        bytes.append(little: Self.attributes)
        bytes.append(little: UInt32(isLarge ? 0xFFFF_FFFF : offset))
        bytes += Array(entry.name.utf8)
        if isLarge { appendLarge([entry.size, entry.packedSize, offset], to: &bytes) }
    }

    /// Zip64's field with the numbers for which there is no room elsewhere.
    private func appendLarge(_ numbers: [Int], to bytes: inout [UInt8]) {
        bytes.append(little: 1 as UInt16)
        bytes.append(little: UInt16(numbers.count * 8))
        for number in numbers { bytes.append(little: UInt64(number)) }
    }

    private func appendLargeEnd(_ size: Int, to bytes: inout [UInt8]) {
        bytes.append(little: 0x0606_4B50 as UInt32)
        bytes.append(little: 44 as UInt64)
        bytes.append(little: Self.maker)
        bytes.append(little: Self.largeVersion)
        bytes.append(little: 0 as UInt64)
        bytes.append(little: UInt64(entries.count))
        bytes.append(little: UInt64(entries.count))
        bytes.append(little: UInt64(size))
        bytes.append(little: UInt64(offset))
        // Where that record is.
        bytes.append(little: 0x0706_4B50 as UInt32)
        bytes.append(little: 0 as UInt32)
        bytes.append(little: UInt64(offset + size))
        bytes.append(little: 1 as UInt32)
    }
}

extension [UInt8] {
    fileprivate mutating func append(little number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
