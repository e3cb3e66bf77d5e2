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
            throw .plugin(file: path, message: "cannot read the plugin: no such file here or in \(folder)/")
        }
        self.path = path
        source = Array(data)
    }

    /// Every plugin in `folder`, in the order of their names. Tests (`*_test.lua`) are none.
    public static func all(in folder: String) throws(HostError) -> [PluginFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var files: [PluginFile] = []
        for name in names.sorted() where name.hasSuffix(".lua") && !name.hasSuffix("_test.lua") && !name.hasPrefix(".")
        {
            files.append(try PluginFile(folder + "/" + name, folder: folder))
        }
        return files
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
