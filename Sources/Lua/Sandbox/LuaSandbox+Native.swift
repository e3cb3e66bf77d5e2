public import CBridge
internal import CLua

extension LuaSandbox {
    /// Gives the state's Lua a global `native(operation, text)`. `context` must outlive the state's last call.
    public func setNative(
        _ function: @escaping vh_native_function, _ context: UnsafeMutableRawPointer
    ) throws(LuaError) {
        let status = vh_set_native(state, function, context)
        if status != LUA_OK { throw takeError(status) }
    }
}
