public import Events
public import Lua

/// What the host gives to every plugin that it loads.
public struct PluginContext: Sendable {
    public var limits: LuaLimits
    /// Behind `host.hash`.
    public var hash: KeyedHash

    public init(limits: LuaLimits = LuaLimits(), hash: KeyedHash) {
        self.limits = limits
        self.hash = hash
    }
}
