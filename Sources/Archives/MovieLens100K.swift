public import Events

/// The rows of MovieLens' ml-100k data set (GroupLens, its README) as events.
///
/// `u.item` becomes `title.added`, `u.user` becomes `supplement.demographic`, `u.data` becomes `rating.given`. Ids are made
/// from the rows' own keys, so that the same data set gives the same events again.
public enum MovieLens100K {
    /// A file of the data set.
    public enum File: CaseIterable, Sendable {
        case titles
        case users
        case ratings

        /// The file's name in the data set's folder.
        public var name: StaticString {
            switch self {
            case .titles: "u.item"
            case .users: "u.user"
            case .ratings: "u.data"
            }
        }
    }

    /// What is wrong with a row.
    public struct RowError: Error, Equatable, Sendable {
        /// The column, from 1; 0 where their number is wrong.
        public let column: Int
        public let expected: StaticText

        init(_ column: Int, _ expected: StaticString) {
            self.column = column
            self.expected = StaticText(expected)
        }
    }

    private static let source = "movielens/ml-100k"
    private static let genres: [StaticString] = [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama",
        "Fantasy",
        "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ]

    /// Appends the event of one row, given without its line feed; an empty row gives none.
    public static func append(
        _ row: UnsafeRawBufferPointer, of file: File, to writer: inout EventWriter
    ) throws(RowError) {
        var row = row
        if row.last == UInt8(ascii: "\r") { row = UnsafeRawBufferPointer(rebasing: row.dropLast()) }
        if row.isEmpty { return }
        switch file {
        case .titles: try appendTitle(Row(row, separator: UInt8(ascii: "|"), columns: 24), to: &writer)
        case .users: try appendUser(Row(row, separator: UInt8(ascii: "|"), columns: 5), to: &writer)
        case .ratings: try appendRating(Row(row, separator: UInt8(ascii: "\t"), columns: 4), to: &writer)
        }
    }

    private static func appendRating(_ row: Row, to writer: inout EventWriter) throws(RowError) {
        let user = try row.digits(1)
        let title = try row.digits(2)
        _ = try row.digits(3)
        guard let seconds = row.integer(4), seconds < 253_402_300_800 else {
            throw RowError(4, "seconds since 1970")
        }
        begin(
            "rating.given", id: "rating/\(user)/\(title)/\(seconds)", subject: "movielens:\(user)",
            time: Timestamp.text(ofSeconds: seconds), &writer)
        writer.string("title_id", Array(title.utf8))
        writer.number("rating", text: row[3])
        writer.string("scale", "stars")
        writer.end()
    }

    private static func appendUser(_ row: Row, to writer: inout EventWriter) throws(RowError) {
        let user = try row.digits(1)
        _ = try row.digits(2)
        begin("supplement.demographic", id: "user/\(user)", subject: "movielens:\(user)", time: nil, &writer)
        writer.string("provider", "MovieLens")
        writer.number("age", text: row[2])
        writer.string("gender", row[3])
        writer.string("occupation", row[4])
        writer.string("postal_code", row[5])
        writer.end()
    }

    private static func appendTitle(_ row: Row, to writer: inout EventWriter) throws(RowError) {
        let title = try row.digits(1)
        let released = try row.day(3)
        begin("title.added", id: "title/\(title)", subject: nil, time: nil, &writer)
        writer.string("title_id", Array(title.utf8))
        writer.string("title", Latin1.utf8(row[2]))
        if let released { writer.string("released", released) }
        if !row[5].isEmpty { writer.string("url", Latin1.utf8(row[5])) }
        writer.beginArray("genres")
        for (index, genre) in genres.enumerated() where row[6 + index].first == UInt8(ascii: "1") {
            writer.element(genre)
        }
        writer.endArray()
        writer.end()
    }

    private static func begin(
        _ type: String, id: String, subject: String?, time: String?, _ writer: inout EventWriter
    ) {
        writer.begin(type: type, source: source, id: id, subject: subject, time: time)
    }
}

/// A row cut at its separators; columns count from 1.
private struct Row {
    private let text: UnsafeRawBufferPointer
    private var ends: [Int] = []

    init(_ text: UnsafeRawBufferPointer, separator: UInt8, columns: Int) throws(MovieLens100K.RowError) {
        self.text = text
        for (index, byte) in text.enumerated() where byte == separator { ends.append(index) }
        ends.append(text.count)
        if ends.count != columns { throw MovieLens100K.RowError(0, "the layout of ml-100k") }
    }

    subscript(column: Int) -> UnsafeRawBufferPointer {
        let start = column == 1 ? 0 : ends[column - 2] + 1
        return UnsafeRawBufferPointer(rebasing: text[start..<ends[column - 1]])
    }

    /// A whole number as it stands there, without leading zeros.
    func digits(_ column: Int) throws(MovieLens100K.RowError) -> String {
        let field = self[column]
        guard integer(column) != nil, field.count == 1 || field.first != UInt8(ascii: "0") else {
            throw MovieLens100K.RowError(column, "a whole number")
        }
        return String(decoding: field, as: UTF8.self)
    }

    func integer(_ column: Int) -> Int64? {
        let field = self[column]
        guard (1...15).contains(field.count) else { return nil }
        var value: Int64 = 0
        for byte in field {
            guard byte &- UInt8(ascii: "0") <= 9 else { return nil }
            value = value * 10 + Int64(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    /// `01-Jan-1995` or `1-Jan-1995` as `1995-01-01`; nil where nothing stands there.
    func day(_ column: Int) throws(MovieLens100K.RowError) -> [UInt8]? {
        let parts = self[column].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if parts.count == 1, parts[0].isEmpty { return nil }
        let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        let isDigit = { (byte: UInt8) in byte &- UInt8(ascii: "0") <= 9 }
        if parts.count == 3, (1...2).contains(parts[0].count), parts[2].count == 4, parts[0].allSatisfy(isDigit),
            parts[2].allSatisfy(isDigit)
        {
            for month in 1...12 {
                let name = UnsafeBufferPointer(start: months.utf8Start + (month - 1) * 3, count: 3)
                guard name.elementsEqual(parts[1]) else { continue }
                let day = (parts[0].count == 1 ? [UInt8(ascii: "0")] : []) + Array(parts[0])
                return Array(parts[2]) + Array((month < 10 ? "-0\(month)-" : "-\(month)-").utf8) + day
            }
        }
        throw MovieLens100K.RowError(column, "a day such as 01-Jan-1995")
    }
}

/// ISO 8859-1: each byte is the code point of its value.
enum Latin1 {
    static func utf8(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        for byte in text {
            if byte < 0x80 {
                output.append(byte)
            } else {
                output.append(0xC0 | byte >> 6)
                output.append(0x80 | byte & 0x3F)
            }
        }
        return output
    }
}
