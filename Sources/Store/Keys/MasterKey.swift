internal import Foundation
internal import Glibc

/// The key under which the keys of a store's viewers lie in their file: it has one of its own, of one line with its
/// generation and its hex digits, which only its owner may read.
struct MasterKey {
    let generation: Int64
    let key: SecretKey

    static func first() -> MasterKey {
        MasterKey(generation: 1, key: .random())
    }

    /// The one that takes this one's place.
    func next() -> MasterKey {
        MasterKey(generation: generation + 1, key: .random())
    }

    /// Reads the file at `path`; nil where there is none.
    static func read(_ path: String) throws(StoreError) -> MasterKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system(operation: "open", path: path, code: errno)
        }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = Glibc.read(descriptor, &text, text.count)
        if count < 0 { throw .system(operation: "read", path: path, code: errno) }
        let parts = String(decoding: text[..<count], as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard parts.count == 2, let generation = Int64(parts[0]), let bytes = bytes(hex: parts[1]) else {
            throw .keysDamaged(path: path, problem: "it is not a generation and 64 hex digits")
        }
        return MasterKey(generation: generation, key: bytes.withUnsafeBytes { SecretKey($0) })
    }

    /// Writes the file at `path`, whole or not at all, and waits until it is on the disk.
    func write(_ path: String) throws(StoreError) {
        let partial = path + ".partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(operation: "make", path: partial, code: errno) }
        let digits = key.withUnsafeBytes { $0.map { String(format: "%02x", $0) }.joined() }
        let text = Array("\(generation) \(digits)\n".utf8)
        let isWritten = Glibc.write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        if !isWritten { throw .system(operation: "write", path: partial, code: code) }
        try Self.move(partial, to: path)
    }

    /// Puts a file into another's place, whose bytes are overwritten then, and waits until that is on the disk.
    static func move(_ source: String, to path: String) throws(StoreError) {
        let old = open(path, O_WRONLY | O_CLOEXEC)
        defer { if old >= 0 { close(old) } }
        if rename(source, path) != 0 { throw .system(operation: "write", path: path, code: errno) }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        // Only now is there another one: a run that is killed before leaves a file that can be read.
        if old >= 0 {
            let zeros = [UInt8](repeating: 0, count: 128)
            pwrite(old, zeros, zeros.count, 0)
            fsync(old)
        }
    }

    private static func bytes(hex: Substring) -> [UInt8]? {
        let digits = Array(hex.utf8)
        if digits.count != SecretKey.byteCount * 2 { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
