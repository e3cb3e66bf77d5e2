internal import Glibc

/// A file of an archive.
struct ArchiveEntry {
    /// Its path in the archive, with `/` between the components.
    let path: String
    /// Bytes, unpacked.
    let size: Int
}

/// The files of an archive, read one after the other.
protocol FileSource: AnyObject {
    var entries: [ArchiveEntry] { get }
    /// Paths that are links. They are not followed: they may lead in a circle, or to files that are none of the
    /// archive's.
    var links: [String] { get }

    /// Begins to read a file; the one before is closed.
    func open(_ index: Int) throws(ArchiveError)

    /// The next bytes of the file that is open, up to the size of `target`; 0 at its end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int
}

extension FileSource {
    /// The next bytes of the file that is open, up to `count`; none at its end.
    func next(_ count: Int) throws(ArchiveError) -> [UInt8] {
        var failure: ArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, length in
            do throws(ArchiveError) {
                length = try read(into: UnsafeMutableRawBufferPointer(target))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// A folder with all that is below it, or a single file.
final class FolderSource: FileSource {
    private(set) var entries: [ArchiveEntry] = []
    private(set) var links: [String] = []

    private static let depth = 8
    private static let limit = 10_000
    private let root: String
    private let isFile: Bool
    private var descriptor: Int32 = -1

    init(_ path: String) throws(ArchiveError) {
        root = path
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(operation: "open", path: path, code: errno) }
        isFile = status.st_mode & S_IFMT != S_IFDIR
        if isFile {
            let name = path.split(separator: "/").last.map { String($0) } ?? path
            entries = [ArchiveEntry(path: name, size: Int(status.st_size))]
        } else {
            try list("", depth: 0)
            entries.sort { $0.path < $1.path }
            links.sort()
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private func list(_ folder: String, depth: Int) throws(ArchiveError) {
        let path = folder.isEmpty ? root : root + "/" + folder
        guard let directory = opendir(path) else { throw .system(operation: "read", path: path, code: errno) }
        defer { closedir(directory) }
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") || name == "__MACOSX" { continue }
            let below = folder.isEmpty ? name : folder + "/" + name
            var status = stat()
            guard lstat(root + "/" + below, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                if depth < Self.depth { try list(below, depth: depth + 1) }
                continue
            }
            if status.st_mode & S_IFMT == S_IFLNK { links.append(below) }
            guard status.st_mode & S_IFMT == S_IFREG else { continue }
            if entries.count == Self.limit {
                throw .unknown(path: root, found: "more than \(Self.limit) files")
            }
            entries.append(ArchiveEntry(path: below, size: Int(status.st_size)))
        }
    }

    func open(_ index: Int) throws(ArchiveError) {
        if descriptor >= 0 { close(descriptor) }
        let path = isFile ? root : root + "/" + entries[index].path
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | (isFile ? 0 : O_NOFOLLOW))
        if descriptor < 0 { throw .system(operation: "open", path: path, code: errno) }
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        while true {
            let count = Glibc.read(descriptor, target.baseAddress, target.count)
            if count >= 0 { return count }
            if errno != EINTR { throw .system(operation: "read", path: root, code: errno) }
        }
    }
}
