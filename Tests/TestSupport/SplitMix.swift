internal import CBridge

/// A generator that gives the same numbers again, so that a failure can be repeated from its seed.
public struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    public init(state: UInt64) {
        self.state = state
    }

    public mutating func next() -> UInt64 {
        vh_next_random(&state)
    }
}
