internal import Plugins
internal import Store
internal import Wasm

/// The plugins of a run that fold the store's log.
///
/// Made by one thread and then used by one alone, which makes it safe to send.
struct RunFolds: @unchecked Sendable {
    let plugins: LoadedPlugins
    /// What they were loaded with.
    let titles: TitleTable
    let key: [UInt8]

    /// Lets them catch up with the log of the store at `path`; nil where there are none.
    func catchUp(_ path: String, _ observer: RunObserver) throws(HostError) -> FoldReport? {
        if plugins.foldSources.isEmpty { return nil }
        let store = try HostError.translating { () throws(StoreError) in try EventStore(path: path) }
        let engine = try FoldEngine(store, FoldSet(plugins), titles, key: key)
        let report = try engine.catchUp { done, total in observer.progress(done, total, done) }
        try engine.publish(at: engine.clock)
        try engine.close()
        return report
    }
}
