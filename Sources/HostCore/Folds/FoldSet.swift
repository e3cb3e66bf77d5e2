internal import Plugins
internal import Wasm

/// What an engine folds a log by.
struct FoldSet {
    /// For each lane, folds of its own, in the same order.
    let lanes: [[Fold]]
    /// What each of them is: it begins anew when that changes.
    let contents: [[UInt8]]

    init(lanes: [[Fold]], contents: [[UInt8]]) {
        self.lanes = lanes
        self.contents = contents
    }

    init(_ plugins: LoadedPlugins) {
        lanes = plugins.folds
        contents = plugins.foldSources.map { $0.bytes }
    }
}
