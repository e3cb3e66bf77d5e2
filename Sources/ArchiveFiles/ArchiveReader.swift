public import Archives
public import Events
internal import Glibc

/// Reads an archive, a folder or a `.zip` or one of its files, as events.
///
/// ```swift
/// let reader = try ArchiveReader(path: "netflix-report.zip", hash: KeyedHash(key: key))
/// while try reader.read(into: &writer) { ... }
/// print(reader.reports)
/// ```
public final class ArchiveReader {
    public let path: String
    public let kind: ArchiveKind
    /// Bytes of all files that are read, unpacked.
    public let size: Int
    /// Bytes read so far.
    public private(set) var position = 0
    /// Rows that were wrong since this was emptied last: `u.data:2: column 2 must be a whole number`.
    public var problems: [String] = []

    private let source: any FileSource
    private let hash: KeyedHash
    private var queue: ArraySlice<Int>
    private var importer: ArchiveImporter?
    private var finished: [FileReport] = []
    private var buffer: [UInt8] = []
    private var used = 0

    /// Opens the archive at `path` and finds out what it is by what is in it. `dateOrder` is that of a Netflix history,
    /// where its dates do not tell; the events' ids are made with `hash`.
    public init(path: String, dateOrder: DateOrder? = nil, hash: KeyedHash) throws(ArchiveError) {
        self.path = path
        self.hash = hash
        source = try Self.isZip(path) || Self.isCalledZip(path) ? ZipSource(path) : FolderSource(path)
        let contents = try ArchiveContents(source, path: path, dateOrder: dateOrder)
        kind = contents.kind
        queue = contents.files[...]
        finished = contents.skipped
        size = contents.files.reduce(0) { [source] in $0 + source.entries[$1].size }
    }

    /// The reports of the files that are done, and of those that are not read.
    public var reports: [FileReport] { finished }

    /// Whether the file at `path` begins as a zip does.
    public static func isZip(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var head: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        // A zip without any file begins with its end.
        return Glibc.read(descriptor, &head, 4) == 4 && head.0 == 0x50 && head.1 == 0x4B
            && (head.2, head.3) != (0x50, 0x4B) && head.2 <= 8 && head.3 <= 8
    }

    /// Whether the file at `path` says by its name that it is a zip, as one does that was cut off at once.
    public static func isCalledZip(_ path: String) -> Bool {
        var status = stat()
        return path.lowercased().hasSuffix(".zip") && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Appends the next events; false at the end of the archive.
    public func read(into writer: inout EventWriter) throws(ArchiveError) -> Bool {
        if importer == nil {
            guard let next = queue.popFirst() else { return false }
            try source.open(next)
            importer = ArchiveImporter(kind, path: source.entries[next].path, hash: hash)
        }
        let isLast = try fill()
        buffer.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[used...])
            used += importer?.read(rest, isLast: isLast, into: &writer) ?? rest.count
        }
        takeProblems()
        if isLast { endFile() }
        return true
    }

    /// Reads on; true at the end of the file.
    private func fill() throws(ArchiveError) -> Bool {
        buffer.removeFirst(used)
        used = 0
        let block = try source.next(256 << 10)
        buffer += block
        position += block.count
        return block.isEmpty
    }

    private func takeProblems() {
        guard let name = importer?.report.name else { return }
        for problem in importer?.problems ?? [] {
            problems.append("\(name):\(problem.line): \(problem.message)")
        }
        importer?.problems.removeAll()
    }

    private func endFile() {
        if let importer { finished.append(importer.report) }
        importer = nil
        buffer.removeAll(keepingCapacity: true)
        used = 0
    }
}
