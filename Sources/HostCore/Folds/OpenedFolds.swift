internal import Plugins
internal import Store
internal import Wasm

/// A store that is open for its folds, with the plugins that fold it.
struct OpenedFolds {
    let store: EventStore
    let engine: FoldEngine

    /// Loads those of the plugins that fold. Where `begins` says so, one begins anew.
    init(
        store path: String, plugins: [PluginFile], keyFile: String, jobs: Int,
        begins: (Manifest) -> Bool = { _ in false }
    ) throws(HostError) {
        let titles = TitleTable()
        let key = try KeyFile.key(at: keyFile)
        let loader = PluginLoader(key: key, titles: titles)
        let loaded = try loader.load(files: plugins, count: max(1, jobs))
        try PluginNames.check(plugins, loaded.manifests)
        let store = try HostError.translating { () throws(StoreError) in try EventStore(path: path) }
        self.store = store
        engine = try FoldEngine(store, path: path, loaded, titles, key: key, begins: begins)
    }
}
