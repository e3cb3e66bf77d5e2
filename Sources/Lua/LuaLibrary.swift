internal import CBridge

/// The library that runs plugins.
public enum LuaLibrary {
    /// Its release, such as `Lua 5.4.4`.
    public static var release: String {
        String(cString: vh_lua_release())
    }
}
