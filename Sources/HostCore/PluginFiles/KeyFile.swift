internal import Glibc
internal import Store

/// The secret key behind `host.hash`: 32 random bytes in a file that only its owner may read.
public enum KeyFile {
    /// Where the key is unless told otherwise.
    public static var defaultPath: String {
        KeyFolder.configuration + "/key"
    }

    /// The key in the file at `path`, which is made where there is none.
    static func key(at path: String) throws(HostError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno != ENOENT { throw .system("open the key file", path) }
            return try make(at: path)
        }
        defer { close(descriptor) }
        var key = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &key, key.count)
        if count < 0 { throw .system("read the key file", path) }
        guard count >= 16 else {
            throw .usage("the key file \(path) is too short: it must hold at least 16 random bytes")
        }
        return Array(key[..<count])
    }

    private static func make(at path: String) throws(HostError) -> [UInt8] {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            mkdir(folder, 0o700)
        }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        // Whole or not at all: a key that was cut off by a crash would change every pseudonym. And where two runs
        // make the key at once, both must go on with the one that was first.
        var temporary = Array((path + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&temporary)
        guard descriptor >= 0 else { throw .system("make the key file", path) }
        defer { unlink(temporary) }
        let written = write(descriptor, key, key.count)
        fsync(descriptor)
        close(descriptor)
        guard written == key.count else { throw .system("write the key file", path) }
        if link(temporary, path) == 0 { return key }
        guard errno == EEXIST else { throw .system("write the key file", path) }
        return try self.key(at: path)
    }
}
