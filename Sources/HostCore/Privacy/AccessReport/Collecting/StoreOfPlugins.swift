internal import Foundation
internal import Plugins
internal import Store
internal import Wasm

/// The plugins whose work a report shows: those that are at hand, and what the store says of all that have folded it.
///
/// Nothing is folded and nothing is written: a report says what is kept, not what could be.
struct StoreOfPlugins {
    /// A plugin that is at hand, with what the store has of it.
    struct Known {
        let fold: Fold
        let stored: StoredFold
        /// Whether the store's states were made by this very file, under the same key and rules.
        let isSame: Bool
    }

    /// All that have folded the log, by name.
    let stored: [StoredFold]
    let known: [Known]
    /// Files that cannot be loaded, and why.
    let problems: [String]
    let settings: FoldSettings

    init(_ files: [PluginFile], keyFile: String, in store: EventStore) throws(HostError) {
        settings = try FoldSettings(of: store)
        stored = try HostError.translating { () throws(StoreError) in try store.folds() }
        var (known, problems): ([Known], [String]) = ([], [])
        // Without a key, nothing was ever folded with it.
        let hasKey = FileManager.default.fileExists(atPath: keyFile)
        if !stored.isEmpty, !files.isEmpty, hasKey {
            let key = try KeyFile.key(at: keyFile)
            let titles = TitleTable()
            try CatalogueEvent.forEach(in: store) { titles.add($0) }
            let loader = PluginLoader(key: key, titles: titles)
            for file in files {
                do throws(HostError) {
                    let loaded = try loader.load(files: [file])
                    for (fold, source) in zip(loaded.folds.first ?? [], loaded.foldSources) {
                        guard let stored = stored.first(where: { $0.name == fold.manifest.name }) else { continue }
                        let fingerprint = FoldEngine.fingerprint(
                            source.bytes, key, settings.rules[fold.manifest.purpose ?? .service])
                        known.append(Known(fold: fold, stored: stored, isSame: stored.fingerprint == fingerprint))
                    }
                } catch {
                    problems.append(error.message)
                }
            }
        }
        (self.known, self.problems) = (known, problems)
    }

    /// The time of the latest event that was folded, in seconds since 1970; nil where none was.
    var clock: Int64? {
        stored.compactMap { $0.clock }.max()
    }

    func manifest(named name: String) -> Manifest? {
        known.first { $0.stored.name == name }?.fold.manifest
    }
}
