internal import CBridge

/// Random numbers that come again with the same seed.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        vh_next_random(&state)
    }
}
