internal import Glibc

/// Keeps a second run from writing to a store: a lock on a file beside it, which goes with the process that holds it.
final class RunLock {
    private let descriptor: Int32

    convenience init(store path: String) throws(StoreError) {
        self.init(holding: try Self.lockedFile(for: path))
    }

    /// Takes over a descriptor whose file is locked. An object is made for that alone: the end of one would close the descriptor that a
    /// failure had closed before, which may be another file's by then.
    private init(holding descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The file stays: were it removed, a run that waits for it and one that makes it anew could both hold a lock.
    deinit {
        // A process that is just being made has the descriptor too, and would keep the lock until it is made.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func lockedFile(for path: String) throws(StoreError) -> Int32 {
        let file = path + "-lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EACCES || errno == EROFS { throw .readOnly(path: path) }
            throw .system(operation: "make", path: file, code: errno)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw .busy(path: path, holder: holder)
        }
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.count, 0)
        return descriptor
    }

    private static func holder(_ descriptor: Int32) -> Int32 {
        var text = [UInt8](repeating: 0, count: 16)
        let count = max(0, pread(descriptor, &text, text.count, 0))
        return Int32(String(decoding: text[..<count].prefix { $0 &- 0x30 < 10 }, as: UTF8.self)) ?? 0
    }
}
