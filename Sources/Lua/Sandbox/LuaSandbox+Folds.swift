public import CBridge
internal import CLua

/// Calls of a plugin that folds events into values, which the state holds for it under numbers from 1 on.
extension LuaSandbox {
    /// Functions of a folding plugin.
    public struct FoldFunctions: OptionSet, Sendable {
        public let rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        public static let start = FoldFunctions(VH_CALL_START)
        public static let fold = FoldFunctions(VH_CALL_FOLD)
        public static let member = FoldFunctions(VH_CALL_MEMBER)
        public static let report = FoldFunctions(VH_CALL_REPORT)
        public static let observe = FoldFunctions(VH_CALL_OBSERVE)

        private init(_ call: vh_call) {
            rawValue = 1 << Int32(call.rawValue)
        }
    }

    /// Gets the loaded plugin's functions ready; says which ones it has.
    public func openFold() throws(LuaError) -> FoldFunctions {
        let functions = vh_open_fold(state)
        if functions < 0 { throw takeError(LUA_ERRRUN) }
        return FoldFunctions(rawValue: functions)
    }

    /// Holds the value that `bytes` stand for. Where there are none: what `start` returns, or for a memory an empty table.
    public func hold(_ number: Int, _ bytes: UnsafeRawBufferPointer, isMemory: Bool) throws(LuaError) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        try check(vh_hold(state, Int64(number), start, bytes.count, isMemory ? 1 : 0))
    }

    /// Appends a held value's bytes to `buffer`, or with the number 0 those of the last sample; the same value gives the same bytes.
    @inline(__always)
    public func encode(_ number: Int, into buffer: UnsafeMutablePointer<vh_state_buffer>) throws(LuaError) {
        try check(vh_encode_held(state, Int64(number), buffer))
    }

    /// Forgets all held values.
    public func releaseHeld() throws(LuaError) {
        try check(vh_release_held(state))
    }

    /// Folds the event, of which `moment` tells, into a held value. With `usesSample`, what `observe` gave last stands for the
    /// event.
    @inline(__always)
    public func fold(into number: Int, _ moment: vh_moment, usesSample: Bool) throws(LuaError) {
        var moment = moment
        try check(vh_call_fold(state, event, Int64(number), &moment, usesSample ? 1 : 0), "fold")
    }

    /// Shows the event to `observe` with a held memory; whether it gave a sample.
    public func observe(with number: Int, _ moment: vh_moment) throws(LuaError) -> Bool {
        var hasSample: Int32 = 0
        var moment = moment
        try check(vh_call_observe(state, event, Int64(number), &moment, &hasSample), "observe")
        return hasSample != 0
    }

    /// Takes a sample that `observe` gave before, as bytes.
    public func setSample(_ bytes: UnsafeRawBufferPointer) throws(LuaError) {
        try check(vh_set_sample(state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
    }

    /// Asks `member` about a held value.
    @inline(__always)
    public func member(
        _ number: Int, now: Int64, _ membership: UnsafeMutablePointer<vh_membership>
    ) throws(LuaError) {
        try check(vh_call_member(state, Int64(number), now, membership))
    }

    /// Asks `report` about a held value for the numbers of these names; NaN for what is none.
    public func report(_ number: Int, _ names: [String]) throws(LuaError) -> [Double] {
        var numbers = [Double](repeating: .nan, count: names.count)
        let texts: [UInt8] = names.flatMap { name in Array(name.utf8) + [0] }
        let status = texts.withUnsafeBytes { bytes -> Int32 in
            var starts: [UnsafePointer<CChar>?] = []
            var place = 0
            for name in names {
                starts.append(bytes[place...].withMemoryRebound(to: CChar.self) { $0.baseAddress })
                place += name.utf8.count + 1
            }
            return vh_call_report(state, Int64(number), &starts, names.count, &numbers)
        }
        try check(status)
        return numbers
    }

    @inline(__always)
    private func check(_ status: Int32, _ function: StaticString = "") throws(LuaError) {
        if status != LUA_OK { throw error(status, function) }
    }

    private func error(_ status: Int32, _ function: StaticString) -> LuaError {
        if status != Int32(VH_NO_STATE) { return takeError(status) }
        vh_pop_error(state)
        return LuaError(.runtime, "'\(function)' must return the state: a table, a number or the like")
    }
}
