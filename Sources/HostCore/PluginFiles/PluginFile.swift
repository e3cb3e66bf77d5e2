internal import Events
internal import Foundation
public import Plugins

/// A plugin's source text, read once for all the states that run it.
public struct PluginFile: Sendable {
    /// The path, as it was given or found.
    public let path: String
    let source: [UInt8]

    /// Reads the plugin that `name` means: a path, or else a file of that name in `folder`.
    public init(_ name: String, folder: String) throws(HostError) {
        let inFolder = folder + "/" + name
        let path =
            !FileManager.default.fileExists(atPath: name) && FileManager.default.fileExists(atPath: inFolder)
            ? inFolder : name
        guard let data = FileManager.default.contents(atPath: path) else {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let reason = isFolder.boolValue ? "it is a folder" : "its permissions do not allow it"
            throw .plugin(
                file: path,
                message: "cannot read the plugin: \(isThere ? reason : "no such file here or in \(folder)/")")
        }
        self.path = path
        source = Array(data)
    }

    /// Every plugin in `folder`, in the order of their names.
    public static func all(in folder: String) throws(HostError) -> [PluginFile] {
        var files: [PluginFile] = []
        for path in paths(in: folder) { files.append(try PluginFile(path, folder: folder)) }
        return files
    }

    /// The paths of the plugins in `folder`, in the order of their names. Tests (`*_test.lua`) are none.
    public static func paths(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let plugins = names.filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") && !$0.hasPrefix(".") }
        return plugins.sorted().map { folder + "/" + $0 }
    }

    /// Loads the plugin into a state of its own.
    public func load(_ context: PluginContext) throws(HostError) -> Redactor {
        do throws(PluginLoadError) {
            return try source.span.withUnsafeBytes { bytes throws(PluginLoadError) in
                try Redactor(source: bytes, file: path, context: context)
            }
        } catch {
            throw .plugin(file: path, message: error.message)
        }
    }
}

extension PluginFile {
    /// Loads the plugin once, to see whether it can be and what it says of itself.
    public func manifest() throws(HostError) -> Manifest {
        try load(PluginContext(hash: KeyedHash(key: []))).manifest
    }
}
