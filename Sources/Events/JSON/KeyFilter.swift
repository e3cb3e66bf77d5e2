/// A 64-bit filter over the keys of one object: most new keys are told apart without a search.
struct KeyFilter {
    private var seen: UInt64 = 0
    private(set) var count = 0

    @inline(__always)
    mutating func mayContain(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        var hash = UInt64(truncatingIfNeeded: length)
        if length > 0 {
            hash = hash &* 31 &+ UInt64(bytes[0])
            hash = hash &* 31 &+ UInt64(bytes[length &- 1])
            hash = hash &* 31 &+ UInt64(bytes[length >> 1])
        }
        let bit: UInt64 = 1 << (hash & 63)
        count &+= 1
        if seen & bit != 0 { return true }
        seen |= bit
        return false
    }
}
