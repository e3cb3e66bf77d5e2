internal import Events
internal import Glibc

/// Events that a plugin failed on, one JSON object per line: `plugin`, `code`, `message`, `origin`, and the `event` as it
/// came in. Only its owner may read it. Lines are added to what earlier runs left.
final class QuarantineFile {
    private let path: String
    private var descriptor: Int32 = -1
    private var lines = ByteBuffer()

    /// Names the file; it is made when the first event comes.
    init(path: String) {
        self.path = path
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func add(event: UnsafeRawBufferPointer, plugin: String, code: String, message: String, origin: String) {
        append("{\"plugin\":", plugin)
        append(",\"code\":", code)
        append(",\"message\":", message)
        append(",\"origin\":", origin)
        lines.append(",\"event\":")
        lines.append(event)
        lines.append("}\n")
    }

    /// Writes what was added and waits until it is on the disk.
    func flush() throws(HostError) {
        if lines.count == 0 { return }
        if descriptor < 0 {
            descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            if descriptor < 0 { throw .system("write to", path) }
            if endsWithinLine { try writeAll([UInt8(ascii: "\n")], 1, to: descriptor, path: path) }
        }
        try writeAll(lines.base, lines.count, to: descriptor, path: path)
        // What cannot be synchronised, a pipe say, says EINVAL.
        if fsync(descriptor) != 0, errno != EINVAL { throw .system("write to", path) }
        lines.removeAll()
    }

    /// Whether an earlier run left half a line, on a full disk say, which must not swallow the next.
    private var endsWithinLine: Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            return false
        }
        let reader = open(path, O_RDONLY | O_CLOEXEC)
        guard reader >= 0 else { return false }
        defer { close(reader) }
        var last: UInt8 = 0
        return pread(reader, &last, 1, status.st_size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    private func append(_ name: StaticString, _ value: String) {
        lines.append(name)
        var value = value
        value.withUTF8 { _ = lines.append(quoted: UnsafeRawBufferPointer($0)) }
    }
}
