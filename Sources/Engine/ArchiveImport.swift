internal import Archives
internal import Events

/// Reads the files of one archive, which the caller has unpacked.
struct ArchiveImport: ~Copyable {
    private var paths: [String] = []
    private var heads: [[UInt8]] = []
    private var kind: ArchiveKind?
    private var importer: ArchiveImporter?
    private var writer = EventWriter()

    /// Names a file of the archive and its first bytes.
    mutating func add(_ path: String, head: [UInt8]) {
        paths.append(path)
        heads.append(head)
    }

    /// Finds out what the archive is, and leaves the numbers of the files to read in their order.
    mutating func recognise(_ order: DateOrder?, _ results: inout Results) -> Recognition {
        results.removeAll()
        guard var found = ArchiveKind.recognise(paths: paths, heads: heads) else {
            results.append("the archive is none that is known")
            return .unknown
        }
        let isHistory = if case .netflixHistory = found { true } else { false }
        if isHistory, let order { found = .netflixHistory(order) }
        kind = found
        let files = found.files(of: paths, heads: heads)
        results.append(files.count)
        for file in files { results.append(file) }
        return isHistory && order == nil ? .needsDateOrder : .known
    }

    enum Recognition: UInt32 {
        case unknown = 0
        case known = 1
        /// Its dates may be read in several ways: ``dateOrder(of:)`` may tell, or the caller has to.
        case needsDateOrder = 2
    }

    /// The order of the dates in a whole file; nil where they do not tell.
    static func dateOrder(of file: UnsafeRawBufferPointer) -> DateOrder? {
        var scan = DateOrderScan()
        _ = scan.read(file, isLast: true)
        return scan.order
    }

    /// Begins to read file number `file`; false where there is no such file, or none that is read.
    mutating func open(_ file: Int, _ hash: KeyedHash) -> Bool {
        guard let kind, paths.indices.contains(file) else { return false }
        importer = ArchiveImporter(kind, path: paths[file], hash: hash)
        return importer != nil
    }

    /// Reads on. Leaves how many of the bytes are done with, the events, and what was wrong.
    mutating func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool, _ results: inout Results) {
        results.removeAll()
        writer.bytes.removeAll()
        results.append(importer?.read(bytes, isLast: isLast, into: &writer) ?? bytes.count)
        results.append(writer.bytes)
        let problems = importer?.problems ?? []
        importer?.problems.removeAll()
        results.append(problems.count)
        for problem in problems {
            results.append(problem.line)
            results.append(problem.message)
        }
    }

    /// Leaves what became of the file that was opened last.
    func report(_ results: inout Results) {
        results.removeAll()
        guard let report = importer?.report else { return }
        results.append(report.rows)
        results.append(report.events)
        results.append(report.rejected)
        results.append(report.skipReason ?? "")
        results.append(report.unknownColumns.count)
        for column in report.unknownColumns { results.append(column) }
    }
}
