/// What an archive is, told by its files' names and by their first bytes.
extension ArchiveKind {
    /// Whether ``recognise(paths:heads:)`` wants the first bytes of the file at `path`.
    public static func readsHead(ofFileAt path: String) -> Bool {
        ArchivePath(path).fileExtension[...].equals("csv")
    }

    /// The kind of an archive with files at `paths`; `heads` are their first bytes, where they are wanted. A history
    /// comes with an order of dates that says nothing. Nil for an archive that is not known.
    public static func recognise(paths: [String], heads: [[UInt8]]) -> ArchiveKind? {
        let names = paths.map { ArchivePath($0).name[...] }
        let rows = heads.map { HeadRows($0) }
        if zip(paths, rows).contains(where: { isNetflix($0, $1) }) { return .netflix }
        for layout in [MovieLensLayout.ml100k, .ml1m] {
            if layout.files.allSatisfy({ file in names.contains { $0.equals(file) } }) { return .movieLens(layout) }
        }
        if rows.contains(where: { $0.names("movieid") }) { return .movieLens(.csv) }
        return rows.contains { $0.isHistory } ? .netflixHistory(.yearMonthDay) : nil
    }

    /// Positions of the files that are read, in their order.
    public func files(of paths: [String], heads: [[UInt8]]) -> [Int] {
        let all = paths.map { ArchivePath($0) }
        switch self {
        case .netflix:
            return NetflixFile.all.flatMap { file in
                all.indices.filter { all[$0].letters[...].equals(file.name) && all[$0].isText }
            }
        case .movieLens(let layout):
            return layout.files.flatMap { file in all.indices.filter { all[$0].name[...].equals(file) } }
        case .netflixHistory:
            return all.indices.filter { HeadRows(heads[$0]).isHistory }
        }
    }

    /// Why a file that is not among the ``files(of:heads:)`` is not read.
    public static func reasonToSkip(fileAt path: String) -> String {
        ArchivePath(path).fileExtension[...].equals("pdf")
            ? "explanation for people" : "not a file that this kind of archive is known to have"
    }

    /// Why a table that begins with `head` may not be recognised, and what to do; nil where nothing is known.
    public static func flaw(ofTableWith head: [UInt8]) -> String? {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return "in UTF-16: save it as UTF-8" }
        let line = head.prefix { $0 != UInt8(ascii: "\n") }
        let isSplit = line.contains(UInt8(ascii: ";")) && !line.contains(UInt8(ascii: ","))
        return isSplit ? "with ';' between its columns: save it with ','" : nil
    }

    private static func isNetflix(_ path: String, _ rows: HeadRows) -> Bool {
        let name = ArchivePath(path).letters[...]
        guard let first = rows.first, let file = NetflixFile.all.first(where: { name.equals($0.name) }) else {
            return false
        }
        return !file.needed.isEmpty && NetflixHeader(first, of: file).missing(of: file) == nil
    }
}

extension ArchivePath {
    fileprivate var isText: Bool {
        fileExtension[...].equals("csv") || fileExtension[...].equals("txt")
    }
}

/// The first two rows of a file.
private struct HeadRows {
    private(set) var first: TableRow?
    private var second: TableRow?

    init(_ head: [UInt8]) {
        var reader = TableReader(.csv)
        var position = 0
        head.withUnsafeBytes { bytes in
            for index in 0..<2 {
                var row = TableRow()
                do throws(TableError) {
                    // A head that is shorter than it was asked for is the whole file.
                    let isLast = head.count < 4096
                    guard try reader.next(in: bytes, at: &position, isLast: isLast, into: &row) else { return }
                } catch {
                    return
                }
                if index == 0 { first = row } else { second = row }
            }
        }
    }

    func names(_ column: StaticString) -> Bool {
        guard let first else { return false }
        return (0..<first.count).contains { first[$0].normalised[...].equals(column) }
    }

    /// Two columns, one of them dates.
    var isHistory: Bool {
        guard let first, first.count >= 2 else { return false }
        let isNamed = names("title") && names("date")
        let hasDate =
            first.count == 2
            && [first, second ?? first].contains { row in
                (0..<row.count).contains { LooseDate(row[$0].trimmed) != nil }
            }
        return isNamed || hasDate
    }
}
