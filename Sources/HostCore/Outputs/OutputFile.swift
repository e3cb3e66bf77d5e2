internal import Glibc

/// Where the events that passed go: standard output, or a file that appears whole when the run is done.
final class OutputFile {
    private let path: String
    private let partial: String?
    private let descriptor: Int32

    /// Opens `path`; `-` is standard output. A regular file is written beside its place first, as `path.partial`.
    init(path: String) throws(HostError) {
        self.path = path
        var status = stat()
        let isSpecial = path == "-" || (stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG)
        partial = isSpecial ? nil : path + ".partial"
        descriptor =
            path == "-"
            ? STDOUT_FILENO : open(partial ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .system("write to", path) }
    }

    deinit {
        if descriptor != STDOUT_FILENO, descriptor >= 0 { close(descriptor) }
    }

    func write(_ start: UnsafePointer<UInt8>, count: Int) throws(HostError) {
        try writeAll(start, count, to: descriptor, path: path)
    }

    /// Puts the file in its place. It is not forced to the disk: the same run makes it again.
    func finish() throws(HostError) {
        guard let partial else { return }
        if rename(partial, path) != 0 { throw .system("write to", path) }
    }
}

/// Writes all of the bytes, however often the system takes only a part.
func writeAll(_ start: UnsafePointer<UInt8>, _ count: Int, to descriptor: Int32, path: String) throws(HostError) {
    var done = 0
    while done < count {
        let written = write(descriptor, start + done, count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { throw .system("write to", path) }
        done += written
    }
}
