internal import Events
internal import Foundation
internal import Plugins

/// A folder of compiled modules, by the content of what they were compiled from.
///
/// What is in it becomes machine code of this process: only files are taken that belong to the user and that nobody else
/// may write, and only whole ones. Any other is thrown away, and its module compiled anew.
struct ArtefactCache {
    /// How many artefacts are kept: of a module that is built again and again, each build leaves one.
    static let mostArtefacts = 100

    let folder: String

    /// Below `XDG_CACHE_HOME`, or `~/.cache`.
    static var defaultFolder: String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? ""
        return (cache.isEmpty ? (environment["HOME"] ?? ".") + "/.cache" : cache) + "/viewerhost"
    }

    /// The file name of what a release compiles a module to.
    static func name(of module: [UInt8], version: String) -> String {
        hex(of: module) + "-" + version + ".cwasm"
    }

    private static func hex(of bytes: [UInt8]) -> String {
        let digest = bytes.withUnsafeBytes { SHA256.digest($0) }
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The artefact of that name, if it is there and whole.
    func artefact(named name: String) -> [UInt8]? {
        let path = folder + "/" + name
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & 0o022 == 0, let data = try? file.readToEnd(), data.count > SHA256.digestLength
        else {
            unlink(path)
            return nil
        }
        let artefact = Array(data.dropFirst(SHA256.digestLength))
        guard artefact.withUnsafeBytes({ SHA256.digest($0) }) == Array(data.prefix(SHA256.digestLength)) else {
            unlink(path)
            return nil
        }
        return artefact
    }

    /// Keeps an artefact. Where that cannot be done, the next run compiles again.
    func keep(_ artefact: UnsafeRawBufferPointer, named name: String) {
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Whole or not at all: another run may read it at this moment.
        var temporary = Array((folder + "/" + name + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&temporary)
        guard descriptor >= 0 else { return }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: SHA256.digest(artefact))
            try file.write(contentsOf: artefact)
        } catch {
            unlink(temporary)
            return
        }
        if rename(temporary, folder + "/" + name) != 0 { unlink(temporary) }
        removeOldest()
    }

    private func removeOldest() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let artefacts = names.filter { $0.hasSuffix(".cwasm") }.compactMap { name -> (path: String, made: Int)? in
            var status = stat()
            let path = folder + "/" + name
            return lstat(path, &status) == 0 ? (path, status.st_mtim.tv_sec) : nil
        }
        if artefacts.count <= Self.mostArtefacts { return }
        for artefact in artefacts.sorted(by: { $0.made < $1.made }).dropLast(Self.mostArtefacts) {
            unlink(artefact.path)
        }
    }
}
