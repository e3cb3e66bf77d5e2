internal import Foundation
internal import Wasm

/// A plugin's file, read once for all the states that run it: Lua's text, or a WebAssembly module.
public struct PluginFile: Sendable {
    let source: PluginSource

    /// The path, as it was given or found.
    public var path: String {
        source.path
    }

    /// Reads the plugin that `name` means: a path, or else a file of that name in `folder`, or in the folder of those that
    /// are not trusted there. One that is in such a folder is not trusted, whatever `isUntrusted` says.
    public init(_ name: String, folder: String, isUntrusted: Bool = false) throws(HostError) {
        let paths = [name] + Self.folders(in: folder).map { "\($0)/\(name)" }
        let path = paths.first { FileManager.default.fileExists(atPath: $0) } ?? name
        guard let data = FileManager.default.contents(atPath: path) else {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let reason = isFolder.boolValue ? "it is a folder" : "its permissions do not allow it"
            throw .plugin(
                file: path,
                message: "cannot read the plugin: \(isThere ? reason : "no such file here or in \(folder)/")")
        }
        source = PluginSource(path: path, bytes: Array(data), isUntrusted: isUntrusted)
    }

    /// Every plugin in `folder`, in the order of their names; those that are not trusted come last.
    public static func all(in folder: String) throws(HostError) -> [PluginFile] {
        var files: [PluginFile] = []
        for path in paths(in: folder) { files.append(try PluginFile(path, folder: folder)) }
        return files
    }

    /// The paths of the plugins in `folder`, in the order of their names, then of those in the folders for a kind of plugins,
    /// and then of those that are not trusted. Tests (`*_test.lua`) are none.
    public static func paths(in folder: String) -> [String] {
        folders(in: folder).flatMap { ownPaths(in: $0) }
    }

    private static func folders(in folder: String) -> [String] {
        [folder] + ["segments", "quality", "recommenders", PluginSource.untrustedFolder].map { folder + "/" + $0 }
    }

    private static func ownPaths(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let plugins = names.filter { name in
            PluginSource.endings.contains { name.hasSuffix($0) } && !name.hasSuffix("_test.lua") && !name.hasPrefix(".")
        }
        return plugins.sorted().map { folder + "/" + $0 }
    }
}
