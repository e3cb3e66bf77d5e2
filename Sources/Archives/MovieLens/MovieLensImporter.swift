internal import Events

/// Turns the rows of one file of a MovieLens data set (GroupLens; the README of each set) into events: titles, users,
/// ratings and tags. Ids are made from the rows' own keys, so that the same data set gives the same events again.
struct MovieLensImporter {
    enum File {
        case titles
        case users
        case ratings
        case tags
        case links
    }

    let layout: MovieLensLayout
    let file: File
    /// Where the header has the columns, by name; in the layouts without one, in their fixed order.
    private var columns: [Int]?

    /// Nil where the layout has no such file; `name` is in lower case.
    init?(_ layout: MovieLensLayout, file name: [UInt8]) {
        self.layout = layout
        guard let index = layout.files.firstIndex(where: { name[...].equals($0) }) else { return nil }
        switch layout {
        case .ml100k, .ml1m: file = [.titles, .users, .ratings][index]
        case .csv: file = [.titles, .ratings, .tags, .links][index]
        }
    }

    var format: TableFormat {
        switch layout {
        case .ml100k:
            let separator = file == .ratings ? UInt8(ascii: "\t") : UInt8(ascii: "|")
            return TableFormat(separator: separator, isDoubled: false, isQuoted: false, isLatin1: true)
        case .ml1m:
            return TableFormat(separator: UInt8(ascii: ":"), isDoubled: true, isQuoted: false, isLatin1: true)
        case .csv:
            return .csv
        }
    }

    /// Appends the event of a row; how many there are of it, which is none for the header.
    mutating func append(_ row: TableRow, to writer: inout EventWriter) throws(RowError) -> Int {
        if layout == .csv, columns == nil {
            columns = try header(row)
            return 0
        }
        let fields = MovieLensRow(row, columns)
        if fields.count < width { throw RowError("", "as wide as the layout of the data set wants it") }
        switch (file, layout) {
        case (.ratings, _): try appendRating(fields, to: &writer)
        case (.tags, _): try appendTag(fields, to: &writer)
        case (.links, _): try appendLinks(fields, to: &writer)
        case (.users, .ml1m): try appendUserByCode(fields, to: &writer)
        case (.users, _): try appendUser(fields, to: &writer)
        case (.titles, .ml100k): try appendTitleWithFlags(fields, to: &writer)
        case (.titles, _): try appendTitle(fields, to: &writer)
        }
        return 1
    }

    private var width: Int {
        switch (file, layout) {
        case (.titles, .ml100k): 24
        case (.users, _): 5
        case (.ratings, _), (.tags, _): 4
        case (.titles, _), (.links, _): 3
        }
    }

    private func header(_ row: TableRow) throws(RowError) -> [Int] {
        let names: [StaticString] =
            switch file {
            case .ratings: ["userid", "movieid", "rating", "timestamp"]
            case .tags: ["userid", "movieid", "tag", "timestamp"]
            case .links: ["movieid", "imdbid", "tmdbid"]
            case .titles, .users: ["movieid", "title", "genres"]
            }
        var columns: [Int] = []
        for name in names {
            guard let index = (0..<row.count).first(where: { row[$0].normalised[...].equals(name) }) else {
                throw RowError("'\(name)'", "in the header")
            }
            columns.append(index)
        }
        return columns
    }

    private func begin(
        _ type: String, id: String, user: String?, time: String?, _ writer: inout EventWriter
    ) {
        let source =
            switch layout {
            case .ml100k: "movielens/ml-100k"
            case .ml1m: "movielens/ml-1m"
            case .csv: "movielens/ml-latest"
            }
        writer.begin(type: type, source: source, id: id, subject: user.map { "movielens:" + $0 }, time: time)
    }
}

extension MovieLensImporter {
    private func appendRating(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let (user, title) = (try row.digits(1), try row.digits(2))
        guard let rating = row[3].number else { throw row.error(3, "a number") }
        let seconds = try row.seconds(4)
        begin(
            "rating.given", id: "rating/\(user)/\(title)/\(seconds)", user: user, time: time(seconds), &writer)
        writer.string("title_id", Array(title.utf8))
        rating.withUnsafeBytes { writer.number("rating", text: $0) }
        writer.string("scale", "stars")
        writer.end()
    }

