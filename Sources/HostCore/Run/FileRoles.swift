internal import Glibc

/// Sees to it that no file of a run stands for two things: an output in the place of a source, a plugin or the store
/// would destroy it.
struct FileRoles {
    private enum Identity: Hashable {
        case file(device: UInt64, number: UInt64)
        case path(String)
    }

    private var roles: [Identity: String] = [:]

    static func check(_ options: RunOptions) throws(HostError) {
        var files = FileRoles()
        for source in options.sources where source != "-" { files.note(source, as: "a source") }
        for plugin in options.plugins { files.note(plugin.path, as: "a plugin") }
        files.note(options.keyFile, as: "the key file")
        if let output = options.output, output != "-" { try files.claim(output, as: "the output") }
        if let store = options.store {
            try files.claim(store, as: "the store")
        } else {
            try files.claim(options.quarantine, as: "the quarantine file")
        }
    }

    private mutating func note(_ path: String, as role: String) {
        if let identity = Self.identity(of: path) { roles[identity] = role }
    }

    private mutating func claim(_ path: String, as role: String) throws(HostError) {
        if let identity = Self.identity(of: path), let other = roles[identity] {
            throw .usage("\(path) is \(other) and cannot be \(role) as well: name another file")
        }
        note(path, as: role)
    }

    /// Nil for devices and pipes, which may well be named twice.
    private static func identity(of path: String) -> Identity? {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { return nil }
            return .file(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        }
        return .path(absolutePath(ofNew: path))
    }
}

/// The path from the root on of what may not be there yet, but for its folder.
func absolutePath(ofNew path: String) -> String {
    if access(path, F_OK) == 0 { return absolutePath(path) }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
    return absolutePath(folder) + "/" + parts[parts.count - 1]
}

/// The path from the root on, without links; `path` itself where it is none.
func absolutePath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}
