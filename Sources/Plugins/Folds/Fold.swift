/// A loaded plugin that folds events into values: a segment or a quality plugin. ``LuaFold`` is one in Lua.
///
/// The values cross as bytes: a viewer's state, or that of a dimension's value. A value of this class is used from one thread
/// at a time; make one for each.
open class Fold {
    public final let manifest: Manifest
    /// Whether it has a function `observe`.
    public final let observes: Bool
    private final let isLua: Bool

    /// A plugin that runs elsewhere.
    package init(_ manifest: Manifest, observes: Bool) {
        self.manifest = manifest
        self.observes = observes
        isLua = false
    }

    /// For ``LuaFold`` alone.
    init(lua manifest: Manifest, observes: Bool) {
        self.manifest = manifest
        self.observes = observes
        isLua = true
    }

    /// Itself, where it is a ``LuaFold``: its values may be held from one event to the next.
    package final var lua: LuaFold? {
        isLua ? unsafeDowncast(self, to: LuaFold.self) : nil
    }

    /// Folds events into values. Those that fail leave the values as they were.
    open func fold(_ request: FoldRequest) -> FoldAnswer {
        FoldAnswer(unchanged: request)
    }

    /// Whether the viewer whose state has these bytes is in the segment at `now`, in seconds since 1970.
    open func membership(of state: UnsafeRawBufferPointer, now: Int64) throws(PluginFailure) -> Membership {
        throw noKind
    }

    /// What the plugin reports of the value with these bytes, in the order of the manifest's columns; nil for what is no finite
    /// number.
    open func report(of state: UnsafeRawBufferPointer) throws(PluginFailure) -> [Double?] {
        throw noKind
    }

    private final var noKind: PluginFailure {
        PluginFailure(plugin: manifest.name, code: "error", message: "a plugin of no kind")
    }
}
