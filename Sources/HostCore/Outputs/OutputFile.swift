internal import Glibc

/// Where the events that passed go: standard output, or a file that appears whole when the run is done.
final class OutputFile {
    private let path: String
    private let partial: String?
    private let descriptor: Int32
    private var isInPlace = false

    /// Opens `path`; `-` is standard output. A regular file is written beside its place first, as `path.partial`.
    init(path: String) throws(HostError) {
        self.path = path
        var status = stat()
        let isSpecial = path == "-" || (stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG)
        partial = isSpecial ? nil : path + ".partial"
        if path == "-" {
            descriptor = STDOUT_FILENO
        } else if let partial {
            descriptor = try Self.openAlone(partial, for: path)
        } else {
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            if descriptor < 0 { throw .system("write to", path) }
        }
    }

    /// What a run did not finish is of no use, and may be what fills the disk.
    deinit {
        if let partial, !isInPlace { unlink(partial) }
        if descriptor != STDOUT_FILENO, descriptor >= 0 { close(descriptor) }
    }

    func write(_ start: UnsafePointer<UInt8>, count: Int) throws(HostError) {
        try writeAll(start, count, to: descriptor, path: path)
    }

    /// Puts the file in its place. It is not forced to the disk: the same run makes it again.
    func finish() throws(HostError) {
        guard let partial else { return }
        if rename(partial, path) != 0 { throw .system("write to", path) }
        isInPlace = true
    }

    /// Opens `partial` empty and with a lock, so that two runs do not write into each other's output.
    private static func openAlone(_ partial: String, for path: String) throws(HostError) -> Int32 {
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .system("write to", path) }
        var (opened, named) = (stat(), stat())
        // The other run may have put its file in place, or removed it, between the two calls.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &opened) == 0, stat(partial, &named) == 0,
            opened.st_ino == named.st_ino, ftruncate(descriptor, 0) == 0
        else {
            close(descriptor)
            throw .system(operation: "write to", path: path, code: EWOULDBLOCK)
        }
        return descriptor
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
