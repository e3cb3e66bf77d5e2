public import Events
public import Lua

/// What the host gives to every plugin that it loads.
public struct PluginContext: Sendable {
    public var limits: LuaLimits
    /// Behind `host.hash`.
    public var hash: KeyedHash
    /// Behind `host.title`.
    public var titles: TitleTable?

    public init(limits: LuaLimits = LuaLimits(), hash: KeyedHash, titles: TitleTable? = nil) {
        self.limits = limits
        self.hash = hash
        self.titles = titles
    }
}
