internal import ArchiveFiles
internal import Foundation
internal import Glibc

/// Where a report's files are written: a folder beside the report's place, `PATH.partial`, that only its owner may enter. The report
/// appears in its place when it is whole, as a folder or as a zip; where it is not finished, nothing is left.
///
/// Of a zip's files nobody sees the names: what a report that was killed had written is gone with it.
final class ReportFolder {
    private let path: String
    private let folder: String
    private let isZip: Bool
    private let lock: Int32
    private var isInPlace = false
    private var files: [ReportFile] = []
    private let writer = PageWriter()

    /// A file that tells the folder of a report from one that somebody else made.
    private static let mark = ".viewerhost-report"

    /// Makes the folder for a report at `path`, which is a zip where its name ends so. A folder that is there must be empty.
    convenience init(for path: String) throws(HostError) {
        let isZip = path.lowercased().hasSuffix(".zip")
        let path = isZip || !path.hasSuffix("/") ? path : String(path.dropLast())
        try Self.check(path, isZip: isZip)
        let folder = path + ".partial"
        self.init(path, folder, isZip: isZip, lock: try Self.lockedFolder(folder, for: path))
    }

    /// Takes over `folder`, which nobody but the holder of `lock` may write to, and which goes with the object. So one is made only when
    /// nothing can fail any more: its end would remove what is not its own.
    private init(_ path: String, _ folder: String, isZip: Bool, lock: Int32) {
        self.path = path
        self.folder = folder
        self.isZip = isZip
        self.lock = lock
    }

    deinit {
        if !isInPlace { try? FileManager.default.removeItem(atPath: folder) }
        close(lock)
    }

    /// Makes `folder`, or takes the one that a killed report left, and empties it; the descriptor that holds its lock.
    private static func lockedFolder(_ folder: String, for path: String) throws(HostError) -> Int32 {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .system("write to", path) }
        let lock = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if lock < 0 { throw .system("write to", folder) }
        do throws(HostError) {
            try take(folder, lock, for: path)
        } catch {
            close(lock)
            throw error
        }
        return lock
    }

    private static func take(_ folder: String, _ lock: Int32, for path: String) throws(HostError) {
        let busy = HostError.system(operation: "write to", path: path, code: EWOULDBLOCK)
        if flock(lock, LOCK_EX | LOCK_NB) != 0 { throw busy }
        var (locked, there) = (stat(), stat())
        // Another report may have put its folder in its place since this one opened it.
        guard fstat(lock, &locked) == 0, lstat(folder, &there) == 0, locked.st_ino == there.st_ino,
            locked.st_dev == there.st_dev
        else { throw busy }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .system("read", folder)
        }
        if !names.isEmpty, !names.contains(mark) {
            throw .usage("\(folder) is there already, and no report left it: move it, or name another report")
        }
        // The mark goes last, so that the rest is known for a report's as long as any of it is there.
        for name in names where name != mark { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
        let file = open(folder + "/" + mark, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file < 0 { throw .system("write to", path) }
        close(file)
    }

    private static func check(_ path: String, isZip: Bool) throws(HostError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        if isZip {
            if isFolder { throw .system(operation: "write to", path: path, code: EISDIR) }
            return
        }
        guard isFolder, (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == true else {
            throw .usage("\(path) is there already: name another folder, or a file that ends in .zip")
        }
    }

    /// Makes a file of the report. `name` has a folder before it at the most.
    func file(_ name: String) throws(HostError) -> ReportFile {
        let file = ReportFile(try packedFile(name), writer)
        files.append(file)
        return file
    }

    private func packedFile(_ name: String) throws(HostError) -> PackedFile {
        let place = isZip ? "\(folder)/part" : "\(folder)/\(name)"
        if !isZip, let slash = name.firstIndex(of: "/") { mkdir("\(folder)/\(name[..<slash])", 0o700) }
        let descriptor = open(place, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .system("write to", path) }
        if isZip { unlink(place) }
        return PackedFile(name, descriptor, isPacked: isZip, path: path)
    }

    /// Ends all files, adds the list of them with their checksums, and puts the report in its place. `time` is that of a zip's files,
    /// in seconds since 1970.
    func finish(at time: Int64) throws(HostError) {
        for file in files { try file.flush() }
        try writer.finish()
        var all = files.map { $0.packed }
        for file in all { try file.finish() }
        all.append(try written("manifest.json", Self.manifest(of: all)))
        all.append(try written("SHA256SUMS", all.map { "\($0.digest)  \($0.name)\n" }.joined()))
        if isZip {
            let zip = folder + "/zip"
            try writeZip(all, to: zip, time)
            if rename(zip, path) != 0 { throw .system("write to", path) }
        } else {
            unlink(folder + "/" + Self.mark)
            if rename(folder, path) != 0 { throw .system("write to", path) }
            isInPlace = true
        }
    }

    private func written(_ name: String, _ text: String) throws(HostError) -> PackedFile {
        let file = try packedFile(name)
        try Array(text.utf8).span.withUnsafeBytes { bytes throws(HostError) in try file.write(bytes) }
        try file.finish()
        return file
    }

    private static func manifest(of files: [PackedFile]) -> String {
        let entries = files.map { file in
            #"{"name":"\#(file.name)","bytes":\#(file.count),"sha256":"\#(file.digest)"}"#
        }
        let head = #"{"format":"viewerhost-access-report-manifest","version":1,"files":["#
        return head + "\n" + entries.joined(separator: ",\n") + "\n]}\n"
    }

    private func writeZip(_ files: [PackedFile], to place: String, _ time: Int64) throws(HostError) {
        let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw .system("write to", path) }
        defer { close(descriptor) }
        var zip = ZipWriter(time: time)
        for file in files {
            try put(zip.begin(file.entry), to: descriptor)
            try copy(file.descriptor, to: descriptor)
        }
        try put(zip.end(), to: descriptor)
    }

    private func put(_ bytes: [UInt8], to descriptor: Int32) throws(HostError) {
        try bytes.withUnsafeBufferPointer { bytes throws(HostError) in
            if let start = bytes.baseAddress { try writeAll(start, bytes.count, to: descriptor, path: path) }
        }
    }

    private func copy(_ source: Int32, to descriptor: Int32) throws(HostError) {
        var (bytes, place) = ([UInt8](repeating: 0, count: Page.byteCount), 0)
        while true {
            let count = pread(source, &bytes, bytes.count, off_t(place))
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw .system("read", path) }
            if count == 0 { return }
            try writeAll(bytes, count, to: descriptor, path: path)
            place += count
        }
    }
}
