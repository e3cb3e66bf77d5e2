internal import ArchiveFiles
internal import Archives
internal import Events
internal import Glibc

/// What a run reads: chunks of NDJSON, whatever they are made from.
protocol EventReader: Sendable {
    /// The input's name in messages.
    var name: String { get }
    /// The absolute path of what can be read again from its beginning; nil for a pipe and the like.
    var path: String? { get }
    /// Bytes of the input; nil where that is not known.
    var size: Int? { get }
    /// What became of an archive's files, once all is read.
    var files: [FileReport] { get }

    /// Fills `chunk`, which is empty, with the next lines; false at the end.
    func read(into chunk: Chunk) throws(HostError) -> Bool
}

/// The reader for `path`, which is told by what is in it.
func makeReader(for path: String, _ options: RunOptions) throws(HostError) -> any EventReader {
    guard isArchive(path) else { return try LineReader(path: path) }
    let hash = KeyedHash(key: try KeyFile.key(at: options.keyFile))
    return try ArchiveInput(path: path, dateOrder: options.dateOrder, hash: hash)
}

/// Whether `path` is a folder, a zip or a table rather than lines of JSON.
private func isArchive(_ path: String) -> Bool {
    var status = stat()
    guard path != "-", stat(path, &status) == 0 else { return false }
    if status.st_mode & S_IFMT == S_IFDIR { return true }
    // Of a pipe, what is looked at would be gone.
    guard status.st_mode & S_IFMT == S_IFREG else { return false }
    return ArchiveReader.isZip(path) || ArchiveReader.isCalledZip(path) || ArchiveKind.readsHead(ofFileAt: path)
}
