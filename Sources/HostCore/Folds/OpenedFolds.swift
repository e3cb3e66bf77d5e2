internal import Foundation
internal import Plugins
internal import Store
internal import Wasm

/// A store that is open for its folds, with the plugins that fold it.
struct OpenedFolds {
    let store: EventStore
    let engine: FoldEngine

    /// Loads those of the plugins that are of this kind; the store must be there. Where `begins` says so, one begins anew.
    init(
        store path: String, plugins: [PluginFile], kind: String, keyFile: String, jobs: Int,
        begins: (Manifest) -> Bool
    ) throws(HostError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .noStore(path)
        }
        let titles = TitleTable()
        let key = try KeyFile.key(at: keyFile)
        let loader = PluginLoader(key: key, titles: titles)
        let loaded = try loader.load(files: plugins, count: max(1, jobs))
        try PluginNames.check(plugins, loaded.manifests)
        let wanted = loaded.folds(ofKind: kind)
        if wanted.foldSources.isEmpty {
            throw .usage("there is no plugin of kind '\(kind)': `host plugin new NAME --kind \(kind)` makes one")
        }
        let store = try HostError.translating { () throws(StoreError) in try EventStore(path: path) }
        self.store = store
        engine = try FoldEngine(store, FoldSet(wanted), titles, key: key, begins: begins)
    }
}
