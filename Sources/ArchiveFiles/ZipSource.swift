internal import CZip
internal import Glibc

/// A zip, read by libzip and never unpacked to the disk.
///
/// A hostile one is refused before anything of it is read: paths that lead out of it, links, encryption, too many
/// files, and sizes that no export has.
final class ZipSource: FileSource {
    private(set) var entries: [ArchiveEntry] = []
    /// A link is no reason to go on without it: no service makes one.
    let links: [String] = []

    private static let entryLimit = 10_000
    private static let byteLimit = 64 << 30
    /// Text of exports packs to a tenth or a thirtieth; beyond this, for what is large, it is a bomb.
    private static let ratioLimit = 200
    private static let largeSize = 64 << 20

    private let path: String
    private let archive: OpaquePointer
    private var indices: [UInt64] = []
    private var file: OpaquePointer?
    private var current = 0
    private var left = 0

    init(_ path: String) throws(ArchiveError) {
        self.path = path
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
            throw .zip(
                path: path, entry: nil,
                problem: "it cannot be read as a zip (\(Self.text(of: code))); is the download complete?")
        }
        self.archive = archive
        let count = zip_get_num_entries(archive, 0)
        if count > Self.entryLimit {
            throw .zip(
                path: path, entry: nil, problem: "it has \(count) files; more than \(Self.entryLimit) is no export")
        }
        for index in 0..<UInt64(max(0, count)) { try add(index) }
        let total = entries.reduce(0) { $0 + $1.size }
        if total > Self.byteLimit {
            throw .zip(
                path: path, entry: nil, problem: "it would unpack to \(total) bytes; the limit is \(Self.byteLimit)")
        }
    }

    deinit {
        if let file { zip_fclose(file) }
        zip_discard(archive)
    }

    private func add(_ index: UInt64) throws(ArchiveError) {
        var status = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &status) == 0, let text = status.name else {
            throw .zip(path: path, entry: nil, problem: "its list of files is damaged")
        }
        let name = String(cString: text)
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if name.hasPrefix("/") || name.contains("\\") || parts.contains("..") {
            throw .zip(path: path, entry: name, problem: "is a path that leads out of the archive; nothing was read")
        }
        if name.hasSuffix("/") || parts.contains("__MACOSX") || parts.last?.hasPrefix(".") == true { return }
        var system: UInt8 = 0
        var attributes: UInt32 = 0
        zip_file_get_external_attributes(archive, index, 0, &system, &attributes)
        if system == ZIP_OPSYS_UNIX, attributes >> 16 & UInt32(S_IFMT) == UInt32(S_IFLNK) {
            throw .zip(path: path, entry: name, problem: "is a link; nothing was read")
        }
        if status.encryption_method != UInt16(ZIP_EM_NONE) {
            throw .zip(
                path: path, entry: name, problem: "is encrypted: unpack it with its password, and give the folder")
        }
        guard status.size <= UInt64(Self.byteLimit) else {
            throw .zip(path: path, entry: name, problem: "would unpack to \(status.size) bytes")
        }
        let ratio = Int(status.size) / max(1, Int(clamping: status.comp_size))
        if status.size > Self.largeSize, ratio > Self.ratioLimit {
            throw .zip(
                path: path, entry: name,
                problem: "would unpack to \(status.size) bytes, \(ratio) times its size; over \(Self.ratioLimit) times "
                    + "is taken for a zip bomb")
        }
        entries.append(ArchiveEntry(path: name, size: Int(status.size)))
        indices.append(index)
    }

    func open(_ index: Int) throws(ArchiveError) {
        if let file { zip_fclose(file) }
        current = index
        left = entries[index].size
        file = zip_fopen_index(archive, indices[index], 0)
        if file == nil { throw damaged }
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        guard let file else { return 0 }
        // libzip checks the CRC at the end.
        let count = Int(zip_fread(file, target.baseAddress, UInt64(target.count)))
        left -= count
        if count < 0 { throw damaged }
        if left < 0 || count == 0 && left > 0 {
            throw .zip(
                path: path, entry: entries[current].path,
                problem: "has another size than the zip says: download the archive again")
        }
        return count
    }

    private var damaged: ArchiveError {
        let problem = file.map { String(cString: zip_file_strerror($0)) } ?? String(cString: zip_strerror(archive))
        return .zip(
            path: path, entry: entries[current].path,
            problem: "is damaged (\(problem.lowercased())): download the archive again")
    }

    private static func text(of code: Int32) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return String(cString: zip_error_strerror(&error)).lowercased()
    }
}
