internal import Events

/// How a table of text is laid out.
public struct TableFormat: Sendable {
    /// What stands between two fields: one byte, or the same byte twice.
    let separator: UInt8
    let isDoubled: Bool
    /// Whether fields may be quoted, as RFC 4180 has it.
    let isQuoted: Bool
    /// Whether bytes are ISO 8859-1 rather than UTF-8.
    let isLatin1: Bool

    /// RFC 4180.
    static let csv = TableFormat(separator: UInt8(ascii: ","), isDoubled: false, isQuoted: true, isLatin1: false)
}

/// One row: its fields, unquoted and in UTF-8, and where it began. Reused from row to row.
public struct TableRow: Sendable {
    /// Line of the file on which the row begins, from 1.
    var line = 1
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    var isBlank: Bool { bytes.isEmpty && ends.count == 1 }

    subscript(index: Int) -> Cell {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: UnsafeRawBufferPointer, isLatin1: Bool) {
        guard isLatin1 else { return bytes.append(contentsOf: text) }
        // ISO 8859-1: each byte is the code point of its value.
        for byte in text {
            if byte < 0x80 {
                bytes.append(byte)
            } else {
                bytes.append(0xC0 | byte >> 6)
                bytes.append(0x80 | byte & 0x3F)
            }
        }
    }

    mutating func endField() {
        ends.append(bytes.count)
    }
}

/// Why a file cannot be read as a table from some place on.
struct TableError: Error {
    /// From 1; the column counts bytes.
    let line: Int
    let column: Int
    let message: StaticString
}

/// Cuts a file into rows. Quoted fields may hold line feeds; rows end with LF or CRLF; a byte order mark is skipped.
struct TableReader {
    private let format: TableFormat
    /// Line at which the next row begins, from 1.
    private(set) var line = 1
    private var isAtStart = true

    init(_ format: TableFormat) {
        self.format = format
    }

    /// Reads the row at `position` of `bytes` and moves it past it. False where the row does not end in `bytes` and more
    /// is to come, and at the end. Rows without anything in them are passed over.
    mutating func next(
        in bytes: UnsafeRawBufferPointer, at position: inout Int, isLast: Bool, into row: inout TableRow
    ) throws(TableError) -> Bool {
        if isAtStart { try skipMark(bytes, &position, isLast) }
        while position < bytes.count {
            row.removeAll()
            row.line = line
            var end = position
            var feeds = 0
            guard try cut(bytes, &end, &feeds, isLast, into: &row) else {
                if end - position > JSONLimits.bytes { throw tooLong }
                return false
            }
            position = end
            line += feeds
            if !row.isBlank { return true }
        }
        return false
    }

    private mutating func skipMark(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ isLast: Bool
    ) throws(TableError) {
        guard bytes.count >= 3 || isLast else { return }
        isAtStart = false
        if bytes.count >= 2, bytes[0] ^ bytes[1] == 1, bytes[0] >= 0xFE {
            throw TableError(line: 1, column: 1, message: "the file is in UTF-16; save it as UTF-8")
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position += 3 }
    }

    /// Appends the fields from `p` up to the end of the row; false where the row goes on past what is there.
    private func cut(
        _ bytes: UnsafeRawBufferPointer, _ p: inout Int, _ feeds: inout Int, _ isLast: Bool, into row: inout TableRow
    ) throws(TableError) -> Bool {
        let rowStart = p
        while true {
            if format.isQuoted, p < bytes.count, bytes[p] == UInt8(ascii: "\"") {
                let isEnded = try cutQuoted(bytes, &p, &feeds, isLast, rowStart, into: &row)
                if !isEnded { return false }
            }
            let start = p
            while p < bytes.count, bytes[p] != UInt8(ascii: "\n"), !isSeparator(bytes, p) { p += 1 }
            if p == bytes.count, !isLast { return false }
            let isEnd = p == bytes.count || bytes[p] == UInt8(ascii: "\n")
            var end = p
            if isEnd, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            row.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), isLatin1: format.isLatin1)
            row.endField()
            if isEnd {
                if p < bytes.count {
                    p += 1
                    feeds += 1
                }
                return true
            }
            p += format.isDoubled ? 2 : 1
        }
    }

    private func isSeparator(_ bytes: UnsafeRawBufferPointer, _ p: Int) -> Bool {
        bytes[p] == format.separator
            && (!format.isDoubled || p + 1 < bytes.count && bytes[p + 1] == format.separator)
    }

    private func cutQuoted(
        _ bytes: UnsafeRawBufferPointer, _ p: inout Int, _ feeds: inout Int, _ isLast: Bool, _ rowStart: Int,
        into row: inout TableRow
    ) throws(TableError) -> Bool {
        let openedOn = (line: line + feeds, column: p - rowStart + 1)
        p += 1
        var start = p
        while p < bytes.count {
            if bytes[p] == UInt8(ascii: "\n") { feeds += 1 }
            guard bytes[p] == UInt8(ascii: "\"") else {
                p += 1
                continue
            }
            if p + 1 == bytes.count, !isLast { return false }
            row.append(UnsafeRawBufferPointer(rebasing: bytes[start..<p]), isLatin1: format.isLatin1)
            p += 1
            guard p < bytes.count, bytes[p] == UInt8(ascii: "\"") else { return true }
            start = p
            p += 1
        }
        guard isLast else { return false }
        throw TableError(
            line: openedOn.line, column: openedOn.column,
            message: "the quote that is opened here is never closed; the rows from here on are left out")
    }

    private var tooLong: TableError {
        TableError(
            line: line, column: 1,
            message:
                "a row of more than a megabyte is no row; is a quote not closed? The rows from here on are left out")
    }
}
