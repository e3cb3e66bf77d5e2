internal import Foundation
internal import Glibc

/// The files that belong to a store: its own, what SQLite has beside it, its models, and the keys of its viewers.
///
/// What cannot be looked at is an error: nobody may take it for searched.
enum StoreFiles {
    /// Their paths, in alphabetical order.
    static func paths(of store: String, keys: String) throws(HostError) -> [String] {
        // SQLite writes beside the file that a link leads to, and the host beside the link.
        let stores = [store, try resolved(store)].map { Place($0, name: ($0 as NSString).lastPathComponent) }
        let keyFiles = [keys, try resolved(keys)].map {
            Place($0, name: (($0 as NSString).lastPathComponent as NSString).deletingPathExtension)
        }
        var known: Set<FileIdentity> = []
        var paths: [String] = []
        for place in stores + keyFiles {
            for name in try names(in: place.folder)
            where name == place.name || name.hasPrefix(place.name + "-") || name.hasPrefix(place.name + ".") {
                paths += try files(at: place.prefix + name, &known)
            }
        }
        return paths.sorted()
    }

    /// The file at `path`, or all files in the folder there, in alphabetical order; links are followed. None where nothing is there.
    static func files(at path: String) throws(HostError) -> [String] {
        var known: Set<FileIdentity> = []
        return try files(at: path, &known)
    }

    private static func files(at path: String, _ known: inout Set<FileIdentity>) throws(HostError) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return [] }
            throw .system("read", path)
        }
        // A link may lead to what is looked at already, or back to where it lies.
        if !known.insert(FileIdentity(status)).inserted { return [] }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFBLK: return [path]
        case S_IFDIR:
            var paths: [String] = []
            for name in try names(in: path) { paths += try files(at: path + "/" + name, &known) }
            return paths
        // Pipes and sockets keep nothing.
        default: return []
        }
    }

    private static func resolved(_ path: String) throws(HostError) -> String {
        guard let resolved = realpath(path, nil) else { throw .system("read", path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where files are whose names begin alike.
    private struct Place {
        let folder: String
        let prefix: String
        let name: String

        init(_ path: String, name: String) {
            let folder = (path as NSString).deletingLastPathComponent
            self.folder = folder.isEmpty ? "." : folder
            prefix = folder.isEmpty ? "" : folder == "/" ? folder : folder + "/"
            self.name = name
        }
    }

    private static func names(in folder: String) throws(HostError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            throw .system(operation: "read", path: folder, code: cause.map { Int32($0.code) } ?? EACCES)
        }
    }
}

/// What tells a file from all others, whatever it is called.
private struct FileIdentity: Hashable {
    private let device: dev_t
    private let number: ino_t

    init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
    }
}