    private func appendTag(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let (user, title) = (try row.digits(1), try row.digits(2))
        let seconds = try row.seconds(4)
        // One viewer gives many tags in the same second.
        var hash = RowHash()
        hash.add(column: "tag", row[3])
        let tag = String(decoding: hash.text, as: UTF8.self)
        begin("tag.given", id: "tag/\(user)/\(title)/\(seconds)/\(tag)", user: user, time: time(seconds), &writer)
        writer.string("title_id", Array(title.utf8))
        writer.string("tag", Array(row[3]))
        writer.end()
    }

    private func time(_ seconds: Int64) -> String {
        String(decoding: Timestamp.text(ofSeconds: seconds), as: UTF8.self)
    }

    private func appendLinks(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let title = try row.digits(1)
        begin("title.updated", id: "links/\(title)", user: nil, time: nil, &writer)
        writer.string("title_id", Array(title.utf8))
        if !row[2].isEmpty { writer.string("imdb_id", Array("tt".utf8) + row[2]) }
        if !row[3].isEmpty { writer.string("tmdb_id", Array(row[3])) }
        writer.end()
    }

    private func appendUser(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let user = try row.digits(1)
        let age = try row.digits(2)
        beginUser(user, &writer)
        Array(age.utf8).withUnsafeBytes { writer.number("age", text: $0) }
        writer.string("gender", Array(row[3]))
        writer.string("occupation", Array(row[4]))
        writer.string("postal_code", Array(row[5]))
        writer.end()
    }

    /// In ml-1m, ages and occupations are codes that its README explains.
    private func appendUserByCode(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let user = try row.digits(1)
        guard let age = row[3].wholeNumber, let range = MovieLensCodes.ages.first(where: { $0.0 == age })?.1 else {
            throw row.error(3, "a code of an age range: 1, 18, 25, 35, 45, 50 or 56")
        }
        guard let code = row[4].wholeNumber, code < MovieLensCodes.occupations.count else {
            throw row.error(4, "a code of an occupation, from 0 to 20")
        }
        beginUser(user, &writer)
        writer.string("age_range", range)
        writer.string("gender", Array(row[2]))
        writer.string("occupation", MovieLensCodes.occupations[code])
        writer.string("postal_code", Array(row[5]))
        writer.end()
    }

    private func beginUser(_ user: String, _ writer: inout EventWriter) {
        begin("supplement.demographic", id: "user/\(user)", user: user, time: nil, &writer)
        writer.string("provider", "MovieLens")
    }

    private func appendTitleWithFlags(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let title = try row.digits(1)
        let released = try row.day(3)
        beginTitle(title, row[2], &writer)
        if let released { writer.string("released", released) }
        if !row[5].isEmpty { writer.string("url", Array(row[5])) }
        writer.beginArray("genres")
        for (index, genre) in MovieLensCodes.genres.enumerated() where row[6 + index].first == UInt8(ascii: "1") {
            writer.element(genre)
        }
        writer.endArray()
        writer.end()
    }

    private func appendTitle(_ row: MovieLensRow, to writer: inout EventWriter) throws(RowError) {
        let title = try row.digits(1)
        let name = row[2].trimmed
        beginTitle(title, name, &writer)
        // `Toy Story (1995)`
        let year = name.suffix(6).dropFirst().dropLast()
        if name.count > 6, name.last == UInt8(ascii: ")"), year.count == 4, let number = year.wholeNumber {
            writer.number("year", number)
        }
        writer.beginArray("genres")
        for genre in row[3].split(separator: UInt8(ascii: "|")) where !genre.equals("(no genres listed)") {
            genre.withUnsafeBytes { writer.element($0) }
        }
        writer.endArray()
        writer.end()
    }

    private func beginTitle(_ title: String, _ name: Cell, _ writer: inout EventWriter) {
        begin("title.added", id: "title/\(title)", user: nil, time: nil, &writer)
        writer.string("title_id", Array(title.utf8))
        writer.string("title", Array(name))
    }
}
