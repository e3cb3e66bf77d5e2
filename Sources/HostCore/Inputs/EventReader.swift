internal import Glibc

/// What a run reads: chunks of NDJSON, whatever they are made from.
protocol EventReader: Sendable {
    /// The input's name in messages.
    var name: String { get }
    /// Bytes of the input; nil where that is not known.
    var size: Int? { get }

    /// Fills `chunk`, which is empty, with the next lines; false at the end.
    func read(into chunk: Chunk) throws(HostError) -> Bool
}

/// The reader for `path`: a folder is recognised by what is in it.
func makeReader(for path: String) throws(HostError) -> any EventReader {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        return try LineReader(path: path)
    }
    if let archive = try MovieLensReader(folder: path) { return archive }
    throw .usage("\(path) is a folder, but no archive that is known: MovieLens' ml-100k has u.data, u.item and u.user")
}
