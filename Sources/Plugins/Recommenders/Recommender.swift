/// A loaded plugin that recommends titles. ``LuaRecommender`` is one in Lua.
///
/// Used from one thread at a time.
open class Recommender {
    public final let manifest: Manifest

    package init(_ manifest: Manifest) {
        self.manifest = manifest
    }

    /// What the plugin logged in the last call; one line per call of `host.log`.
    open var log: [UInt8] { [] }

    /// Asks for up to `count` titles for a viewer. The plugin sees of the viewer what its manifest names, and asks `source` for more;
    /// `seed` is what its random numbers begin with.
    open func recommend(
        _ viewer: ViewerProfile, count: Int, seed: UInt64, from source: RecommendationSource
    ) throws(PluginFailure) -> RecommendationList {
        RecommendationList()
    }
}
