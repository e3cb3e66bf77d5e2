internal import Plugins

/// Sees to it that no plugin passes for another: quarantine, summaries and the store name them.
enum PluginNames {
    static func check(_ files: [PluginFile], _ manifests: [Manifest]) throws(HostError) {
        var paths: [String: String] = [:]
        for (file, manifest) in zip(files, manifests) {
            if let other = paths.updateValue(file.path, forKey: manifest.name) {
                throw .plugin(
                    file: file.path, message: "it is named '\(manifest.name)', as \(other) is: rename one of them")
            }
        }
    }
}
