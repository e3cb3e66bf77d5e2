public import CBridge
internal import CLua

/// Calls of a plugin that recommends titles.
extension LuaSandbox {
    /// Gets the loaded plugin's function `recommend` ready; false where it has none.
    public func openRecommend() throws(LuaError) -> Bool {
        let found = vh_open_recommend(state, event)
        if found < 0 { throw takeError(LUA_ERRRUN) }
        return found != 0
    }

    /// Calls `recommend` with the viewer that `bytes` stand for, and appends what it returns to `answer`. The state's `event` answers
    /// questions while it runs.
    public func recommend(
        _ viewer: UnsafeRawBufferPointer, count: Int, into answer: UnsafeMutablePointer<vh_state_buffer>
    ) throws(LuaError) {
        let start = viewer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let status = vh_call_recommend(state, event, start, viewer.count, Int64(count), answer)
        if status != LUA_OK { throw takeError(status) }
    }
}
