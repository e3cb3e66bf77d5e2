internal import Foundation
public import Plugins
public import Wasm

/// What a plugin says of itself, and where a run has it.
public struct PluginDescription: Sendable {
    public let manifest: Manifest
    public let home: PluginHome
}

extension PluginFile {
    /// Loads the plugins at `paths`, each by itself, as a run would; those that cannot be loaded keep none from being looked
    /// at.
    public static func descriptions(
        of paths: [String], folder: String
    ) -> [(path: String, result: Result<PluginDescription, HostError>)] {
        let loader = PluginLoader(key: [])
        return paths.map { path in
            do throws(HostError) {
                let loaded = try loader.load(files: [try PluginFile(path, folder: folder)])
                return (path, .success(PluginDescription(manifest: loaded.manifests[0], home: loaded.homes[0])))
            } catch {
                return (path, .failure(error))
            }
        }
    }
}

extension PluginLoader {
    /// Loads the plugins of a run, `count` times.
    func load(files: [PluginFile], count: Int = 1) throws(HostError) -> LoadedPlugins {
        let loaded: LoadedPlugins
        do throws(WasmError) {
            loaded = try load(files.map { $0.source }, count: count)
        } catch {
            if case .plugin(let file, let message) = error { throw .plugin(file: file, message: message) }
            throw .isolation(error.message)
        }
        for (file, manifest) in zip(files, loaded.manifests) { try FoldChecks.check(manifest, in: file.path) }
        return loaded
    }
}
