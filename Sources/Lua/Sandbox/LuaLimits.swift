/// What one call into a plugin may use.
public struct LuaLimits: Sendable, Equatable {
    /// Bytes that the state may hold at any time.
    public var memory: Int
    /// VM instructions of one call, about; library functions charge for their work in the same unit.
    public var steps: Int64
    /// Wall-clock nanoseconds of one call; 0 = no limit.
    public var nanoseconds: Int64

    /// The defaults: 64 MiB, 10 million instructions and five seconds. The instructions end a call in the same place in
    /// every run, after about a fifth of a second; the clock is for what they miss, and must not run out before them
    /// on a machine that is busy.
    public init(memory: Int = 64 << 20, steps: Int64 = 10_000_000, nanoseconds: Int64 = 5_000_000_000) {
        self.memory = memory
        self.steps = steps
        self.nanoseconds = nanoseconds
    }
}
