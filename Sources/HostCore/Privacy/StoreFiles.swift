internal import Foundation
internal import Store

/// The files that belong to a store: its own, what SQLite has beside it, its models, and the keys of its viewers.
enum StoreFiles {
    /// Their paths, in alphabetical order.
    static func paths(of store: String, keys: String) -> [String] {
        let folder = (store as NSString).deletingLastPathComponent
        let name = (store as NSString).lastPathComponent
        let beside = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let own = beside.filter { $0 == name || $0.hasPrefix(name + "-") || $0.hasPrefix(name + ".") }
            .map { folder.isEmpty ? $0 : folder + "/" + $0 }
        let keyFolder = (keys as NSString).deletingLastPathComponent
        let keyName = ((keys as NSString).lastPathComponent as NSString).deletingPathExtension
        let keyFiles = ((try? FileManager.default.contentsOfDirectory(atPath: keyFolder)) ?? [])
            .filter { $0.hasPrefix(keyName + ".") }.map { keyFolder + "/" + $0 }
        return (own + keyFiles).sorted().flatMap { files(at: $0) }
    }

    /// The file at `path`, or all files in the folder there.
    static func files(at path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        if !isFolder.boolValue { return [path] }
        let inside = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return inside.sorted().map { path + "/" + $0 }.filter { file in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
