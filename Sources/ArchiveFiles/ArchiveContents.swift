internal import Archives

/// What an archive is, and which of its files are read in which order.
struct ArchiveContents {
    let kind: ArchiveKind
    /// Positions in the source's entries.
    private(set) var files: [Int] = []
    private(set) var skipped: [FileReport] = []

    init(_ source: any FileSource, path: String, dateOrder: DateOrder?) throws(ArchiveError) {
        var heads: [[UInt8]] = []
        for (index, entry) in source.entries.enumerated() {
            guard ArchiveKind.readsHead(ofFileAt: entry.path) else {
                heads.append([])
                continue
            }
            try source.open(index)
            heads.append(try source.next(4096))
        }
        let paths = source.entries.map { $0.path }
        guard let found = ArchiveKind.recognise(paths: paths, heads: heads) else {
            throw .unknown(path: path, found: Self.list(paths, heads))
        }
        if case .netflixHistory = found, dateOrder == nil {
            kind = .netflixHistory(try Self.dateOrder(source, found.files(of: paths, heads: heads), path: path))
        } else if case .netflixHistory = found, let dateOrder {
            kind = .netflixHistory(dateOrder)
        } else {
            kind = found
        }
        files = kind.files(of: paths, heads: heads)
        for link in source.links {
            skipped.append(FileReport(name: link, skippedBecause: "a link; give what it leads to"))
        }
        for (index, name) in paths.enumerated() where !files.contains(index) {
            skipped.append(FileReport(name: name, skippedBecause: ArchiveKind.reasonToSkip(fileAt: name)))
        }
    }

    private static func dateOrder(
        _ source: any FileSource, _ files: [Int], path: String
    ) throws(ArchiveError) -> DateOrder {
        var scan = DateOrderScan()
        for file in files {
            try source.open(file)
            var bytes: [UInt8] = []
            var isLast = false
            while !isLast {
                let block = try source.next(64 << 10)
                isLast = block.isEmpty
                bytes += block
                bytes.removeFirst(bytes.withUnsafeBytes { scan.read($0, isLast: isLast) })
            }
        }
        guard let order = scan.order else { throw .ambiguousDates(path: path) }
        return order
    }

    private static func list(_ paths: [String], _ heads: [[UInt8]]) -> String {
        if paths.isEmpty { return "no files" }
        let shown = zip(paths, heads).prefix(5).map { path, head in
            ArchiveKind.flaw(ofTableWith: head).map { "\(path) (\($0))" } ?? path
        }.joined(separator: ", ")
        return paths.count > 5 ? "\(shown) and \(paths.count - 5) more" : shown
    }
}
