internal import Glibc

/// A file that appears in its place when it is whole, and on the disk.
final class PartialFile {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private var isFinished = false

    init(for path: String) throws(ModelFileError) {
        self.path = path
        partial = "\(path).\(getpid()).partial"
        descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .system(operation: "write", path: path, code: errno) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(partial) }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(ModelFileError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            if count <= 0 { throw .system(operation: "write", path: path, code: errno) }
            done += count
        }
    }

    func finish() throws(ModelFileError) {
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else {
            throw .system(operation: "write", path: path, code: errno)
        }
        isFinished = true
    }
}
